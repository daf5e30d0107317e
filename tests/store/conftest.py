"""A store in a real file with the pragmas of production; only its slow hashes are quick."""

from datetime import date

import pytest

import store
from store import receipts
from store.file import reserve
from store.promise import Promise
from store.seals import derive
from tests.support.places import PASSPHRASE

DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(receipts, "ANSWER_SECONDS", 0.001)
    monkeypatch.setattr(reserve, "SIZE", 1 << 20)


@pytest.fixture
def data_dir(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def recovery_code(data_dir):
    store.open(data_dir, receipt_cost=derive.TEST_COST)
    yield store.keys.set_up(PASSPHRASE, name="Ann", cost=derive.TEST_COST)
    store.close()


@pytest.fixture
def gathering(recovery_code):
    return store.gatherings.new(
        "Spring", questions=["What keeps you?"], promise=Promise(threshold=3), today=DAY
    )


@pytest.fixture
def master(recovery_code):
    with store.keys.unlock(PASSPHRASE) as unlocked:
        yield unlocked
