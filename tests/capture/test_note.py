"""What a written note is when it has come in."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capture import note
from capture.errors import TooLargeError, UnreadableError

LIMIT = 10_000


def read(text: str, *, limit: int = LIMIT) -> str:
    return note.read(text.encode(), limit_characters=limit)


@given(st.binary(max_size=400))
def test_any_bytes_become_visible_text_or_a_refusal(untrusted_body):
    """Whatever is sent, the kiosk gets composed text within the limit, or one of its own errors."""
    try:
        text = note.read(untrusted_body, limit_characters=100)
    except (TooLargeError, UnreadableError):
        return
    assert 0 < len(text) <= 100
    assert unicodedata.is_normalized("NFC", text)
    assert not [c for c in text if unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t"]


@given(st.text(max_size=300))
def test_reading_twice_changes_nothing(text):
    """A retry after a cut connection, or a note pasted from a preview, stays the same note."""
    once = note.visible(text)
    assert note.visible(once) == once


HIDERS = [
    *("\x00", "\u200b", "\u200d", "\u200e", "\u202e", "\u2066"),
    *("\xad", "\ufeff", "\u2060", "\u3164", "\U000e0041", "\U000e0100"),
]


@pytest.mark.parametrize("hider", HIDERS)
def test_nothing_invisible_hides_inside_a_name(hider):
    """A name with an unseen character in it would pass every recognizer that reads letters."""
    assert hider in f"Ask Mar{hider}ia"
    assert read(f"Ask Mar{hider}ia") == "Ask Maria"


@pytest.mark.parametrize("text", ["👩‍🔧 ❤️", "می‌خواهم", "क्‍ष", "naïve Zoë 東京", "a\tb\nc"])
def test_what_carries_meaning_stays(text):
    """Emoji, joining scripts, tabs and line ends are kept as they were written."""
    assert read(text) == text


def test_line_ends_of_every_system_become_one():
    """Windows, old Mac and Unicode line ends do not tell which device the note came from."""
    assert read("a\r\nb\rc\u2028d\x85e") == "a\nb\nc\nd\ne"


def test_decomposed_letters_are_composed():
    """A name typed on a Mac and on Windows is the same name."""
    assert read("Zoe\u0308") == "Zoë"


def test_a_note_as_long_as_allowed_is_read_and_one_longer_is_not():
    """The limit counts characters, not bytes."""
    assert len(read("é" * LIMIT)) == LIMIT
    with pytest.raises(note.TooLongError):
        read("é" * (LIMIT + 1))
    with pytest.raises(note.TooLongError):
        read("🙂" * LIMIT + "🙂")


@pytest.mark.parametrize("untrusted_body", [b"", b"  \n\t ", b"\xe2\x80\x8b\x00", b"\xef\xbb\xbf"])
def test_a_note_of_nothing_visible_is_refused(untrusted_body):
    """An empty field is no contribution; silence has its own door."""
    with pytest.raises(note.EmptyNoteError):
        note.read(untrusted_body, limit_characters=LIMIT)


def test_the_refusal_quotes_nothing_of_the_note():
    """Errors reach logs; a decoder's own message would carry the bytes."""
    with pytest.raises(note.UnreadableNoteError) as refusal:
        note.read(b"secret \xff\xfe", limit_characters=LIMIT)
    assert "secret" not in str(refusal.value)
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__
