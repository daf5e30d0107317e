"""Every button of every desk page, pressed twice, beside a second desk that changes its items.

No list of buttons stands here: they are read from the pages.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest

import store
from kiosk.desk import acts
from store.items import Note
from store.payloads import Silence
from store.seals.keys import MasterKey
from tests.support.desk_helpers import PAYLOADS, Desk, filled, new_gathering, today
from tests.support.places import PASSPHRASE

FINE = {200, 303, 404, 409, 422}  # done, led on, gone, somebody was faster, please look again
LEFT_OUT = ("/lock", "/speech/", "/session/pdf")  # they end the desk, or need what is not here
PAGES = ("", "read", "themes", "groups/", "export", "board/", "session", "session/cards", "shape",
         "wall/drawings", "purge")  # fmt: skip
TICKED_OR_CHOSEN = {"checkbox", "radio", "file"}
OF_ITEM = ("", "/cover", "/part", "/large")
DISTURBANCES: tuple[tuple[str, dict[str, str]], ...] = (
    ("discard", {}),
    ("cover", {"word": "0-3", "square": "0"}),
    ("label", {"add": "rota"}),
    ("worry", {}),
    ("undo", {}),
    ("approve", {}),
    ("calm", {}),
    ("note", {"note": "Ask the canteen."}),
    ("label", {"remove": "rota"}),
)


@dataclass
class Form:
    """A form of a page: what it sends, and the buttons that post it."""

    url: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    typed: set[str] = field(default_factory=set)  # which of them somebody can type words into
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # address, name, value


class Forms(HTMLParser):
    """Reads the forms of a page as a browser fills them in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._form: Form | None = None
        self._choice = self._words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get"))
            self.found.append(self._form)
        elif self._form is None:
            return
        elif tag == "button" and given.get("type", "submit") == "submit":
            address = given.get("formaction", self._form.url)
            if given.get("formmethod", self._form.method) == "post":
                self._form.buttons.append((address, given.get("name", ""), given.get("value", "")))
        elif tag == "select":
            self._choice = given["name"]
            self._form.fields.append((self._choice, ""))
        elif tag == "option" and "selected" in given:
            self._form.fields.append((self._choice, given["value"]))
        elif tag == "textarea":
            self._form.fields.append((given["name"], ""))
            self._form.typed.add(given["name"])
        elif tag == "input" and (given.get("type") not in TICKED_OR_CHOSEN or "checked" in given):
            self._form.fields.append((given.get("name", ""), given.get("value", "")))
            if given.get("type", "text") in {"text", "search"} and given.get("name"):
                self._form.typed.add(given["name"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None


def buttons_of(page: str, words: str = "") -> list[tuple[str, dict[str, str]]]:
    """Return where each button of a page leads, and what it sends, with words in empty fields."""
    return [
        (address, {key: value or (words if key in form.typed else "") for key, value in sent})
        for form in Forms(page).found
        for address, name, value in form.buttons
        for sent in [{**dict(form.fields), **({name: value} if name else {})}.items()]
        if not any(part in address for part in LEFT_OUT)
    ]


def press(desk: Desk, address: str, fields: dict[str, str]) -> None:
    """Press a button as a desk sees it; whatever comes has to be a whole page or a file."""
    answer = desk.client.post(address, data={**fields, "form_token": desk.token})
    assert answer.status_code in FINE, (address, answer.status_code, answer.text[:200])
    while answer.status_code == 303:
        answer = desk.client.get(answer.location)
        assert answer.status_code in FINE, (address, answer.status_code)
    if answer.mimetype == "text/html" and "Content-Disposition" not in answer.headers:
        assert answer.text.count("<h1") == 1, address


def look(desk: Desk, url: str) -> str:
    """Return a page, or what stands where it led to; nothing where it is gone."""
    answer = desk.client.get(url, follow_redirects=True)
    assert answer.status_code in FINE, (url, answer.status_code)
    text: str = answer.text
    return text if answer.status_code == 200 else ""


def disturb(desk: Desk, gathering: Any, items: list[str], turn: int, master: MasterKey) -> None:
    """Do at the second desk what changes an item: cover, discard, worry, label, undo, by turns."""
    item = store.items.find(items[turn % len(items)], master)
    url = f"/review/gatherings/{gathering.id}/read/{item.id}/"
    act, more = DISTURBANCES[turn % len(DISTURBANCES)]
    if act == "undo":
        press(desk, f"/review/gatherings/{gathering.id}/undo", {})
    else:
        press(desk, url + act, {"version": str(item.version), **more})


@pytest.fixture
def desks(client):
    return Desk(client), Desk(client.application.test_client())


def walk(desks: tuple[Desk, Desk], pages: list[str], gathering: Any) -> int:
    """Press each button of these pages twice, after the other desk did something; say how many."""
    one, two = desks
    pressed = 0
    with store.keys.unlock(PASSPHRASE) as master:
        items = [item.id for item in store.items.released(gathering.id, master)]
        for url in pages:
            for number in range(len(buttons_of(look(one, url)))):
                page = look(one, url)
                if number >= len(buttons_of(page)):
                    break  # its own act took a button away
                disturb(two, gathering, items, pressed, master)
                press(one, *buttons_of(page)[number])
                press(one, *buttons_of(page, "Rota")[number])  # as if the first had done nothing
                pressed += 1
    return pressed


def test_every_button_of_a_gathering_answers_whatever_another_desk_does(desks):
    """Two people, one afternoon: no button leads to an error, and both see the same in the end."""
    gathering = filled(*PAYLOADS, Note("Rota, rota, rota."), Silence())
    url = f"/review/gatherings/{gathering.id}"
    with store.keys.unlock(PASSPHRASE) as master:
        items = {item.kind: item.id for item in store.items.released(gathering.id, master)}
    pages = [f"{url}/{page}".removesuffix("/") if page == "" else f"{url}/{page}" for page in PAGES]
    pages += [
        f"{url}/read/{item}{page}" for item in (items["note"], items["drawing"]) for page in OF_ITEM
    ]
    assert walk(desks, pages, gathering) > 60
    one, two = (desk.post(f"{url}/export", form="jsonl", status="all").text for desk in desks)
    assert sorted(one.splitlines()) == sorted(two.splitlines())
    for desk in desks:
        assert look(desk, f"{url}/read")


def test_every_button_beside_the_gatherings_answers(desks):
    """Names, care, people, a new gathering, one that is open and one that is small."""
    gathering = filled(*PAYLOADS)
    small, still_open = new_gathering("small"), new_gathering("open")
    store.gatherings.close(small.id, today=today())
    here = ("", "gatherings/new", "lists/", "care/", "people/", "people/second-step/")
    pages = [f"/review/{page}" for page in here]
    for each in (small, still_open):
        url = f"/review/gatherings/{each.id}"
        pages += [url, f"{url}/boxes/", f"{url}/purge", f"{url}/close"]
    assert walk(desks, pages, gathering) > 15


def test_a_button_that_breaks_would_be_found(desks, monkeypatch):
    """The walk presses them indeed."""

    def broken(*_given: object) -> str:
        raise ZeroDivisionError

    gathering = filled(*PAYLOADS)
    monkeypatch.setitem(acts.ACTS, "approve", broken)
    with pytest.raises(AssertionError, match="approve', 500"):
        walk(desks, [f"/review/gatherings/{gathering.id}/read"], gathering)


def test_the_forms_of_a_page_are_read_as_a_browser_fills_them_in():
    """Hidden fields, what is ticked, what is chosen; a button may lead elsewhere."""
    page = (
        '<form method="post" action="/a"><input type="hidden" name="v" value="2"><input '
        'type="checkbox" name="t" value="1" checked><input type="checkbox" name="u" value="1">'
        '<select name="s"><option value=""></option><option value="x" selected></option></select>'
        '<button>Go</button><button name="n" value="m" formaction="/b">Or</button>'
        '<button formmethod="get">Look</button><input name="w"><textarea name="z"></textarea>'
        "</form>"
    )
    filled_in = {"v": "2", "t": "1", "s": "x", "w": "", "z": ""}
    assert buttons_of(page) == [("/a", filled_in), ("/b", {**filled_in, "n": "m"})]
    assert buttons_of(page, "Rota")[0] == ("/a", {**filled_in, "w": "Rota", "z": "Rota"})
