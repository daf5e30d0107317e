"""`kiosk demo`: what a newcomer finds in it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import store
from kiosk.commands import demo
from store.items import Item


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Item]]:
    store.close()
    demo.fill(Path(tmp_path_factory.mktemp("demo")))
    past = next(each for each in store.gatherings.everything() if each.state == "released")
    with store.keys.unlock(demo.PASSPHRASE) as master:
        yield list(store.items.released(past.id, master))
    store.close()


def test_forty_items_of_every_kind_are_there_to_be_read(items: list[Item]) -> None:
    kinds = Counter(str(item.kind) for item in items)
    assert kinds.total() == 40
    assert set(kinds) == {"note", "memo", "drawing", "silence"}


def test_they_are_in_two_languages_and_one_is_worrying(items: list[Item]) -> None:
    texts = " ".join(str(getattr(item.payload, "text", "")) for item in items)
    assert "The late shift" in texts
    assert "Spätschicht" in texts
    assert "burden" in texts


def test_one_gathering_stayed_too_small_and_one_is_open(items: list[Item]) -> None:
    assert items
    states = Counter(str(each.state) for each in store.gatherings.everything())
    assert states == {"released": 1, "closed": 1, "open": 1}
