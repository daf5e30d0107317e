"""What several test folders share: a data folder, a kiosk in it, and a client that is a linter."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

import store
from kiosk.drafts import Drafts
from kiosk.hearing.front import Hearing
from kiosk.house import House
from kiosk.settings import Limits, Settings
from kiosk.shares import Shares
from store.seals import derive
from tests.faults.disk import takes_no_changes
from tests.support import postgres
from tests.support.kiosk_in_folder import LintingClient, app_of, open_gathering
from tests.support.places import PASSPHRASE

hypothesis_settings.register_profile("ci", derandomize=True, deadline=None, max_examples=60)
hypothesis_settings.register_profile("dev", deadline=None, max_examples=60)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """One server for all tests; each makes itself a database."""
    if missing := postgres.why_not():
        pytest.skip(missing)
    with postgres.running() as running:
        yield running


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def readable() -> Iterator[Callable[[Path], bool]]:
    """Says whether others may read a file, of which new ones are unless somebody takes care."""
    before = os.umask(0o022)
    yield lambda path: bool(path.stat().st_mode & 0o077)
    os.umask(before)


@pytest.fixture
def make_house(data_dir: Path) -> Iterator[Callable[..., House]]:
    """Makes a house in the data folder; `set_up=False` leaves it without keys."""
    made: list[House] = []

    def make(
        *, set_up: bool = True, threshold: int = 3, model: Path | None = None, **limits: int
    ) -> House:
        store.open(data_dir, receipt_cost=derive.TEST_COST)
        settings = Settings(data_dir=data_dir, limits=Limits(**limits))
        hearing = Hearing(model, limits=settings.limits)
        house = House(
            settings,
            hearing,
            Drafts(settings.limits, on_forget=hearing.cancel),
            Shares(settings.limits.contributions_per_hour),
            model_folder=model,
        )
        if set_up and not store.keys.is_set_up():
            store.keys.set_up(PASSPHRASE, name="Ada", cost=derive.TEST_COST)
            open_gathering(threshold=threshold)
        if model:
            hearing.start()
        made.append(house)
        return house

    yield make
    for house in made:
        house.hearing.stop()
        house.drawings.stop()
    store.close()


@pytest.fixture
def house(make_house: Callable[..., House]) -> House:
    return make_house()


@pytest.fixture
def client(house: House) -> LintingClient:
    made = app_of(house).test_client()
    assert isinstance(made, LintingClient)
    return made


@pytest.fixture
def unwritable() -> Callable[[Path], AbstractContextManager[None]]:
    """Lets nobody write in a folder for a while, not even root, who needs a mount for that."""

    @contextmanager
    def keep_still(folder: Path) -> Iterator[None]:
        with takes_no_changes(folder) as is_so:
            if not is_so:
                pytest.skip("may not mount here")
            yield

    return keep_still


@pytest.fixture(scope="session")
def engine() -> Iterator[Any]:
    """Playwright, started once: a second one in the same thread refuses to start."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    with playwright.sync_playwright() as started:
        yield started
