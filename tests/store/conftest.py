"""A store with the pragmas of production, on either engine; only its slow hashes are quick."""

from datetime import date
from pathlib import Path

import pytest

import store
from store import receipts
from store.file import reserve
from store.promise import Promise
from store.seals import derive
from tests.support import postgres
from tests.support.places import PASSPHRASE

DAY = date(2026, 3, 2)
OF_ONE_ENGINE = {  # or of none
    "file", "server", "test_faults.py", "test_model.py",
    "test_slots_of_older_versions_are_waited_for_and_open_as_before",
}  # fmt: skip


def pytest_generate_tests(metafunc):
    """Let what is promised of every store be tested on both engines."""
    place = Path(metafunc.definition.path).relative_to(Path(__file__).parent).parts[0]
    is_of_both = OF_ONE_ENGINE.isdisjoint({place, metafunc.function.__name__})
    if is_of_both and "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", ["sqlite", "postgres"], indirect=True)


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(receipts, "ANSWER_SECONDS", 0.001)
    monkeypatch.setattr(receipts, "TAKING_BACK_SECONDS", 0.001)
    monkeypatch.setattr(reserve, "SIZE", 1 << 20)


@pytest.fixture(scope="session")
def server(postgres_server):
    return postgres_server


@pytest.fixture(scope="session")
def template(server, tmp_path_factory):
    """A database with empty tables."""
    url = server.new()
    store.open(tmp_path_factory.mktemp("template"), url=url, allowed=postgres.UNSAFE)
    store.rows.database.run("DELETE FROM meta")
    store.close()
    return url.rsplit("/", 1)[1]


@pytest.fixture
def engine(request, monkeypatch):
    """Which one `store.open` uses: on a server, each data folder has a database of its own."""
    name = getattr(request, "param", "sqlite")
    if name == "postgres":
        running, empty = request.getfixturevalue("server"), request.getfixturevalue("template")
        urls = {}
        real_open, real_restore = store.open, store.backup.restore

        def url_of(data_dir):
            if Path(data_dir) not in urls:
                urls[Path(data_dir)] = running.new(empty)
            return {"url": urls[Path(data_dir)], "allowed": postgres.UNSAFE}

        monkeypatch.setattr(
            store, "open", lambda folder, **more: real_open(folder, **url_of(folder), **more)
        )
        monkeypatch.setattr(
            store.backup, "restore", lambda file, to: real_restore(file, to, **url_of(to))
        )
    return name


@pytest.fixture
def data_dir(tmp_path, engine):
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
