"""`kiosk transcribe`: what is said in audio files, as text or JSON, one file after the other."""

import json
from dataclasses import dataclass
from pathlib import Path

import click

from capture.errors import CaptureError
from kiosk import by_hand
from kiosk.commands.parts import data_dir_option, model_option, progress, read_settings
from kiosk.commands.plain_group import Failure
from kiosk.hearing.front import Hearing, Patience
from kiosk.protection import stay_offline
from kiosk.serve import find_model
from kiosk.settings import Settings

# Nobody stands and waits here, and a large model may be slow on a small machine.
PATIENCE = Patience(ear=120.0, model=3_600.0, load=1_200.0)


@dataclass(frozen=True)
class FileLimits:
    """An operator's own files may be longer than a memo."""

    memo_seconds: float = 4 * 3_600.0
    memo_bytes: int = 2_000_000_000


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@model_option
@click.option("--language", default=None, help="Such as en or de; else it is detected.")
@click.option("--json", "as_json", is_flag=True, help="Segments, words and probabilities.")
@data_dir_option
def transcribe(
    files: tuple[Path, ...], model: str, language: str | None, data_dir: Path, *, as_json: bool
) -> None:
    """Write down what is said in audio FILES.

    Example: kiosk transcribe --language de meeting.ogg
    """
    settings = read_settings(data_dir)
    transcribe_files(files, settings, model=model, language=language, as_json=as_json)


def transcribe_files(
    files: tuple[Path, ...], settings: Settings, *, model: str, language: str | None, as_json: bool
) -> None:
    """Print transcripts; a file that cannot be read is named, and the others go on.

    Raises:
        Failure: There is no model, or some file could not be transcribed.
    """
    stay_offline()
    folder = find_model(settings, model)
    if folder is None:
        raise Failure("There is no speech model yet. See `kiosk models list`.")
    hearing = Hearing(folder, limits=FileLimits(), patience=PATIENCE)
    hearing.start()
    failed = 0
    try:
        for path in files:
            try:
                _one(path, hearing, language=language, as_json=as_json, is_alone=len(files) == 1)
            except (OSError, CaptureError) as error:
                failed += 1
                reason = getattr(error, "strerror", None) or str(error) or "cannot be read"
                click.echo(f"{path}: {reason}", err=True)
    finally:
        hearing.stop()
    if failed:
        raise click.exceptions.Exit(1)


def _one(
    path: Path, hearing: Hearing, *, language: str | None, as_json: bool, is_alone: bool
) -> None:
    raw_sound = path.read_bytes()
    with progress(path.name) as show:
        transcript = by_hand.transcribe(
            raw_sound,
            hearing,
            language=language,
            on_progress=lambda share: show(round(100 * share), 100),
        )
    if as_json:
        click.echo(json.dumps({"file": str(path), **transcript.as_dict()}, ensure_ascii=False))
    else:
        click.echo(transcript.text if is_alone else f"{path}: {transcript.text}")
