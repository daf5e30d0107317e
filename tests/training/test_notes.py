"""The invented notes that the redactor learns from are well formed, and their splits are apart."""

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.places import HOME
from training.compose import Made
from training.markup import LABELS, MarkupError, parse_line, to_json_lines
from training.noise import untidy

NOTES = HOME / "training" / "notes"
SPLITS = {"train": 1, "dev": 5001}


def records(split: str) -> list[dict[str, Any]]:
    lines = (NOTES / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("split", SPLITS)
def test_every_span_is_a_labelled_stretch_of_its_note(split: str) -> None:
    for record in records(split):
        text, position = record["text"], 0
        for span in record["spans"]:
            assert position <= span["start"] < span["end"] <= len(text), record["id"]
            words = text[span["start"] : span["end"]]
            assert words == words.strip(), record["id"]
            assert span["label"] in LABELS, record["id"]
            position = span["end"]


@pytest.mark.parametrize(("split", "first"), SPLITS.items())
def test_the_json_lines_are_what_the_markup_says(split: str, first: int) -> None:
    marked = (NOTES / f"{split}.txt").read_text(encoding="utf-8")
    derived = (NOTES / f"{split}.jsonl").read_text(encoding="utf-8")
    assert to_json_lines(marked, first=first) == derived


def test_no_id_or_note_occurs_twice() -> None:
    everything = [record for split in SPLITS for record in records(split)]
    assert len({record["id"] for record in everything}) == len(everything)
    assert len({record["text"].casefold() for record in everything}) == len(everything)


def test_no_voice_speaks_in_both_splits() -> None:
    train, dev = (
        {
            line
            for line in (NOTES / f"{split}.txt").read_text(encoding="utf-8").splitlines()
            if line.startswith("#")
        }
        for split in SPLITS
    )
    assert not train & dev


@pytest.mark.parametrize(
    ("split", "least"),
    [("train", 35), ("dev", 12)],
)
def test_every_label_occurs_often_enough_to_learn_and_to_measure(split: str, least: int) -> None:
    labels = [span["label"] for record in records(split) for span in record["spans"]]
    assert {label for label in LABELS if labels.count(label) < least} == set()


@pytest.mark.parametrize(
    "line",
    [
        "Ask {PERSON:Bronagh}.",
        "sung|Ask {PERSON:Bronagh}.",
        "typed|Ask {NAME:Bronagh}.",
        "typed|Ask { PERSON:Bronagh}.",
        "typed|Ask {PERSON: Bronagh}.",
        "typed|Ask {PERSON:}.",
        "typed|Ask {PERSON:Bronagh.",
        "typed|Ask Bronagh}.",
        "typed|",
        "typed| Ask.",
    ],
)
def test_a_malformed_line_is_refused(line: str) -> None:
    with pytest.raises(MarkupError):
        parse_line(line)


plain_words = st.text(st.characters(exclude_characters="{}\\\r\n", exclude_categories=["Cs"]))


@given(before=plain_words, detail=plain_words, after=plain_words)
def test_a_span_covers_exactly_what_was_marked(before: str, detail: str, after: str) -> None:
    before, detail, after = f"x{before}", f"y{detail}z", f"{after}x"
    note = parse_line(f"typed|{before}{{ID:{detail}}}{after}")
    (span,) = note.spans
    assert note.text == before + detail + after
    assert note.text[span.start : span.end] == detail


def test_untidy_notes_keep_their_details_where_they_are_marked() -> None:
    text = "Ask Margaret Tully why nobody ordered the gloves that we need"
    note = Made(text, ((4, 18, "PERSON"),))
    rng = random.Random(5)  # noqa: S311
    made = [untidy(note, rng) for _ in range(200)]
    marked = [each.text[start:end] for each in made for start, end, _ in each.spans]
    assert len(marked) == len(made)
    assert sum(name.lower() == "margaret tully" for name in marked) > 100
    assert all(name[:1].lower() in "ma" and len(name) > 10 for name in marked)
    assert len({each.text for each in made}) > 100
