"""What the benchmarks count on: a sound is heard once, and of a detail its own words are left."""

import pytest

from benchmarks.hearings import Hearings
from benchmarks.what_is_left import remains
from tests.support.places import MICRO
from tests.support.recordings import sample


def test_a_sound_is_heard_once(tmp_path, monkeypatch):
    """Another run goes on from what was heard; another sound is heard."""
    sound = sample("01-manager.flac")
    first = Hearings(MICRO, tmp_path / "hearings.jsonl").whole(sound, "en")
    assert first.text
    again = Hearings(MICRO, tmp_path / "hearings.jsonl")
    monkeypatch.setattr(Hearings, "_ours", None)  # whoever hears now fails
    assert again.whole(sound, "en") == first
    with pytest.raises(AttributeError):
        again.whole(sound[::-1].copy(), "en")


@pytest.mark.parametrize(
    ("heard", "left"),
    [
        ("it went to account 89 48 buy mistake", ["89", "48"]),
        ("it went to a count 8948 by mistake", ["8948"]),
        ("it went to account eighty nine by mistake", ["eighty", "nine"]),
    ],
)
def test_words_beside_a_detail_that_were_written_otherwise_are_none_of_it(heard, left):
    row = {"text": "it went to account eight nine four eight by mistake",
           "spoken": "eight nine four eight"}  # fmt: skip
    assert remains(row, heard, []) == left
