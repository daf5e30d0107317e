"""What holds for every text, whatever is in it."""

import json
import re
import socket
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redact import Kind, Span, Strength, redact
from redact.fold import fold
from redact.placeholders import PLACEHOLDER
from redact.stream import redact_lines
from redact.whole_words import cuts
from tests.support.proportion import takes_time_in_proportion

PIECES = [
    "Ask Gareth Llewellyn",
    "Will",
    "will",
    "o'brien",
    "Dr",
    "N I A M H",
    "G4reth",
    "Ga\u200breth",
    "Ｇａｒｅｔｈ",
    "Gаreth",
    "[PERSON 1]",
    "[EMAIL]",
    "[PERSON",
    "]",
    "spelled",
    "pete dot walsh at gmail dot com",
    "pete@example.com",
    "oh seven seven double oh, um, nine double oh one two three",
    "07700 900123",
    "Ward 4B",
    "at",
    "dot",
    "com",
    "double",
    "triple",
    "the finance director",
    "I'm 52",
    "turned forty",
    "3 March",
    "the twenty-first of October",
    "81 Station Parade",
    "M14 5RX",
    "@porter_diaries",
    "https://example.org/x",
    "Locker",
    "12",
    "\n",
    " ",
    ". ",
    ", ",
    "'s",
    "!",
    "é",
    "ß",
    "İ",
    "ﬁ",
]
texts = st.one_of(
    st.text(max_size=120),
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
)


@given(texts)
@settings(max_examples=300, deadline=None)
def test_redacting_twice_changes_nothing(raw_text: str) -> None:
    once = redact(raw_text).text
    assert redact(once).text == once


@given(texts)
@settings(max_examples=300, deadline=None)
def test_what_is_outside_placeholders_was_in_the_text_in_order(raw_text: str) -> None:
    redaction = redact(raw_text)
    rest = [
        raw_text[end.end : start.start]
        for end, start in pairwise(
            [Span(0, 0, Kind.ID), *redaction.spans, Span(len(raw_text), len(raw_text), Kind.ID)]
        )
    ]
    pattern = r"\[[A-Z]+(?: \d+)?\]".join(re.escape(part) for part in rest)
    assert re.fullmatch(pattern, redaction.text, flags=re.DOTALL)


@given(texts)
@settings(max_examples=200, deadline=None)
def test_spans_and_doubts_are_sorted_apart_and_inside(raw_text: str) -> None:
    redaction = redact(raw_text, weak_words=[(0, min(3, len(raw_text)))])
    for ranges, length in (
        (redaction.spans, len(raw_text)),
        (redaction.doubts, len(redaction.text)),
    ):
        assert all(0 <= r.start < r.end <= length for r in ranges)
        assert all(a.end <= b.start for a, b in pairwise(ranges))
    taken = [m.span() for m in PLACEHOLDER.finditer(redaction.text)]
    assert not any(
        d.start < end and d.end > start for d in redaction.doubts for start, end in taken
    )


@given(texts, st.integers(0, 120), st.integers(1, 20))
@settings(max_examples=300, deadline=None)
def test_no_span_begins_or_ends_inside_a_word_or_a_number(
    raw_text: str, start: int, length: int
) -> None:
    """Whatever a recognizer claims, ours or the operator's own, half a word is never left."""

    def own(text: str) -> list[Span]:
        is_raw = text == raw_text and start + length <= len(text)
        return [Span(start, start + length, Kind.ID)] if is_raw else []

    for span in redact(raw_text, extra=[own]).spans:
        assert not cuts(raw_text, span.start)
        assert not cuts(raw_text, span.end)


@pytest.mark.parametrize(
    ("text", "offset"),
    [("67000", 4), ("Ga\u200breth", 2), ("Ga\u200breth", 3), ("2318.50", 4), ("2318.50", 5)],
)
def test_an_offset_amid_a_word_or_a_number_is_known(text: str, offset: int) -> None:
    assert cuts(text, offset)


@pytest.mark.parametrize(
    ("text", "offset"),
    [("Anna's", 4), ("at 9. Then", 4), ("Anna-Lena", 4), ("我是李明", 2), ("a b", 1)],
)
def test_an_offset_between_words_is_known(text: str, offset: int) -> None:
    assert not cuts(text, offset)


@given(st.text(st.characters(), max_size=60), st.sampled_from(Strength))
@settings(max_examples=300, deadline=None)
def test_no_text_makes_it_fail(raw_text: str, strength: Strength) -> None:
    redact(raw_text, strength=strength)


@given(st.text(max_size=80))
def test_the_folded_view_leads_back_to_the_text(raw_text: str) -> None:
    folded = fold(raw_text)
    assert len(folded.origin) == len(folded.text) + 1
    assert all(a <= b for a, b in pairwise(folded.origin))
    for position in range(len(folded.text)):
        start, end = folded.raw_range(position, position + 1)
        assert 0 <= start < end <= len(raw_text)


def test_it_opens_no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    with pytest.raises(AssertionError):
        socket.create_connection(("192.0.2.1", 9))
    assert (
        redact("Ring Gareth on +44 7700 900123 or write to gareth@example.com").text.count("[") == 3
    )


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        "a ",
        "a.",
        "@",
        "a@b.c",
        "Ab ",
        "one ",
        "double oh ",
        "http://",
        "a-",
        "1 ",
        "Team ",
        "10 Abc ",
        "the and ",
        "a dot ",
        "a dot com ",
        "a\u0301",
        "(",
        "Ward 1 ",
        "\n",
        "[PERSON 1]",
        "[PERSON ",
        "_",
        "'",
        "flat 3, 2 a ",
        "on the 3/4 ",
        "I ",
        "1/",
        "AB12 ",
        "username is ",
        "\u200b",
        "born in may ",
        "A B ",
        "4!",
        "a, ",
        "the new ",
        "at ",
        "dot com ",
        "at gmail ",
        "dot com slash ",
        "I was in Leeds at York Logistics. ",
        "Ask Dr. Mary Ann Tully. ",
        "Dr. ",
        "on tiktok as ",
        "it's a b ",
        "runs the ",
        "someone called as ",
        "five double two ",
        "flat b box 4 ",
        "page, a b c d e ",
        'from "ab ',
        "aB",
        "a-b-c-",
        "a underscore ",
        "ext 4471 not ",
        "12.",
        "12.3.",
        "A-",
        "O'",
        "Kowalski-",
        "Mme de ",
    ],
)
def test_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    assert takes_time_in_proportion(redact, piece)


def test_lines_keep_their_order_and_ids_and_a_bad_one_is_told() -> None:
    lines = [json.dumps({"id": n, "text": f"Ask Gareth, locker 11{n}"}) for n in range(4)]
    lines[2:2] = ["{", "", "[]", '{"id": 9}', r'{"id": 8, "text": "half a \ud83d"}']
    bad: list[tuple[int, str]] = []
    results = [
        json.loads(line)
        for line in redact_lines(lines, on_bad_line=lambda number, why: bad.append((number, why)))
    ]
    assert [r["id"] for r in results] == [0, 1, 2, 3]
    assert [number for number, _ in bad] == [3, 5, 6, 7]
    assert results[0]["redacted"] == "Ask [PERSON 1], locker [ID]"
    assert results[0]["spans"] == [
        {"start": 4, "end": 10, "kind": "PERSON"},
        {"start": 19, "end": 22, "kind": "ID"},
    ]


@pytest.mark.parametrize("text", ["Ask [ANNA] about it.", "[BENJAMIN] shouted at us again."])
def test_brackets_hide_no_name(text: str):
    """Only our own placeholders are left alone; what somebody else puts in brackets is a word."""
    assert "[PERSON 1]" in redact(text).text
    assert redact("[PERSON 1] shouted at us again.").spans == ()
    assert redact("[URGENT] the oven is cold").spans == ()
