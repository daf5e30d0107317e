"""Saying beforehand which language will be spoken: by finger, by keys, and for this visit only."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Request, Route, expect

from tests.support.cut_off import cut_off
from tests.support.running import Running
from tests.support.settled import drafted, until_forgotten

Visit = Callable[..., Page]
Screen = Callable[[Page, str], None]


@pytest.fixture(scope="module")
def url(start_kiosk: Callable[..., Running]) -> str:
    """A kiosk whose recordings wait: nobody knows yet what its model will understand."""
    return start_kiosk().url


def choice(page: Page) -> Locator:
    return page.get_by_role("combobox", name="I will speak")


def speak_door(page: Page) -> None:
    page.locator(".door--speak").click()
    expect(choice(page)).to_be_visible()
    assert choice(page).input_value() == ""


def languages_asked(page: Page) -> list[tuple[str, str]]:
    """Fills up with each recording that is sent: live or whole, and in which language."""
    asked: list[tuple[str, str]] = []

    def note(request: Request) -> None:
        parts = urlsplit(request.url)
        wishes = parse_qs(parts.query)
        if request.method == "POST" and parts.path == "/api/drafts":
            way = "live" if "live" in wishes else "whole"
            asked.append((way, wishes.get("language", [""])[0]))

    page.on("request", note)
    return asked


def record(page: Page) -> None:
    page.get_by_role("button", name="Start").click()
    page.wait_for_timeout(2800)
    expect(choice(page)).to_have_count(0)  # hidden while it listens: told, and nobody else's matter


def test_a_chosen_language_goes_with_the_recording_and_ends_with_keep(
    visit: Visit, screen: Screen, url: str
) -> None:
    """With its pieces, and with the whole where pieces are refused; the next visitor sees none."""
    page = visit(url=url, expects_errors=True)
    asked = languages_asked(page)
    speak_door(page)
    choice(page).select_option(label="Polski")
    record(page)
    page.get_by_role("button", name="Done").click()
    screen(page, "preview")
    assert asked == [("live", "pl"), ("whole", "pl")]
    page.get_by_role("button", name="Keep").click()
    screen(page, "kept")
    page.get_by_role("button", name="Finish").click()
    speak_door(page)


def test_by_keyboard_and_for_a_screen_reader_it_is_a_list_with_a_name(
    visit: Visit, url: str, faults_of: Callable[[Page], list[str]]
) -> None:
    """Tab leads there before the circle; a letter chooses; the choice is said in its own tongue."""
    page = visit(url=url)
    speak_door(page)
    page.keyboard.press("Tab")  # from the heading
    expect(choice(page)).to_be_focused()
    page.keyboard.type("Fran")
    assert choice(page).input_value() == "fr"
    assert choice(page).locator("option:checked").get_attribute("lang") == "fr"
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Start")).to_be_focused()
    assert faults_of(page) == []


def test_it_is_large_enough_for_a_finger_and_fits_a_phone(visit: Visit, url: str) -> None:
    page = visit(url=url, viewport={"width": 390, "height": 844}, has_touch=True)
    page.locator(".door--speak").tap()
    box = choice(page).bounding_box()
    assert box
    assert box["height"] >= 48
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    follows = "(one) => one.compareDocumentPosition(document.querySelector('.ring')) === 4"
    assert choice(page).evaluate(follows)  # in the order of reading one chooses first


def test_starting_over_keeps_the_choice_and_forgetting_drops_it(
    visit: Visit, screen: Screen, url: str
) -> None:
    page = visit(url=url, expects_errors=True)
    speak_door(page)
    choice(page).select_option("uk")
    record(page)
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Delete and start over").click()
    page.get_by_role("button", name="Yes, delete it").click()
    assert choice(page).input_value() == "uk"
    record(page)
    page.get_by_role("button", name="Done").click()
    screen(page, "preview")
    page.get_by_role("button", name="Forget").click()
    page.get_by_role("button", name="Yes, forget it").click()
    screen(page, "forgotten")
    page.reload()
    page.locator("visit-flow:defined").wait_for(state="attached")
    speak_door(page)


def test_who_walks_away_leaves_no_choice_behind(visit: Visit, screen: Screen, url: str) -> None:
    """Neither by Back, nor when the kiosk forgets by itself."""
    page = visit(url=url)
    page.clock.install()
    page.reload()
    page.locator("visit-flow:defined").wait_for(state="attached")
    speak_door(page)
    choice(page).select_option("tr")
    page.locator("[data-screen=speak] .screen__back").click()
    screen(page, "start")
    speak_door(page)
    choice(page).select_option("tr")
    page.clock.run_for(46_000)
    expect(page.get_by_role("alertdialog")).to_be_visible()
    page.clock.run_for(16_000)
    screen(page, "start")
    speak_door(page)


def test_a_recording_from_a_file_goes_with_the_language_too(
    visit: Visit, screen: Screen, url: str, spoken_wav: Path
) -> None:
    page = visit(url=url, microphone=False, expects_errors=True)
    asked = languages_asked(page)
    speak_door(page)
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("The microphone is switched off for this page.")).to_be_visible()
    choice(page).select_option("ar")
    page.get_by_label("Or choose a recording").set_input_files(spoken_wav)
    screen(page, "preview")
    assert asked == [("whole", "ar")]


def test_the_kiosks_own_microphone_is_told(
    visit: Visit, start_kiosk: Callable[..., Running]
) -> None:
    own = start_kiosk(settings="[speech]\nown_microphone = true\n")
    page = visit(url=own.url, microphone=False, expects_errors=True)
    page.route(
        re.compile("/api/microphone"),
        lambda route: route.fulfill(json={"draft": "own1", "state": "recording", "level": 0.5}),
    )
    page.route("**/api/drafts/own1", lambda route: route.fulfill(status=204))
    speak_door(page)
    choice(page).select_option("es")
    with page.expect_request("**/api/microphone/start*") as begun:
        page.get_by_role("button", name="Start").click()
    assert begun.value.url.endswith("/api/microphone/start?language=es")


QUESTION = {
    "asks": "You chose: German. It sounded like: English. Which one did you speak?",
    "sound_is_gone": "The sound is gone already.",
    "choices": [{"language": "en", "name": "English"}, {"language": "de", "name": "German"}],
}


def asks_for_the_language(page: Page) -> None:
    """Let the kiosk's answers hold a question that its sample model, English alone, never asks."""

    def answer(route: Route) -> None:
        got = route.fetch()
        shown = got.json()
        if shown.get("state") == "ready":
            shown["language_question"] = QUESTION
        route.fulfill(response=got, json=shown)

    page.route(
        lambda url: bool(re.fullmatch("/api/drafts/[^/]+", urlsplit(url).path)),
        lambda route: answer(route) if route.request.method == "GET" else route.continue_(),
    )


def test_who_spoke_another_language_than_they_chose_is_asked_and_one_touch_reads_it_anew(
    visit: Visit, screen: Screen, faults_of: Callable[[Page], list[str]]
) -> None:
    """The recording goes there once more, certain now; the draft that was read wrong is gone."""
    page = visit(expects_errors=True)
    asks_for_the_language(page)
    page.locator(".door--speak").click()
    with page.expect_response(re.compile("live=1")) as begun:
        page.get_by_role("button", name="Start").click()
    first = drafted(begun.value)
    page.wait_for_timeout(2800)
    page.get_by_role("button", name="Done").click()
    screen(page, "preview")
    question = page.get_by_role("group", name="Which one did you speak?")
    expect(question).to_be_visible()
    english, german = (question.get_by_role("button", name=each) for each in ("English", "German"))
    expect(english).to_have_attribute("aria-pressed", "true")
    expect(german).to_have_attribute("aria-pressed", "false")
    assert faults_of(page) == []
    with page.expect_request(
        lambda each: each.method == "POST" and each.url.endswith("language=de&certain=1")
    ):
        german.click()
    screen(page, "preview")
    expect(german).to_have_attribute("aria-pressed", "true")  # and English is one touch away
    expect(english).to_have_attribute("aria-pressed", "false")
    until_forgotten(page, first)
    page.get_by_role("button", name="Keep").click()
    screen(page, "kept")


def test_where_the_sound_is_gone_it_says_so_and_offers_no_other_reading(
    visit: Visit, screen: Screen
) -> None:
    """The kiosk's own microphone leaves no sound with the page."""
    page = visit()
    asks_for_the_language(page)
    page.locator(".door--speak").click()
    page.get_by_role("button", name="Start").click()
    page.wait_for_timeout(2800)
    page.evaluate("document.querySelector('memo-recorder').source.sound = () => null")
    page.get_by_role("button", name="Done").click()
    screen(page, "preview")
    question = page.get_by_role("group", name="The sound is gone already.")
    expect(question).to_be_visible()
    expect(question.get_by_role("button")).to_have_count(0)


def test_where_the_model_knows_english_only_nothing_is_asked(visit: Visit) -> None:
    page = visit()
    page.locator(".door--speak").click()
    expect(page.get_by_role("button", name="Start")).to_be_visible()
    assert choice(page).count() == 0


def test_choosing_a_language_without_names_says_so_before_the_first_word(
    visit: Visit, url: str
) -> None:
    page = visit(url=url)
    speak_door(page)
    said = page.get_by_text("Names are not found in this language yet.")
    expect(said).to_be_hidden()
    choice(page).select_option("ar")
    expect(said).to_be_visible()
    choice(page).select_option("fr")
    expect(said).to_be_hidden()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_an_arabic_page_begins_on_the_right_and_a_drawing_does_not(
    visit: Visit, url: str, faults_of: Callable[[Page], list[str]], width: int, height: int
) -> None:
    page = visit(url=url, viewport={"width": width, "height": height}, locale="ar")
    brand, hide = page.locator(".brand").bounding_box(), page.locator(".hide").bounding_box()
    assert brand
    assert hide
    assert brand["x"] > hide["x"] + hide["width"]
    assert cut_off(page) == []
    assert faults_of(page) == []
    page.locator(".door--write").click()
    assert page.locator("#note-hint").is_visible()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.cover__frame')).direction")
        == "ltr"
    )
    assert faults_of(page) == []
