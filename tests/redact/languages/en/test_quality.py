"""The redactor is as good as it was, as small as it was, and its model can be made again."""

import json
import random
import subprocess
import sys
from pathlib import Path

from benchmarks.redaction import judge, read
from redact import redact
from redact.languages.en.lexicon import look_up
from tests.support.own_memory import PEAK
from tests.support.places import HOME
from training.compose import compose
from training.train import train

NOTES = HOME / "training" / "notes" / "dev.jsonl"
COST = (
    PEAK
    + """
import time
before = peak_megabytes()
start = time.process_time()
from redact import redact
redact("Ask Gareth, 07911 234567")
print(time.process_time() - start, peak_megabytes() - before)
"""
)


def test_the_judge_sees_a_leak_and_a_scar() -> None:
    note = {
        "text": "Ask Gareth now please",
        "source": "typed",
        "spans": [{"start": 4, "end": 10, "label": "PERSON"}],
    }
    assert judge([note], ["Ask Gareth now please"])["recall"]["PERSON"] == 0
    assert judge([note], ["Ask [PERSON 1] now please"])["over"] == 0
    assert judge([note], ["Ask [PERSON 1] please"])["over"] > 0


def test_development_notes_leak_no_more_than_before() -> None:
    """A floor against slips; how good it is stands in docs/redaction.md."""
    notes = [json.loads(line) for line in NOTES.read_text(encoding="utf-8").splitlines()]
    figures = judge(notes, [redact(note["text"]).text for note in notes])
    assert figures["recall"]["ALL"] > 0.87
    assert figures["recall"]["PERSON"] > 0.92
    assert figures["over"] < 0.02


def test_notes_of_untidy_writers_lose_few_words() -> None:
    """Dyslexic, in dialect, by thumb, in capitals; a floor against slips."""
    notes = list(read(HOME / "training" / "notes" / "untidy.txt"))
    figures = judge(notes, [redact(note["text"], "en").text for note in notes])
    assert figures["recall"]["ALL"] > 0.93
    assert figures["over"] < 0.01


def test_it_loads_fast_and_small() -> None:
    done = subprocess.run([sys.executable, "-c", COST], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds < 0.9  # of processor time; 0.15 on a quiet machine
    assert 1 < megabytes < 40


def test_training_twice_gives_the_same_model(tmp_path: Path) -> None:
    for name in ("one", "two"):
        rng = random.Random(7)  # noqa: S311
        train(list(compose(rng, 40)), tmp_path / name, rng, iterations=3)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_the_lexicon_tells_names_from_words() -> None:
    assert look_up("gareth").given > 4
    assert not look_up("gareth").word
    assert look_up("canteen").word
    assert look_up("milton keynes").place
    assert not any(look_up("qzxwvkj"))
