"""What is said about redaction is what it does: from its own table, in words of the screen."""

import re
from html import escape
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import store
from kiosk.app import create_app
from kiosk.details import (
    finds_names,
    kind_names,
    language_name,
    looked_in,
    where_names_are_found,
)
from kiosk.house import House
from kiosk.i18n import CATALOGUES, languages
from redact.languages import FULL, coverage
from redact.spans import Kind
from tests.support.places import PASSPHRASE


def catalogue_of(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def plain(page: str) -> str:
    """A page with its entities written one way."""
    return page.replace("&#39;", "&#x27;").replace("&#34;", "&quot;")


def test_every_kind_of_detail_has_a_name_for_people():
    assert set(kind_names()) == set(Kind)


@pytest.mark.parametrize(
    ("codes", "looked", "not_found"),
    [
        (("en",), "English", ""),
        (("tlh",), "Klingon", "Klingon"),
        (("en", "tlh"), "English, Klingon", "Klingon"),
        (("und",), "", "a language we do not know"),
        ((), "", "a language we do not know"),
    ],
)
def test_a_language_without_a_model_is_told(codes: tuple[str, ...], looked: str, not_found: str):
    assert [coverage(each) for each in ("en", "tlh")] == ["full", "careful"]
    assert looked_in(codes) == {"looked_in": looked, "names_not_found_in": not_found}


def test_the_names_of_languages_are_those_of_the_screen(house: House):
    with create_app(house).test_request_context("/?lang=de"):
        assert looked_in(("en",))["looked_in"] == "Englisch"


DOCS = Path(__file__).parents[2] / "docs"
PROMISED = re.compile(r"\b[Nn]ames\b[^.:]*\btaken out\b")
HONEST = "in the languages we know"
NOT_FOUND = (
    "Names are not found in this language yet. Only numbers, e-mail and web addresses are"
    " taken out. Please cross out names yourself."
)


# What is said of names being found, by where it may stand: on pages in a language that is looked at
# in full; with the languages told; or of names that are on a list, which counts in every language.
SAID = {
    "where the page's language is looked at": {
        "Names and other details are taken out.",
        "Names and other details are taken out. You see the result first, and you decide.",
        (
            "Names and other details are taken out in the next step."
            " You will see it before anything is kept."
        ),
        "We found no names or details to take out. Please look once yourself.",
    },
    "with the languages": {
        (
            "Your recording will wait, sealed, until it can become words. Then the sound is"
            " destroyed, and names are taken out in the languages we know. Nobody hears your voice."
        ),
        (
            "The kiosk finds many names by itself, in these languages: %(languages)s. With these"
            " lists it also finds your own, in any language: people, teams and places only you"
            " know. Later contributions only; what is kept already stays as it is."
        ),
    },
    "that none are": {
        NOT_FOUND,
        NOT_FOUND.replace("in this language yet", "in: {languages}").replace("out.", "out there."),
    },
    "of a list": {
        (
            "The list of names could not be read here until now. What was said meanwhile may still"
            " have names in it that are on the list. From now on they are taken out again."
        ),
        (
            "This kiosk cannot read its list of names since it was started. Names on it are not"
            " taken out until somebody unlocks the desk once."
        ),
    },
    "of drawings": {
        "We looked and saw no name. A machine misses some: please look yourself.",
        (
            "We looked; what is covered may be names. You alone decide."
            " We miss some, so please look yourself."
        ),
        "Looking for names in your drawing …",
    },
}
SAYS_SO = re.compile(r"\b(?:names?|details)\b", re.IGNORECASE)
FINDING = re.compile(r"\b(?:taken out|found|finds|find|looked|looking)\b", re.IGNORECASE)


def of_finding_names(strings: list[str]) -> set[str]:
    """Those of some strings that say whether names are found or taken out."""
    return {each for each in strings if SAYS_SO.search(each) and FINDING.search(each)}


def test_nothing_is_said_of_finding_names_that_is_not_weighed_here():
    """A new sentence about it, on any screen, is red until it says where it may stand."""
    said = [str(each.id) for each in catalogue_of(CATALOGUES / "messages.pot") if each.id]
    weighed = set().union(*SAID.values())
    planted = "Every name is found in every language."
    assert of_finding_names([*said, planted]) - weighed == {planted}
    assert weighed <= set(said)


def test_the_desk_tells_in_which_languages_names_are_found(house: House):
    with create_app(house).test_request_context("/?lang=de"):
        told = where_names_are_found().split(", ")
        assert told == [language_name(code) for code in FULL]
        assert all(finds_names(code) for code in FULL)
        assert "Arabisch" not in told


def in_full(page: str) -> set[str]:
    """The languages that the table of the documentation calls read in full."""
    rows = [line.split("|") for line in page.splitlines() if "| in full |" in line]
    return {name for row in rows for name in row[1].strip().split(", ")}


def test_the_documents_name_the_languages_of_redactions_own_table():
    page = (DOCS / "redaction.md").read_text(encoding="utf-8")
    names = {str(Locale("en").languages[code]) for code in FULL}
    assert in_full(page) == names
    planted = page.replace("| German, Spanish,", "| German, Italian, Spanish,")
    assert in_full(planted) - names == {"Italian"}
    drawings = (DOCS / "drawings.md").read_text(encoding="utf-8")
    plain_words = re.search(r"Plain words are those of ([\w, ]+?) that", drawings)
    assert plain_words is not None
    assert set(re.findall(r"[A-Z]\w+", plain_words[1])) == names


def told_in(client: Any, code: str) -> str:
    """All that the visitor's page says in a language, also what comes to it later."""
    return plain(client.page(f"/?lang={code}") + client.get(f"/safe?lang={code}").text)


def test_no_page_promises_that_names_go_where_none_are_found(client: Any):
    """Whoever reads Arabic is told that names stay, and by no sentence that they go."""
    said = [each.id for each in catalogue_of(CATALOGUES / "messages.pot") if each.id]
    promises = [each for each in said if isinstance(each, str) and PROMISED.search(each)]
    promises = [each for each in promises if HONEST not in each and "not found" not in each]
    assert len(promises) > 1
    told = {each: escape(each) in told_in(client, "en") for each in promises}
    assert sum(told.values()) > 1  # it would be found
    for code in languages():
        if finds_names(code):
            continue
        known = {each.id: each.string for each in catalogue_of(CATALOGUES / f"{code}.po")}
        page = told_in(client, code)
        assert escape(known[NOT_FOUND]) in page
        assert [each for each in promises if known.get(each) and escape(known[each]) in page] == []
    assert not all(finds_names(code) for code in languages())


def test_no_preview_says_that_names_were_looked_for_where_none_can_be_found(client: Any):
    """The draft tells it, and the page shows either the one sentence or the other."""
    text = "Vytautas iš Kauno niekada neklauso, o liftas vėl sugedo ir niekas neatsako.".encode()
    asked = "/api/drafts?language=lt"
    draft = client.post(asked, data=text, headers={"Content-Type": "text/plain"}).json["draft"]
    assert client.get(f"/api/drafts/{draft}").json["names_not_found_in"]
    english = b"The lift is broken again, and nobody answers the phone."
    headers = {"Content-Type": "text/plain"}
    draft = client.post("/api/drafts", data=english, headers=headers).json["draft"]
    shown = client.get(f"/api/drafts/{draft}").json
    assert (shown["looked_in"], shown["names_not_found_in"]) == ("English", "")


def test_a_misheard_memo_is_corrected_as_text_and_kept_as_a_memo(client: Any):
    """What is typed goes through redaction like any note."""
    headers = {"Content-Type": "text/plain"}
    text = b"My trainer [PERSON 1] is never late; mail bob@example.org."
    draft = client.post("/api/drafts?as=memo", data=text, headers=headers).json["draft"]
    shown = client.get(f"/api/drafts/{draft}").json
    assert shown["kind"] == "memo"
    assert not re.search("bob", shown["text"])
    assert client.post(f"/api/drafts/{draft}/keep", json={}).status_code == 201
    gathering = store.gatherings.current()
    assert gathering
    for number in range(2):
        note = store.payloads.Note("more")
        store.items.keep(note, gathering, token=f"token-for-more-{number:04}")
    store.gatherings.close(gathering.id, today=gathering.opens)
    with store.keys.unlock(PASSPHRASE) as master:
        kinds = [type(each.payload).__name__ for each in store.items.released(gathering.id, master)]
    assert sorted(kinds) == ["Memo", "Note", "Note"]
