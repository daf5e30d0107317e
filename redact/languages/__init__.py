"""What runs for each language, one folder each, loaded when a text first needs it.

A language is added in three steps: its folder with a `LANGUAGE`, its line in `FULL` here, and its
function words in `function_words.txt`, by which a text in it is known.
"""

from functools import cache
from importlib import import_module
from typing import Literal

from redact.languages.language import Language

# Languages with a folder and a model of their own.
FULL = ("en", "de", "es", "fr", "pl")
UNKNOWN = "und"  # ISO 639-2 for "undetermined"; what reads every language without a folder


@cache
def language(code: str) -> Language:
    """Return what reads a language: its own folder, or the careful mode."""
    folder = code if code in FULL else "careful"
    found = import_module(f"redact.languages.{folder}").LANGUAGE
    assert isinstance(found, Language)  # noqa: S101  (says it to the type checker)
    return found


def coverage(code: str) -> Literal["full", "careful"]:
    """Say how much is found in a language: all kinds, or only what is sure without a model."""
    return "full" if code in FULL else "careful"
