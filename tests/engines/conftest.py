"""The engines beside Chromium: Firefox, and WebKit, which is Safari's; a missing one is skipped."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.places import MICRO
from tests.support.running import Running, init, running

HERE = Path(__file__).parent
PIN = "482913"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One kiosk with the sample model."""
    data_dir = tmp_path_factory.mktemp("kiosk") / "data"
    init(data_dir)
    # A machine that does much else at once may look through a drawing for longer than a minute.
    settings = f'[limits]\nidle_seconds = 3600\n[screen]\nexit_pin = "{PIN}"\n'
    (data_dir / "settings.toml").write_text(settings, encoding="utf-8")
    with running(data_dir, "--model", MICRO) as started:
        yield started
