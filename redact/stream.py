"""JSON lines in, JSON lines out: one note a line, in order, with its id.

A bad line does not stop the rest.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence

from redact.engine import redact
from redact.lists import EMPTY, LocalLists
from redact.spans import Recognizer, Strength


class BadLineError(ValueError):
    """A line that is not a note; the message says why and never quotes it."""


def redact_lines(
    lines: Iterable[str],
    *,
    language: str | None = None,
    lists: LocalLists = EMPTY,
    strength: Strength = Strength.STANDARD,
    extra: Sequence[Recognizer] = (),
    on_bad_line: Callable[[int, str], None] | None = None,
) -> Iterator[str]:
    """Yield a JSON line for each note: `{"id", "redacted", "language", "spans"}`.

    Each of the spans is `{"start", "end", "kind"}`, in code points of the note's text.

    Args:
        lines: JSON objects with `id`, `text` and perhaps `language`, one a line; empty lines are
            skipped.
        language: Of notes that do not say it themselves; none: found from each text.
        lists: What the place knows of itself.
        strength: How sure we must be before a word goes.
        extra: Recognizers of the operator's own.
        on_bad_line: Told the number (from 1) of each line that is not a note, and why. Without it,
            `BadLineError` is raised.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            identifier, raw_text, own_language = _note(line)
        except BadLineError as error:
            if on_bad_line is None:
                raise BadLineError(f"line {number}: {error}") from None
            on_bad_line(number, str(error))
            continue
        redaction = redact(
            raw_text, own_language or language, lists=lists, strength=strength, extra=extra
        )
        spans = [
            {"start": span.start, "end": span.end, "kind": str(span.kind)}
            for span in redaction.spans
        ]
        result = {
            "id": identifier,
            "redacted": redaction.text,
            "language": redaction.language,
            "spans": spans,
        }
        yield json.dumps(result, ensure_ascii=False)


def _note(line: str) -> tuple[object, str, str | None]:
    try:
        note = json.loads(line)
    except (ValueError, RecursionError):
        raise BadLineError("not JSON; one object a line is wanted") from None
    if not isinstance(note, dict) or not isinstance(note.get("text"), str):
        raise BadLineError('not an object with "id" and "text"')
    if "\\u" in line and not _is_text(note):
        raise BadLineError("half of a character in it (a lone surrogate)")
    language = note.get("language")
    return note.get("id"), note["text"], language if isinstance(language, str) else None


def _is_text(note: dict[str, object]) -> bool:
    try:
        json.dumps(note, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
