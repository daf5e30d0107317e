"""When an item worries somebody: set apart at once, advice at hand, an answer in two steps."""

import re

import pytest

import store
from store.house_words import HouseWords
from store.items import Note
from tests.support.desk_helpers import Desk, filled
from tests.support.places import PASSPHRASE

WORDS = "I do not want to live any more."
HELP = "Anna, 4711"


@pytest.fixture
def desk(client):
    return Desk(client)


@pytest.fixture
def gathering(client):
    return filled(Note(WORDS), Note("b"), Note("c"))


def url_of(gathering, rest):
    return f"/review/gatherings/{gathering.id}/{rest}"


def the_item(gathering):
    with store.keys.unlock(PASSPHRASE) as master:
        found = store.items.released(gathering.id, master)
        return next(item for item in found if item.payload.text == WORDS)


def everywhere(desk, gathering):
    said = [
        desk.client.get(url_of(gathering, "read"), follow_redirects=True).text,
        desk.page(url_of(gathering, "themes")),
    ]
    said += [
        desk.post(url_of(gathering, "export"), form=form, status="all").text
        for form in ("jsonl", "csv", "html")
    ]
    return "\n".join(said)


def test_what_worries_leaves_lists_themes_and_files(desk, gathering):
    """It is nobody's theme: shown where it is asked for, and nowhere else."""
    item = the_item(gathering)
    desk.follow(url_of(gathering, f"read/{item.id}/label"), version=1, add="mood")
    assert WORDS in everywhere(desk, gathering)
    desk.post(url_of(gathering, f"read/{item.id}/worry"), version=2)
    assert WORDS not in everywhere(desk, gathering)
    assert "mood" not in everywhere(desk, gathering)
    found = desk.post(url_of(gathering, "filter"), only="worrying")
    assert WORDS in desk.client.get(found.location, follow_redirects=True).text
    asked = desk.post(url_of(gathering, "export"), form="jsonl", status="all", worrying="yes")
    assert WORDS in asked.text
    desk.post(url_of(gathering, "filter"), clear="1")
    desk.post(url_of(gathering, f"read/{item.id}/calm"), version=3)
    assert WORDS in everywhere(desk, gathering)


def test_a_card_shows_what_the_house_wrote_down(desk, gathering):
    """Not a search engine at the worst moment, but what was agreed on beforehand."""
    item = the_item(gathering)
    store.house_words.write(HouseWords(HELP, "Call the second facilitator."))
    url = url_of(gathering, f"read/{item.id}")
    assert "Call the second facilitator." not in desk.page(url)
    desk.post(url + "/worry", version=1)
    page = desk.page(url)
    assert "Call the second facilitator." in page
    assert "nobody is searched for" in page


def test_an_answer_with_the_helpline_takes_two_steps(desk, gathering, client):
    """One touch begins it, the second one publishes it."""
    store.house_words.write(HouseWords(HELP, ""))
    begun = desk.post(url_of(gathering, "board/care")).text
    assert HELP in begun
    assert store.board.of(gathering.id) == ()
    theme = re.search(r'name="theme" required maxlength="120" value="([^"]+)"', begun)[1]
    answer = re.search(r'<textarea id="answer"[^>]*>\n?([^<]+)<', begun)[1]
    desk.follow(url_of(gathering, "board/"), theme=theme, answer=answer, state="heard")
    assert HELP in client.get("/").text


def test_the_two_texts_are_asked_for_and_shown(desk, client):
    """A good beginning is offered; visitors see the helpline, and not the advice."""
    page = desk.page("/review/care/")
    assert "Do not decide alone" in page
    advice = "Call Ben first."
    desk.follow("/review/care/", helpline=HELP, when_worried=advice)
    assert store.house_words.read() == HouseWords(HELP, advice)
    visitors = client.get("/").text
    assert HELP in visitors
    assert advice not in visitors


def test_a_name_is_covered_and_the_message_kept(desk):
    """Abuse that names a person: what was said stays, and can be answered."""
    text = "Fridtjof shouts at everybody."
    gathering = filled(Note(text), Note("b"), Note("c"))
    with store.keys.unlock(PASSPHRASE) as master:
        item = next(i for i in store.items.released(gathering.id, master) if i.payload.text == text)
    desk.post(url_of(gathering, f"read/{item.id}/worry"), version=1)
    desk.post(url_of(gathering, f"read/{item.id}/cover"), version=2, word="0-8")
    with store.keys.unlock(PASSPHRASE) as master:
        now = store.items.find(item.id, master)
    assert now.payload.text == "[COVERED] shouts at everybody."
    assert now.is_worrying
