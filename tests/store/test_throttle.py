"""One count for all that may happen so often: guesses in a minute, contributions in an hour."""

import ast
from pathlib import Path

import pytest

import kiosk
import store
from store import receipts
from store.errors import TooManyTriesError, WrongPassphraseError
from store.seals import derive
from store.throttle import HOUR, Stretches, Throttle, Tries


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_says_how_long_until_the_next_place():
    clock = Clock()
    quota = Throttle(2, seconds=HOUR, clock=clock)
    assert quota.wait_seconds() == 0
    clock.now = 100
    assert quota.wait_seconds() == 0
    assert quota.wait_seconds() == HOUR - 100
    clock.now = HOUR
    assert quota.wait_seconds() == 0


def test_stretches_begin_at_a_moment_that_is_drawn():
    """Who knew it could tell from the first refusal how many others there were (0110)."""
    clock = Clock()
    stretches = Stretches(1, drawn=0, seconds=60, clock=clock, draw=lambda below: below - 1)
    stretches.take()
    assert stretches.is_used_up()
    clock.now = 1
    assert not stretches.is_used_up()


def test_none_means_no_limit():
    quota = Throttle(0)
    assert [quota.wait_seconds() for _time in range(1000)] == [0.0] * 1000


def test_names_share_the_total():
    throttle = Throttle(2, in_total=3, clock=Clock())
    assert [throttle.wait_seconds(each) for each in "aabb"] == [0, 0, 0, 60]


def test_a_store_counts_guesses_while_it_is_open_and_no_longer(recovery_code, data_dir):
    for _ in range(5):
        with pytest.raises(WrongPassphraseError):
            store.keys.unlock("wrong")
    with pytest.raises(TooManyTriesError):
        store.keys.unlock("wrong")
    store.close()
    store.open(
        data_dir,
        receipt_cost=derive.TEST_COST,
        tries=Tries(receipts=Stretches(1, draw=lambda _: 0)),
    )
    with pytest.raises(WrongPassphraseError):
        store.keys.unlock("wrong")
    receipts.look_up("four words of nobody")
    with pytest.raises(TooManyTriesError):
        receipts.look_up("four words of nobody")


def made_by_modules(source: str) -> list[str]:
    """Throttles that a module makes for itself while it is imported."""
    return [
        ast.unparse(node)
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign | ast.AnnAssign) and "Throttle(" in ast.unparse(node)
    ]


def test_no_module_keeps_a_count_of_its_own():
    """Tests had to reset it, and two kiosks in one process would have shared it."""
    assert made_by_modules("_throttle = Throttle(5)")
    for package in (kiosk, store):
        for path in Path(package.__path__[0]).rglob("*.py"):
            assert made_by_modules(path.read_text("utf-8")) == [], path
