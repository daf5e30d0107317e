"""`kiosk transcribe`: what is said in audio files, as text or JSON, one file after the other."""

import json
from pathlib import Path

import click

from capture.errors import CaptureError
from kiosk.commands.parts import Failure, progress
from kiosk.hearing.files import decode_file
from kiosk.protection import stay_offline
from kiosk.serve import find_model
from kiosk.settings import Settings
from transcribe import Transcriber


def transcribe_files(
    files: tuple[Path, ...], settings: Settings, *, model: str, language: str | None, as_json: bool
) -> None:
    """Print transcripts; a file that cannot be read is named, and the others go on.

    Raises:
        Failure: There is no model, or some file could not be transcribed.
    """
    from transcribe.engine import WhisperTranscriber  # noqa: PLC0415  # half a second to import

    stay_offline()
    folder = find_model(settings, model)
    if folder is None:
        raise Failure("There is no speech model yet. See: kiosk models list")
    engine = WhisperTranscriber(folder)
    failed = 0
    for path in files:
        try:
            _one(path, engine, language=language, as_json=as_json, is_alone=len(files) == 1)
        except (OSError, CaptureError) as error:
            failed += 1
            reason = getattr(error, "strerror", None) or str(error) or "cannot be read"
            click.echo(f"{path}: {reason}", err=True)
    if failed:
        raise click.exceptions.Exit(1)


def _one(
    path: Path, engine: Transcriber, *, language: str | None, as_json: bool, is_alone: bool
) -> None:
    clip = decode_file(path)
    with progress(path.name) as show:
        transcript = engine.transcribe(
            clip.samples,
            language=language,
            on_progress=lambda share: show(round(100 * share), 100),
        )
    if as_json:
        click.echo(json.dumps({"file": str(path), **transcript.as_dict()}, ensure_ascii=False))
    else:
        click.echo(transcript.text if is_alone else f"{path}: {transcript.text}")
