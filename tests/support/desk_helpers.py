"""A desk for tests: gatherings full of invented items, and a facilitator who has unlocked."""

import io
import re
from datetime import UTC, datetime
from typing import Any

import numpy as np

import store
from capture import drawing
from store.gatherings import Gathering
from store.items import Kind
from store.payloads import Drawing, Gap, Memo, Note, Payload, Said, Silence
from store.promise import Promise
from tests.support.page_lint import faults
from tests.support.places import PASSPHRASE

PAYLOADS: tuple[Payload, ...] = (
    Note(
        "The canteen is too loud, says [PERSON 1].",
        ((4, 11),),
        Said(question="What should change?"),
        (Gap(30, 40, "PERSON"),),
    ),
    Note('=HYPERLINK("http://x") <script>alert(1)</script>'),
    Memo("The night shift has no heating, maybe.", ((32, 37),), said=Said("tired")),
    Drawing(drawing.encode(np.full((90, 160, 3), 240, np.uint8)), text="more light"),
    Silence(Said("not_yet")),
)


def today() -> Any:
    return datetime.now(tz=UTC).astimezone().date()


def new_gathering(title: str = "Autumn shift", threshold: int = 3) -> Gathering:
    return store.gatherings.new(
        title=title,
        questions=("What should change?",),
        promise=Promise(readers=("the works council",), threshold=threshold, retention_days=90),
        today=today(),
    )


def filled(*payloads: Payload, title: str = "Autumn shift") -> Gathering:
    """A gathering with these items (or one of each kind), released."""
    gathering = new_gathering(title)
    for number, payload in enumerate(payloads or PAYLOADS):
        store.items.keep(payload, gathering, token=f"{gathering.id}-{number:05}")
    released = store.gatherings.close(gathering.id, today=today())
    assert released.state == "released"
    return released


class Desk:
    """A browser at an unlocked desk."""

    def __init__(self, client: Any, passphrase: str = PASSPHRASE) -> None:
        self.client = client
        answer = client.post("/review/unlock", data={"passphrase": passphrase})
        assert answer.status_code == 303, answer.text
        found = re.search(r'name="form_token" value="([^"]+)"', self.page("/review/"))
        assert found
        self.token = found[1]

    def page(self, url: str, status: int = 200) -> str:
        """A page of the desk, checked by the lint."""
        text: str = self.client.page(url, status=status)
        return text

    def post(self, url: str, **fields: Any) -> Any:
        """Send a form with the desk's own token."""
        return self.client.post(url, data={"form_token": self.token, **fields})

    def follow(self, url: str, **fields: Any) -> str:
        """Send a form, and return the page that it leads to."""
        answer = self.post(url, **fields)
        assert answer.status_code == 303, (answer.status_code, answer.text[:300])
        while True:
            url = answer.location
            answer = self.client.get(url)
            if answer.status_code != 303:
                break
        assert faults(answer.text) == []
        return str(answer.text)


def item_of(gathering: Gathering, kind: Kind | str) -> Any:
    with store.keys.unlock(PASSPHRASE) as master:
        return next(i for i in store.items.released(gathering.id, master) if i.kind == kind)


def versions(gathering: Gathering) -> dict[str, int]:
    """Return the version of each item by its id."""
    asked = "SELECT id, version FROM item WHERE gathering = ?"
    with store.database.reading():
        found = store.database.rows(asked, bytes.fromhex(gathering.id))
    return {bytes(key).hex(): version for key, version in found}


def upload(text: str, name: str = "names.csv") -> tuple[io.BytesIO, str]:
    return io.BytesIO(text.encode()), name
