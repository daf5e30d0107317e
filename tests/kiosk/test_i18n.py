import re
from gettext import c2py
from html import escape
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from kiosk.house import House
from kiosk.i18n import CATALOGUES, VISITORS_ONLY, ngettext_
from tests.support.kiosk_in_folder import app_of
from tests.support.places import HOME

LANGUAGES = sorted(path.stem for path in CATALOGUES.glob("*.po"))
COMPLETE = ["de"]  # the others may still miss words of the desk
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
FOR_VISITORS = re.compile(
    r"kiosk/(templates/(visit|base|problem|board)|visit/|answers\.py|errors\.py|hearing/own_microphone\.py)"
)
FOR_THE_DESK = re.compile(r"kiosk/(templates/(desk|setup|meaning)|desk/|meaning/)")
FOR_BOTH = re.compile(r"kiosk/(errors|guard)\.py")
DU = re.compile(r"\b(du|dich|dir|dein\w*)\b", re.IGNORECASE)
SIE = re.compile(r"\b(Ihnen|Ihr|Ihre|Ihren|Ihrem|Ihrer|\w+en Sie)\b")
NAMES = {
    "ar": "العربية",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "pl": "Polski",
}
HEADER = {"Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"}


def catalogue(path: Path, language: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def messages(of: Catalog) -> list[Message]:
    return [message for message in of if message.id]


def forms(message: Message) -> list[str]:
    strings = message.string
    return [strings] if isinstance(strings, str) else list(strings)


def is_translated(message: Message) -> bool:
    return all(forms(message))


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def wrong_placeholders(message: Message, plural_rule: str) -> list[str]:
    """The translations that fill in less than their message, or something else."""
    if not message.pluralizable:
        asked = placeholders(message.id)
        return [text for text in forms(message) if text and placeholders(text) != asked]
    one, many = (placeholders(text) for text in message.id)
    which_form = c2py(plural_rule)
    not_only_one = {which_form(number) for number in range(200) if number != 1}
    return [
        text
        for index, text in enumerate(forms(message))
        if text
        and placeholders(text) != many
        and (index in not_only_one or placeholders(text) != one)
    ]


@pytest.fixture(scope="module")
def words_on_screen(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """All text that templates and modules show, as `./dev words` finds it, and where."""
    found = tmp_path_factory.mktemp("words") / "messages.pot"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(HOME)
        command = f"pybabel -q extract --omit-header -F babel.cfg -o {found} ."
        CommandLineInterface().run(command.split())
    return catalogue(found)


def test_the_template_of_all_catalogues_is_what_the_screens_say(words_on_screen: Catalog):
    listed = {message.id for message in messages(catalogue(CATALOGUES / "messages.pot"))}
    shown = {message.id for message in messages(words_on_screen)}
    assert shown - listed == set(), "run ./dev words"
    assert listed - shown == set(), "run ./dev words"


def test_no_sentence_is_said_by_a_name_that_the_search_does_not_know():
    """`./dev words` finds `_`, `gettext` and `ngettext`: what is said otherwise stays English."""
    otherwise = re.compile(r"\bn?gettext_\(\s*[\"']")
    assert otherwise.search('ngettext_("Deleted one day after that.", ...)')
    modules = [path for path in (HOME / "kiosk").rglob("*.py") if path.name != "i18n.py"]
    assert len(modules) > 50
    assert [path for path in modules if otherwise.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("language", COMPLETE)
def test_a_complete_catalogue_lacks_nothing(language: str, words_on_screen: Catalog):
    known = catalogue(CATALOGUES / f"{language}.po", language)
    translated = {message.id for message in messages(known) if is_translated(message)}
    assert {message.id for message in messages(words_on_screen)} - translated == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_visitor_can_meet_is_translated(language: str, words_on_screen: Catalog):
    known = catalogue(CATALOGUES / f"{language}.po", language)
    translated = {message.id for message in messages(known) if is_translated(message)}
    for_visitors = {
        message.id
        for message in messages(words_on_screen)
        if any(FOR_VISITORS.match(place) for place, _line in message.locations)
    }
    assert len(for_visitors) > 200
    assert for_visitors - translated == set()


def test_a_lost_placeholder_is_noticed():
    rule = "(n != 1)"
    assert wrong_placeholders(Message("of %(limit)s", "von"), rule) == ["von"]
    assert wrong_placeholders(Message("{n} words", "{m} Wörter"), rule) == ["{m} Wörter"]
    days = ("one day", "%(count)s days")
    assert wrong_placeholders(Message(days, ("ein Tag", "%(count)s Tage")), rule) == []
    assert wrong_placeholders(Message(days, ("ein Tag", "Tage")), rule) == ["Tage"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_is_filled_in_and_no_other(language: str):
    known = catalogue(CATALOGUES / f"{language}.po", language)
    wrong = [wrong_placeholders(message, known.plural_expr) for message in messages(known)]
    assert [each for each in wrong if each] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_a_guess(language: str):
    known = catalogue(CATALOGUES / f"{language}.po", language)
    assert [message.id for message in messages(known) if message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_says_its_plural_rule_and_neither_date_nor_name(language: str):
    text = (CATALOGUES / f"{language}.po").read_text(encoding="utf-8")
    head = re.findall(r'^"([\w-]+): ', text.split("\n\n")[0], re.MULTILINE)
    assert set(head) == HEADER
    assert text.startswith('msgid ""'), "no comment before the header"
    rule = catalogue(CATALOGUES / f"{language}.po", language).plural_forms
    assert f'"Plural-Forms: {rule}\\n"' in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_much_longer_than_the_english(language: str):
    known = catalogue(CATALOGUES / f"{language}.po", language)
    room = {
        message.id: 1.5 * len(message.id) + 12
        for message in messages(known)
        if not message.pluralizable
    }
    long = [
        message.string
        for message in messages(known)
        if len(message.string) > room.get(message.id, 1000)
    ]
    assert long == []


@pytest.mark.parametrize(
    ("place", "address"),
    [(FOR_VISITORS, SIE), (FOR_THE_DESK, DU), (FOR_BOTH, SIE), (FOR_BOTH, DU)],
    ids=["visitors", "desk", "both-sie", "both-du"],
)
def test_german_addresses_nobody_in_two_ways(
    place: re.Pattern[str], address: re.Pattern[str], words_on_screen: Catalog
):
    assert SIE.search("Bitte versuchen Sie es.")
    assert DU.search("Deine Worte")
    german = {message.id: forms(message) for message in messages(catalogue(CATALOGUES / "de.po"))}
    found = [
        text
        for message in messages(words_on_screen)
        if any(place.match(file) for file, _line in message.locations)
        for text in german.get(message.id, [])
    ]
    assert found
    assert [text for text in found if address.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_visitors_page_is_wholly_in_its_language(
    client: Any, language: str, words_on_screen: Catalog
):
    sentences = {
        escape(message.id)
        for message in messages(words_on_screen)
        if isinstance(message.id, str)
        and len(message.id) > 12
        and " " in message.id
        and "%" not in message.id
        and any("templates/visit" in place for place, _line in message.locations)
    }
    in_english = plain(client.page("/?lang=en"))
    english = {each for each in sentences if each in in_english}
    assert len(english) > 80
    page = plain(client.page(f"/?lang={language}"))
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in page
    assert {each for each in english if each in page} == set()


def plain(page: str) -> str:
    """A page with its entities written one way."""
    return page.replace("&#39;", "&#x27;").replace("&#34;", "&quot;")


def language_of(client: FlaskClient, url: str = "/", accepts: str = "") -> str:
    page = client.get(url, headers={"Accept-Language": accepts}).text
    found = re.search(r'<html lang="(\w+)"', page)
    assert found
    return found[1]


def test_the_browser_chooses_the_language_unless_the_visitor_does(client: FlaskClient):
    assert language_of(client, accepts="pl-PL,pl;q=0.9,en;q=0.8") == "pl"
    assert language_of(client, accepts="fi,es;q=0.5") == "es"
    assert language_of(client, "/?lang=de", accepts="pl") == "de"
    assert language_of(client, "/?lang=en", accepts="pl") == "en"


@pytest.mark.parametrize("asked", ["", "xx", "messages", "../../setup", "de.po", "DE"])
def test_a_language_nobody_knows_falls_back_to_english(client: FlaskClient, asked: str):
    assert language_of(client, f"/?lang={asked}") == "en"
    assert language_of(client, f"/?lang={asked}", accepts="xx, fi;q=0.5") == "en"


def test_the_page_offers_each_language_by_its_own_name(client: Any):
    page = client.page("/")
    for code, name in NAMES.items():
        assert re.search(rf'<a href="/\?lang={code}" lang="{code}"[^>]*>{name}</a>', page)


def test_a_refused_call_is_explained_in_the_visitors_language(client: FlaskClient):
    headers = {"Content-Type": "text/plain", "Accept-Language": "de"}
    answer = client.post("/api/drafts", data=b" ", headers=headers)
    assert answer.status_code == 422
    assert answer.json
    assert answer.json["detail"] == "Hier ist noch nichts. Bitte zuerst etwas schreiben oder sagen."


def test_polish_counts_in_three_forms(house: House):
    with app_of(house).test_request_context("/?lang=pl"):
        said = [ngettext_("%(count)s item", "%(count)s items", count) for count in (1, 3, 5, 22)]
    assert said == ["1 wpis", "3 wpisy", "5 wpisów", "22 wpisy"]


def test_arabic_counts_in_six_forms(house: House):
    with app_of(house).test_request_context("/?lang=ar"):
        said = [ngettext_("%(count)s item", "%(count)s items", count) for count in (1, 2, 3, 11)]
    assert said == ["1 مساهمة", "مساهمتان (2)", "3 مساهمات", "11 مساهمة"]
    rule = c2py(catalogue(CATALOGUES / "ar.po", "ar").plural_expr)
    assert [rule(count) for count in (0, 1, 2, 3, 110, 11, 99, 100, 202)] == [
        0, 1, 2, 3, 3, 4, 4, 5, 5
    ]  # fmt: skip


WRONG_SIGNS = {
    # Straight or English quotes; marks that stand alone at the beginning of a line.
    "fr": re.compile(r"[\"'“”„]| [?!;:»…]|\w[?!;]|« |\w:(?!\w)"),
    # Latin quotes, comma, semicolon, question mark; digits that the kiosk's own do not match.
    "ar": re.compile(r"[\"'“”„‘’,;?]|[\u0660-\u0669\u06f0-\u06f9]"),
}


@pytest.mark.parametrize("language", WRONG_SIGNS)
def test_marks_quotes_and_digits_are_those_of_the_language(language: str):
    assert WRONG_SIGNS["fr"].search("Toujours là ?")
    assert not WRONG_SIGNS["fr"].search("Toujours là\u202f?")
    assert WRONG_SIGNS["ar"].search("٣ كلمات, أو")
    known = messages(catalogue(CATALOGUES / f"{language}.po", language))
    said = [PLACEHOLDER.sub("0", form) for message in known for form in forms(message)]
    assert [each for each in said if WRONG_SIGNS[language].search(each)] == []


@pytest.mark.parametrize("url", ["/review/unlock", "/review/"])
def test_the_desk_offers_no_language_that_it_does_not_speak(client: Any, url: str):
    """It would be a page in two languages, one of them from the wrong side."""
    for asked in VISITORS_ONLY:
        answer = client.get(f"{url}?lang={asked}", follow_redirects=True)
        assert '<html lang="en" dir="ltr"' in answer.text
        assert f'data-language="{asked}"' not in answer.text
        assert 'data-language="de"' in answer.text


def test_whatever_is_written_at_the_desk_keeps_its_own_direction(client: Any):
    """An English question in an Arabic page ends with its mark on the right side."""
    page = client.page("/?lang=ar")
    for made_by_people in ('class="question" dir="auto"', 'class="visit__title" dir="auto"'):
        assert made_by_people in page
    assert re.search(r'<p class="kept__words" lang="en" dir="ltr"', page)
    assert re.search(r'id="receipt-word-1"[^>]* dir="ltr"', page)
    assert 'class="receipt__fields" dir="ltr"' in page
