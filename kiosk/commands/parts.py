"""What the commands share: options, plain failures, opening the store."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from kiosk.settings import Settings, SettingsError


class Failure(click.ClickException):
    """A failure, as one plain line."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        """Print the line."""
        click.echo(" ".join(self.message.split()), file=file or sys.stderr)


class PlainGroup(click.Group):
    """Commands whose errors of any kind end as one plain line."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; errors that are ours become a `Failure`."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            raise click.Abort from None
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(1) from None
        except OSError as error:
            raise Failure(
                f"{error.strerror or type(error).__name__}: {error.filename or ''}"
            ) from None
        except Exception as error:  # noqa: BLE001  # the last stop before the terminal
            raise Failure(_plain(error)) from None


def _plain(error: Exception) -> str:
    """Our own errors speak for the operator; of others only the type is said, never the content."""
    ours = type(error).__module__.split(".")[0] in {
        "kiosk", "capture", "transcribe", "redact", "store",
    }  # fmt: skip
    text = str(error).strip()
    return text if ours and text else f"This did not work ({type(error).__name__})."


def default_data_dir() -> Path:
    """The platform's data folder, unless KIOSK_DATA_DIR names another."""
    if named := os.environ.get("KIOSK_DATA_DIR"):
        return Path(named)
    from platformdirs import user_data_path  # noqa: PLC0415

    return user_data_path("release-kiosk", appauthor=False)


def data_dir_option(function: Any) -> Any:
    """Give a command `--data-dir`."""
    return click.option(
        "--data-dir",
        type=click.Path(path_type=Path, file_okay=False, readable=False),  # we say what to do
        default=default_data_dir,
        help="Folder of everything that is kept. [default: KIOSK_DATA_DIR or the platform's]",
    )(function)


def passphrase_file_option(function: Any) -> Any:
    """Give a command `--passphrase-file`."""
    return click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
        required=True,
        help="File whose first line is a facilitator's passphrase.",
    )(function)


def read_passphrase(path: Path) -> str:
    """The first line of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines or not lines[0].strip():
        raise Failure(f"{path} is empty. Write the passphrase in its first line.")
    return lines[0].strip("\r\n")


@contextmanager
def with_advice(data_dir: Path, *, but: type[Exception] | tuple[()] = ()) -> Iterator[None]:
    """Say also what to do, where the store in a data folder cannot be used.

    Args:
        data_dir: Which folder.
        but: What the caller has a better answer to.
    """
    from kiosk import advice  # noqa: PLC0415
    from store.errors import StoreError  # noqa: PLC0415

    try:
        yield
    except but:
        raise
    except StoreError as error:
        raise Failure(f"{error} {advice.for_store(error, data_dir)}") from None


def open_store(data_dir: Path, *, create: bool = False) -> None:
    """Open the store of a data folder that has one, or make it."""
    import store  # noqa: PLC0415

    if not create and not (data_dir / "kiosk.db").exists():
        raise Failure(f"{data_dir} holds no kiosk. Run `kiosk init` or `kiosk` first.")
    with with_advice(data_dir):
        store.open(data_dir)


def need_set_up(data_dir: Path) -> None:
    """Open the store of a kiosk that has been set up."""
    import store  # noqa: PLC0415

    open_store(data_dir)
    with with_advice(data_dir):
        is_set_up = store.keys.is_set_up()
    if not is_set_up:
        raise Failure("This kiosk is not set up yet. Run `kiosk init` or `kiosk` first.")


def read_settings(data_dir: Path) -> Settings:
    """The settings of a data folder.

    Raises:
        Failure: They cannot be used.
    """
    try:
        return Settings.read(data_dir)
    except SettingsError as error:
        raise Failure(str(error)) from error


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, and silence where there is none; gives what moves it: done, in all."""
    bar = click.progressbar(
        length=1, label=label, file=sys.stderr, hidden=not sys.stderr.isatty(), show_pos=False
    )

    def show(done: int, total: int) -> None:
        bar.length = max(total, 1)
        bar.update(done - bar.pos)

    with bar:
        yield show
