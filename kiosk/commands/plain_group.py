"""Groups of commands: loaded only when they are asked for, and failing in one plain line."""

import errno
import importlib
import os
import sys
from collections.abc import Mapping
from typing import IO, NoReturn

import click


class Failure(click.ClickException):
    """A failure, as one plain line."""

    exit_code = 1

    def show(self, file: IO[str] | None = None) -> None:
        """Print the line."""
        click.echo(_one_line(self.message), file=file or sys.stderr)


class LazyGroup(click.Group):
    """Commands that are named by their module, so that a list of them needs none.

    Whatever goes wrong in one ends as one line on stderr, and with 1, or with 2 for wrong usage.
    """

    def __init__(
        self, *args: object, modules: Mapping[str, tuple[str, str]], **kwargs: object
    ) -> None:
        """Take `name: ("module:object", "what it does")` for each command."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # click's own, passed on
        self.modules = modules

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take options without a command for those of the first, as in `kiosk --data-dir D`."""
        own = {option for param in self.get_params(ctx) for option in param.opts}
        if not args or (args[0].startswith("-") and args[0].split("=")[0] not in own):
            args = [next(iter(self.modules)), *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order of the table."""
        del ctx
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        del ctx
        if cmd_name not in self.modules:
            return None
        module, name = self.modules[cmd_name][0].split(":")
        found = getattr(importlib.import_module(module), name)
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with the sentences of the table."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, said) for name, (_, said) in self.modules.items()])

    def main(self, *args: object, standalone_mode: bool = True, **kwargs: object) -> NoReturn:
        """Run a command to its end, and the program with it."""
        del standalone_mode
        try:
            done = super().main(*args, standalone_mode=False, **kwargs)  # type: ignore[call-overload]
        except click.Abort:
            _end("Stopped; nothing more was done.", 1)
        except click.UsageError as error:
            _end(_usage(error), 2)
        except click.ClickException as error:
            _end(error.format_message(), error.exit_code)
        except KeyboardInterrupt:
            _end("Stopped; nothing more was done.", 1)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)
        except OSError as error:
            _end(_about_a_file(error), 1)
        except Exception as error:  # noqa: BLE001  # the last stop before the terminal
            _end(_plain(error), 1)
        sys.exit(done if isinstance(done, int) else 0)


def _end(sentence: str, code: int) -> NoReturn:
    click.echo(_one_line(sentence), err=True)
    sys.exit(code)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _usage(error: click.UsageError) -> str:
    path = error.ctx.command_path if error.ctx else "kiosk"
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return f"Say what to do. `{path} --help` lists it."
    message = error.format_message()
    return f"{message if message.endswith('.') else message + '.'} See `{path} --help`."


_FILE_SENTENCES = {
    errno.ENOENT: "There is no file or folder {name}. Look at its name, or make its folder first.",
    errno.EACCES: "{name} may not be used by this user. Change who may, or become somebody else.",
    errno.EPERM: "{name} may not be used by this user. Change who may, or become somebody else.",
    errno.EISDIR: "{name} is a folder. Name a file.",
    errno.ENOTDIR: "{name} lies in a file, not in a folder. Name another place.",
    errno.EEXIST: "{name} is there already. Name another place.",
    errno.ENAMETOOLONG: "This name is too long for a file. Choose a shorter one.",
    errno.EROFS: "{name} is on a disk that takes no changes. Name another place.",
    errno.ENOSPC: "The disk is full. Make room, then try again.",
}


def _about_a_file(error: OSError) -> str:
    name = str(error.filename or "What was named")
    sentence = _FILE_SENTENCES.get(error.errno or 0)
    if sentence:
        return sentence.format(name=name)
    reason = error.strerror or "it did not answer"
    return f"{name} cannot be used: {reason}. Look at it, then try again."


def _plain(error: Exception) -> str:
    """Our own errors speak for the operator; of others nothing is said, since it could quote."""
    ours = type(error).__module__.split(".")[0] in {
        "kiosk", "capture", "transcribe", "redact", "store", "themes",
    }  # fmt: skip
    text = str(error).strip()
    if ours and text:
        return text
    return "This did not work, and the kiosk cannot say why. Try `kiosk doctor`, then tell us."
