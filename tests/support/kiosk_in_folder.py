"""A kiosk in a folder, without a server: what page tests, privacy tests and others start from."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

import store
from kiosk.app import create_app
from kiosk.house import House
from store.promise import Promise
from store.seals import derive
from tests.support import postgres
from tests.support.page_lint import faults
from tests.support.places import PASSPHRASE


class LintingClient(FlaskClient):
    """A test client whose pages are checked while they are fetched."""

    def page(self, url: str, *, status: int = 200, **options: Any) -> str:
        """The text of a page, which has a title, a language, one h1 and nothing inline."""
        response = self.get(url, headers={"Accept": "text/html"}, **options)
        assert response.status_code == status, response.text[:500]
        assert faults(response.text) == []
        return response.text


def open_gathering(*, threshold: int = 3) -> store.gatherings.Gathering:
    return store.gatherings.new(
        title="Autumn",
        questions=("What should change?", "What should stay?"),
        promise=Promise(readers=("the works council",), threshold=threshold, retention_days=90),
        today=datetime.now(tz=UTC).astimezone().date(),
    )


def set_up_folder(data_dir: Path, *, threshold: int = 3, url: str = "") -> None:
    """Set a data folder up as `kiosk init` does, with hashes that cost nothing."""
    store.open(data_dir, url=url, allowed=postgres.UNSAFE, receipt_cost=derive.TEST_COST)
    store.keys.set_up(PASSPHRASE, name="Ada", cost=derive.TEST_COST)
    open_gathering(threshold=threshold)
    store.close()


def app_of(house: House) -> Flask:
    app = create_app(house)
    app.test_client_class = LintingClient
    return app
