"""What the commands share: options, opening the store, reading secrets, a bar of progress."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click
from platformdirs import user_data_path

import store
from kiosk import advice
from kiosk.commands.plain_group import Failure
from kiosk.settings import Settings, SettingsError
from kiosk.strength import LEAST, strength
from store.errors import StoreError
from store.seals.keys import MasterKey

LONGEST_NAME = 60  # characters of a facilitator's, as in set-up
LONGEST_SECRET_BYTES = 4096
MOST_TEXT_BYTES = 5_000_000  # of name lists; the longest that is read has 20,000 rows

_Command = TypeVar("_Command", bound=Callable[..., object])


def default_data_dir() -> Path:
    """The platform's data folder, unless KIOSK_DATA_DIR names another."""
    if named := os.environ.get("KIOSK_DATA_DIR"):
        return Path(named)
    return user_data_path("release-kiosk", appauthor=False)


def data_dir_option(function: _Command) -> _Command:
    """Give a command `--data-dir`."""
    return click.option(
        "--data-dir",
        type=click.Path(path_type=Path, file_okay=False, readable=False),  # we say what to do
        default=default_data_dir,
        help="Folder of everything that is kept. [default: KIOSK_DATA_DIR or the platform's]",
    )(function)


def file_option(name: str, *, about: str, required: bool = True) -> Callable[[_Command], _Command]:
    """Give a command an option that names a file to read."""
    return click.option(
        name,
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
        required=required,
        help=about,
    )


def passphrase_file_option(function: _Command) -> _Command:
    """Give a command `--passphrase-file`."""
    about = "File whose first line is a facilitator's passphrase."
    return file_option("--passphrase-file", about=about)(function)


def model_option(function: _Command) -> _Command:
    """Give a command `--model`."""
    about = "Speech model: its name, or a folder."
    return click.option("--model", default="", help=about)(function)


def output_option(function: _Command) -> _Command:
    """Give a command `-o`."""
    return click.option(
        "--output",
        "-o",
        type=click.Path(path_type=Path, dir_okay=False),
        required=True,
        help="File to write.",
    )(function)


def read_passphrase(path: Path) -> str:
    """The first line of a file.

    Raises:
        Failure: It has none that could be a passphrase.
    """
    with path.open("rb") as file:
        content = file.read(LONGEST_SECRET_BYTES + 1)
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise Failure(
            f"{path} is no text. Write the passphrase in the first line of a text file (UTF-8)."
        ) from None
    if not lines or not lines[0].strip():
        raise Failure(f"{path} is empty. Write the passphrase in its first line.")
    if len(lines[0].encode()) >= LONGEST_SECRET_BYTES:
        raise Failure(f"The first line of {path} is too long for a passphrase.")
    return lines[0]


def write_private(path: Path, content: bytes) -> None:
    """Write a file that its owner alone can read, also where it was there before.

    Raises:
        OSError: It cannot be written.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        if sys.platform != "win32":
            os.fchmod(handle, 0o600)
        file.write(content)


def new_passphrase(path: Path) -> str:
    """A passphrase that somebody will unlock with.

    Raises:
        Failure: There is none, or whoever copies the disk would guess it.
    """
    passphrase = read_passphrase(path)
    if strength(passphrase) < LEAST:
        raise Failure(
            f"The passphrase in {path} is easy to guess. "
            "Take four words that do not belong together."
        )
    return passphrase


def facilitator_name(given: str) -> str:
    """A facilitator's name as it was given.

    Raises:
        Failure: It is none.
    """
    name = given.strip()
    if not name or len(name) > LONGEST_NAME:
        raise Failure(f"A facilitator's name has 1 to {LONGEST_NAME} characters.")
    return name


def unlock(passphrase_file: Path) -> MasterKey:
    """The facilitators' key, opened by the passphrase in a file.

    Raises:
        Failure: There is no passphrase in it.
        WrongPassphraseError: It opens nothing.
    """
    return store.keys.unlock(read_passphrase(passphrase_file))


def text_of(path: Path) -> str:
    """A text file whole.

    Raises:
        Failure: It is no text.
    """
    if path.stat().st_size > MOST_TEXT_BYTES:
        raise Failure(f"{path} is too large: {MOST_TEXT_BYTES // 1_000_000} MB at most. Divide it.")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Failure(f"{path} is no text in UTF-8. Save it as UTF-8, then try again.") from None


def bytes_of(path: Path) -> bytes:
    """A small file whole, as another box wrote it.

    Raises:
        Failure: It is too large to be one.
    """
    if path.stat().st_size > MOST_TEXT_BYTES:
        raise Failure(f"{path} is too large to come from a kiosk. Look for the right file.")
    return path.read_bytes()


@contextmanager
def with_advice(data_dir: Path, *, but: type[Exception] | tuple[()] = ()) -> Iterator[None]:
    """Say also what to do, where the store in a data folder cannot be used.

    Args:
        data_dir: Which folder.
        but: What the caller has a better answer to.
    """
    try:
        yield
    except but:
        raise
    except StoreError as error:
        raise Failure(f"{error} {advice.for_store(error, data_dir)}") from None


def open_store(data_dir: Path, *, create: bool = False) -> None:
    """Open the store of a data folder that has one, or make it."""
    place = read_settings(data_dir).store
    if not create and not store.exists(data_dir, url=place.url):
        raise Failure(f"{data_dir} holds no kiosk. Run `kiosk init` or `kiosk` first.")
    with with_advice(data_dir):
        store.open(data_dir, url=place.url, allowed=place.allow)


def need_set_up(data_dir: Path) -> None:
    """Open the store of a kiosk that has been set up."""
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
        rights = advice.for_rights(data_dir) if isinstance(error.__cause__, OSError) else ""
        raise Failure(f"{error} {rights}".strip()) from error


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


@contextmanager
def progress_lines() -> Iterator[Callable[[int, int], None]]:
    """The same for a program that asked: a line of JSON each time that a percent has come."""
    told = -1

    def show(done: int, total: int) -> None:
        nonlocal told
        if (percent := 100 * done // max(total, 1)) != told:
            told = percent
            click.echo(json.dumps({"done": done, "of": total}))
            sys.stdout.flush()

    yield show
