"""The desk's door: unlocking, locking, and what a list of gatherings may tell."""

import re
import threading
from html import unescape

import pytest

import store
from kiosk.desk import ready
from kiosk.desk.session import DeskSessions
from tests.support.desk_helpers import PAYLOADS, Desk, filled, new_gathering
from tests.support.places import PASSPHRASE


@pytest.fixture
def desk(client):
    return Desk(client)


PAGES = ("", "gatherings/new", "people/", "lists/", "gatherings/{id}", "gatherings/{id}/close",
         "gatherings/{id}/read", "gatherings/{id}/themes", "gatherings/{id}/export",
         "gatherings/{id}/board/", "gatherings/{id}/purge")  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_locked_desk_leads_to_its_door(client, page):
    """Without a passphrase no page of the desk says anything."""
    answer = client.get("/review/" + page.format(id=filled().id))
    assert answer.status_code == 303
    assert answer.location == "/review/unlock"
    assert "Autumn" not in answer.text


def test_a_wrong_passphrase_is_answered_kindly_and_counted(client):
    """A typing error is no offence; the sixth try in a minute waits."""
    for _try in range(5):
        answer = client.post("/review/unlock", data={"passphrase": "wrong horse"})
        assert answer.status_code == 422
        assert "did not open" in answer.text
        assert "wrong horse" not in answer.text
    answer = client.post("/review/unlock", data={"passphrase": PASSPHRASE})
    assert answer.status_code == 429
    assert "wait a minute" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_while_a_passphrase_is_typed_the_first_pages_are_made_ready(client, monkeypatch):
    """After that nobody waits for a template to be read; first we see that we would notice it."""
    gathering = filled()
    pages = client.application.jinja_env
    compile_page, compiled = pages.compile, []

    def noted(source, name=None, *more):
        compiled.append(name)
        return compile_page(source, name, *more)

    monkeypatch.setattr(pages, "compile", noted)
    client.get("/review/unlock")
    for each in threading.enumerate():
        if each.name == ready.THREAD:
            each.join()
    assert {"desk/reader.html", "desk/reader_list.html", "base.html"} <= set(compiled)
    compiled.clear()
    client.post("/review/unlock", data={"passphrase": PASSPHRASE}, follow_redirects=True)
    client.get(f"/review/gatherings/{gathering.id}")
    client.get(f"/review/gatherings/{gathering.id}/read", follow_redirects=True)
    assert compiled == []


def test_the_cookie_says_nothing_and_goes_to_the_desk_alone(client):
    """A cookie could tell a facilitator's name, or be read by a script; this one cannot."""
    answer = client.post("/review/unlock", data={"passphrase": PASSPHRASE})
    cookie = answer.headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Strict", "Path=/review"):
        assert part in cookie
    assert "Ada" not in cookie
    again = client.post("/review/unlock", data={"passphrase": PASSPHRASE})
    assert again.headers["Set-Cookie"] != cookie


def test_lock_wipes_the_key_and_what_was_opened(desk, client):
    """Locking is not a change of page: the key is overwritten and the items are let go."""
    gathering = filled()
    desk.page(f"/review/gatherings/{gathering.id}/export")
    sessions = client.application.extensions["desk_sessions"]
    (session,) = sessions._sessions.values()
    assert session.opened[gathering.id].items
    answer = desk.post("/review/lock")
    assert answer.location.endswith("/review/unlock?locked=1")
    assert session.master.is_wiped
    assert session.opened == {}
    assert client.get("/review/").status_code == 303
    assert "locked" in client.page("/review/unlock?locked=1")


@pytest.mark.parametrize(
    ("pauses", "is_open"), [([599] * 40, True), ([601], False), ([590] * 50, False)]
)
def test_a_desk_locks_by_itself(pauses, is_open):
    """After ten minutes without use, and after eight hours however busy it was."""

    class Key:
        is_wiped = False

        def wipe(self):
            self.is_wiped = True

    now = 0.0
    desks = DeskSessions(idle_seconds=600, longest_seconds=8 * 3600, clock=lambda: now)
    key = Key()
    token = desks.begin(key)
    for pause in pauses:
        now += pause
        found = desks.find(token)
    assert bool(found) is is_open
    assert key.is_wiped is not is_open


def test_a_form_without_the_desks_token_changes_nothing(desk, client):
    """Another site's page cannot press our buttons."""
    gathering = new_gathering()
    answer = client.post(
        f"/review/gatherings/{gathering.id}/close", data={"form_token": "erfunden für dich"}
    )
    assert answer.status_code == 403
    answer = client.post(
        f"/review/gatherings/{gathering.id}/close",
        data={"form_token": desk.token},
        headers={"Origin": "http://evil.example"},
    )
    assert answer.status_code == 403
    assert store.gatherings.get(gathering.id).state == "open"


def test_the_desk_does_not_change_by_a_byte_while_people_contribute(desk, client):
    """Whoever keeps the desk open and polls cannot tell when somebody was at the kiosk."""
    gathering = new_gathering()
    pages = (
        "/review/",
        f"/review/gatherings/{gathering.id}",
        f"/review/gatherings/{gathering.id}/close",
    )
    before = [desk.page(page) for page in pages]
    headers = [sorted(client.get(page).headers) for page in pages]
    for number, payload in enumerate(PAYLOADS):
        store.items.keep(payload, gathering, token=f"a-token-for-polling-{number}")
        assert [desk.page(page) for page in pages] == before
    assert [sorted(client.get(page).headers) for page in pages] == headers
    new_gathering("Another")
    assert desk.page("/review/") != before[0]  # the comparison does see a change


def test_nothing_of_the_desk_stays_in_a_cache(desk, client):
    """Back after Lock shows nothing."""
    gathering = filled()
    for page in PAGES:
        answer = client.get("/review/" + page.format(id=gathering.id), follow_redirects=True)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers
        assert "Last-Modified" not in answer.headers


def test_forms_ask_the_browser_to_remember_nothing(desk):
    """Labels and notes would come back as suggestions at another desk."""
    gathering = filled()
    page = desk.client.get(f"/review/gatherings/{gathering.id}/read", follow_redirects=True).text
    for control in re.findall(r"<(?:input|textarea)[^>]*>", page):
        if 'type="hidden"' in control or 'type="checkbox"' in control:
            continue
        assert 'autocomplete="off"' in control


def links(page: str) -> dict[str, str]:
    """Where the switcher of a page leads, by language."""
    found = re.findall(r'<a href="([^"]+)" lang="\w\w" data-language="(\w\w)"', page)
    return {code: unescape(address) for address, code in found}


def test_a_language_chosen_at_the_desk_stays_until_it_locks(desk, client):
    """On every page that follows, at the same place; and the address does not keep it."""
    gathering = filled()
    page = desk.page(f"/review/gatherings/{gathering.id}/themes?a=1&b=")
    assert set(links(page)) == {"de", "en", "es", "pl"}
    answer = client.get(links(page)["de"])
    assert (answer.status_code, answer.location) == (
        303,
        f"/review/gatherings/{gathering.id}/themes?a=1&b=",
    )
    assert '<html lang="de"' in desk.page(answer.location)
    assert '<html lang="de"' in desk.page("/review/people/")
    answer = desk.post("/review/lock")
    assert answer.location == "/review/unlock?locked=1&lang=de"
    assert '<html lang="de"' in client.page(answer.location)
    assert '<html lang="en"' in client.page("/review/unlock")


def test_a_language_chosen_before_unlocking_stays(client, house):
    """Also after a passphrase that was wrong."""
    assert client.get("/review/?lang=pl").location == "/review/unlock?lang=pl"
    page = client.page(links(client.page("/review/unlock"))["pl"])
    action = unescape(re.search(r'<form[^>]* action="([^"]+)"', page)[1])
    wrong = client.post(action, data={"passphrase": "wrong horse"}).text
    assert '<html lang="pl"' in wrong
    assert links(wrong)["es"] == "/review/unlock?lang=es"
    assert client.post(action, data={"passphrase": PASSPHRASE}).status_code == 303
    assert '<html lang="pl"' in client.page("/review/")


def test_the_answer_to_a_form_leads_to_its_page_in_another_language(desk):
    """Some forms have a page of their own, the others belong to a page that is elsewhere."""
    new = desk.post("/review/gatherings/new", title="")
    assert new.status_code == 422
    assert links(new.text)["de"] == "/review/gatherings/new?lang=de"
    people = desk.post("/review/people/add", name="")
    assert people.status_code == 422
    assert links(people.text)["de"] in {"/review/?lang=de", "/review/people/add?lang=de"}
    assert desk.client.get(links(people.text)["de"]).status_code == 303


def test_a_language_nobody_knows_changes_nothing(desk):
    assert '<html lang="en"' in desk.page("/review/?lang=../de")
    assert '<html lang="en"' in desk.page("/review/")


def test_wrong_words_from_elsewhere_do_not_lock_the_kiosks_own_screen(client):
    """Reported: after five wrong passphrases from anywhere, the right one was refused."""
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    answers = [
        client.post(
            "/review/unlock", data={"passphrase": "wrong"}, environ_overrides=elsewhere
        ).status_code
        for _time in range(6)
    ]
    assert answers[-1] == 429
    right = client.post("/review/unlock", data={"passphrase": PASSPHRASE})
    assert right.status_code == 303


def test_the_code_of_the_desk_is_kept_by_the_browser_and_items_never(client):
    """A page turn fetches nothing but the item; a new release has new addresses."""
    page = Desk(client).page("/review/")
    found = re.findall(r'(/static/v-[0-9a-f]{16}/[^"]+)"', page)
    assert found
    for address in found[:3]:
        assert "immutable" in client.get(address).headers["Cache-Control"]
    assert client.get("/review/").headers["Cache-Control"] == "no-store"
    visitors = client.get("/").text
    assert "/static/v-" not in visitors
    plain = re.findall(r'(/static/[^"]+)"', visitors)[0]
    assert client.get(plain).headers["Cache-Control"] == "no-store"
    assert client.get(found[0].replace("v-", "v-0")).status_code == 404
