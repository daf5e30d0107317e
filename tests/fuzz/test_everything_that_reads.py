"""What reads something from outside either reads it or refuses it: the first of `./dev fuzz`."""

import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

import store
from store.file import reserve
from tests.fuzz.run import FORMATS, fuzz
from tests.support.places import HOME


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(reserve, "SIZE", 1 << 20)
    before = signal.getsignal(signal.SIGALRM)
    yield
    store.close()
    signal.signal(signal.SIGALRM, before)


def test_a_reader_that_stumbles_would_be_seen_and_its_seed_told(
    capsys: pytest.CaptureFixture[str],
):
    def stumbles(chance: random.Random) -> str:
        drawn = chance.randrange(10)
        return str(100 // drawn)  # as long as it is not 0

    met, wrong = fuzz(stumbles, count=60)
    assert met == 60
    zeros = [s for s in range(1, 61) if random.Random(s).randrange(10) == 0]  # noqa: S311
    assert [each.split(":")[0] for each in wrong] == [f"seed {seed}" for seed in zeros] != []
    assert "ZeroDivisionError at test_everything_that_reads.py" in capsys.readouterr().err


@pytest.mark.parametrize("name", FORMATS)
def test_damaged_or_made_up_it_is_read_or_refused(name: str, tmp_path: Path):
    """Ten minutes of each: `./dev fuzz NAME --minutes 10`."""
    met, wrong = fuzz(FORMATS[name](tmp_path), count=60)
    assert met == 60
    assert wrong == []


def test_every_format_that_comes_from_outside_has_its_reader_here():
    """Sound has one of its own, in the decoder's sandbox (tests/kiosk/children/test_fuzz.py)."""
    wanted = {"notes", "drawings", "photographs", "calls", "receipts", "tables", "backups"}
    assert wanted | {"settings", "parcels", "papers"} == set(FORMATS)
    assert '"fuzz": lambda' in (HOME / "dev").read_text(encoding="utf-8")
