"""Whisper models on disk."""

from pathlib import Path

from transcribe.transcript import TranscribeError

NEEDED = ("model.bin", "config.json", "tokenizer.json")
ONE_OF = ("vocabulary.json", "vocabulary.txt")


class IncompleteModelError(TranscribeError):
    """A folder lacks a file; faster-whisper would ask the network for it."""


def check(folder: Path) -> None:
    """Refuse a folder that is not a complete model.

    Without `tokenizer.json` faster-whisper fetches one, whatever its switches say; and a path that
    is no folder it takes for the name of a model to download.

    Raises:
        IncompleteModelError: What is missing.
    """
    if not folder.is_dir():
        raise IncompleteModelError(f"There is no model folder {folder}.")
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in ONE_OF):
        missing.append(ONE_OF[0])
    if missing:
        raise IncompleteModelError(f"The model {folder.name} lacks {', '.join(missing)}.")
