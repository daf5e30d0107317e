"""The words in which the stages of redaction speak.

A kind of detail, a span that holds one, and the result.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a detail is; also what its placeholder says."""

    PERSON = "PERSON"
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    ADDRESS = "ADDRESS"
    LOCATION = "LOCATION"
    ORG = "ORG"
    ROLE = "ROLE"
    DATE = "DATE"
    AGE = "AGE"
    ID = "ID"
    USERNAME = "USERNAME"
    URL = "URL"


class Strength(StrEnum):
    """How sure the redactor must be before it takes a word out."""

    LIGHT = "light"
    STANDARD = "standard"
    STRICT = "strict"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The half-open range that a detail takes, in code points of the text it was found in."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """A range of the redacted text, in code points, that was left in place and may be a detail."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Redaction:
    """A text with placeholders, where each stood in the raw text, and what is still in doubt."""

    text: str
    spans: tuple[Span, ...]
    doubts: tuple[Doubt, ...] = ()
    languages: tuple[str, ...] = ()  # in which it was read, that of most of it first
    placeholders: tuple[Span, ...] = ()  # where in `text` something was taken out just now

    @property
    def language(self) -> str:
        """The language of most of the text."""
        return self.languages[0] if self.languages else ""


# Finds details in a text and gives their spans in it. What an operator plugs in has this shape.
Recognizer = Callable[[str], Iterable[Span]]
