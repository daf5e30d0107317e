"""Speaking: from the first word to the four words, with a real microphone, model and kiosk."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.support.places import MICRO
from tests.support.running import Running
from tests.support.settled import draft_answer, drafted

Visit = Callable[..., Page]
Screen = Callable[[Page, str], None]


def record(page: Page, *, seconds: float = 4.0) -> None:
    page.locator(".door--speak").click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("status").filter(has_text="Listening.")).to_be_visible()
    page.wait_for_timeout(seconds * 1000)


def struck(page: Page) -> list[str]:
    return page.locator(".word[aria-pressed=true]").all_inner_texts()


def test_spoken_words_are_shown_without_the_name_and_kept_without_the_struck_word(
    visit: Visit, screen: Screen
) -> None:
    """Speak, read, strike one more word, keep, four words, and the next person sees the start."""
    page = visit()
    record(page)
    page.get_by_role("button", name="Done").click()
    screen(page, "preview")
    shown = page.locator("strike-words").inner_text()
    assert shown == "My trainer a person is always late."
    page.get_by_role("button", name="Change it").click()  # misheard: it is put right as text
    screen(page, "write")
    expect(page.locator("#note")).to_have_value("My trainer [PERSON 1] is always late.")
    page.locator("#note").fill("My trainer [PERSON 1] is never late.")
    page.locator("[data-screen=write] [data-act=done]").click()
    screen(page, "preview")
    assert page.locator("strike-words").inner_text() == "My trainer a person is never late."
    assert page.locator(".word.placeholder").inner_text() == "a person"
    page.locator(".word", has_text="trainer").click()
    assert struck(page) == ["trainer"]
    with page.expect_request("**/keep") as kept:
        page.get_by_role("button", name="Keep").click()
    assert kept.value.post_data_json["struck"] == [[3, 10]]
    screen(page, "kept")
    words = page.locator(".kept__word").all_inner_texts()
    assert len(words) == 4
    assert all(re.fullmatch(r"[a-z]+", word) for word in words)
    page.get_by_role("button", name="Finish").click()
    screen(page, "start")
    assert page.locator(".kept__words").inner_text() == ""


def test_pieces_leave_while_the_person_still_speaks(visit: Visit, screen: Screen) -> None:
    """So that the words are ready almost when the last one is spoken."""
    page = visit()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    record(page, seconds=4.5)
    assert sum(each.endswith("/pieces") for each in asked) >= 2
    page.get_by_role("button", name="Done").click()
    screen(page, "preview")
    assert not any(each.endswith("/api/drafts") for each in asked)


def test_the_whole_recording_is_sent_when_pieces_get_lost(visit: Visit, screen: Screen) -> None:
    """A piece that does not arrive costs nothing: all of them are still in the browser.

    While no answer comes to the whole either, the page says so, until one does.
    """
    page = visit(expects_errors=True)
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(route.request.url)
        route.abort()

    page.route("**/pieces", lose)
    record(page)
    page.route("**/api/drafts", lose)
    page.get_by_role("button", name="Done").click()
    away = page.locator("[data-screen=working]").get_by_text("this page tries again by itself")
    expect(away).to_be_visible()
    page.unroute("**/api/drafts")
    screen(page, "preview")
    assert lost
    assert page.locator("strike-words").inner_text() == "My trainer a person is always late."


def test_a_pause_lets_one_listen_delete_and_start_over(visit: Visit) -> None:
    """Listening again plays from the browser's memory; deleting leaves nothing at the kiosk."""
    page = visit(expects_errors=True)
    with page.expect_response(re.compile("live=1")) as begun:
        record(page, seconds=3)
    draft = drafted(begun.value)
    assert draft_answer(page, draft) == 200
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused. Nothing is being recorded.")).to_be_visible()
    page.get_by_role("button", name="Listen again").click()
    expect(page.get_by_role("button", name="Listen again")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert page.locator("memo-recorder audio").get_attribute("src").startswith("blob:")
    page.get_by_role("button", name="Delete and start over").click()
    with page.expect_response(lambda answer: answer.request.method == "DELETE"):
        page.get_by_role("button", name="Yes, delete it").click()
    expect(page.get_by_text("Deleted. Nothing of it is left.")).to_be_visible()
    assert page.locator("memo-recorder audio").get_attribute("src") is None
    assert draft_answer(page, draft) == 404
    expect(page.get_by_role("button", name="Start")).to_be_focused()


def test_a_refused_microphone_leaves_the_other_doors_open(visit: Visit, screen: Screen) -> None:
    """One kind sentence, and writing is one touch away."""
    page = visit(microphone=False)
    page.locator(".door--speak").click()
    page.get_by_role("button", name="Start").click()
    alert = page.get_by_role("alert").filter(has_text="The microphone is switched off")
    expect(alert).to_be_visible()
    expect(page.get_by_role("button", name="Start")).to_be_focused()
    page.get_by_role("button", name="Write instead").click()
    screen(page, "write")


def test_at_the_limit_the_recording_is_complete_and_nothing_is_lost(
    visit: Visit, screen: Screen
) -> None:
    page = visit()
    page.clock.install()
    page.reload()
    page.locator("visit-flow:defined").wait_for(state="attached")
    page.locator(".door--speak").click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("button", name="Pause")).to_be_focused()
    page.wait_for_timeout(4500)
    page.clock.run_for(271_000)
    expect(page.get_by_text("Half a minute left.")).to_be_visible()
    page.clock.run_for(40_000)
    expect(page.get_by_text("Your recording is complete.")).to_be_visible()
    expect(page.get_by_role("button", name="Go on")).to_be_disabled()
    expect(page.get_by_role("button", name="Done")).to_be_focused()
    assert page.get_by_role("alertdialog").count() == 0


def test_forgetting_while_it_becomes_words_leaves_nothing(visit: Visit, screen: Screen) -> None:
    page = visit()
    page.route(
        re.compile(r"/api/drafts/[^/]+$"),
        lambda route: (
            route.fulfill(json={"state": "working", "progress": 0.3, "place": 2})
            if route.request.method == "GET"
            else route.continue_()
        ),
    )
    record(page, seconds=2.5)
    page.get_by_role("button", name="Done").click()
    screen(page, "working")
    expect(page.get_by_text("2 recordings are before yours.")).to_be_visible()
    page.get_by_role("button", name="Forget it").click()
    with page.expect_request(lambda request: request.method == "DELETE"):
        page.get_by_role("button", name="Yes, forget it").click()
    screen(page, "forgotten")


def test_without_a_model_the_sound_waits_sealed(
    visit: Visit, screen: Screen, start_kiosk: Callable[..., Running]
) -> None:
    """Said before the first word, and again before Keep."""
    page = visit(url=start_kiosk().url, expects_errors=True)
    page.locator(".door--speak").click()
    expect(page.get_by_text("cannot turn speech into words yet")).to_be_visible()
    page.get_by_role("button", name="Start").click()
    page.wait_for_timeout(2500)
    page.get_by_role("button", name="Done").click()
    screen(page, "preview")
    expect(page.get_by_text("Your recording will wait, sealed")).to_be_visible()
    page.get_by_role("button", name="Keep").click()
    screen(page, "kept")


def test_silence_is_answered_kindly_and_invents_nothing(visit: Visit, screen: Screen) -> None:
    """The kiosk says that it heard nothing; the visitor is where they were."""
    page = visit(expects_errors=True)
    page.locator(".door--speak").click()
    page.get_by_role("button", name="Start").click()
    page.wait_for_timeout(5500)  # past the sentence
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Delete and start over").click()
    page.get_by_role("button", name="Yes, delete it").click()
    page.get_by_role("button", name="Start").click()
    page.wait_for_timeout(2500)
    page.route(
        re.compile(r"/api/drafts/[^/?]+$"),
        lambda route: (
            route.fulfill(json={"state": "failed", "detail": "We heard nothing. Please try again."})
            if route.request.method == "GET"
            else route.continue_()
        ),
    )
    page.get_by_role("button", name="Done").click()
    screen(page, "speak")
    expect(page.get_by_role("alert").filter(has_text="We heard nothing")).to_be_visible()
    expect(page.get_by_role("button", name="Start")).to_be_enabled()


def test_who_wants_to_sees_the_words_while_speaking(visit: Visit) -> None:
    """Off at first: somebody may stand behind the visitor."""
    page = visit()
    page.route(
        re.compile(r"/api/drafts/[^/?]+$"),
        lambda route: (
            route.fulfill(json={"state": "working", "progress": 0.1, "words_so_far": "My manager"})
            if route.request.method == "GET"
            else route.continue_()
        ),
    )
    record(page, seconds=2.5)
    heard = page.locator(".speak__heard")
    expect(heard).to_be_hidden()
    page.get_by_role("button", name="Show my words").click()
    expect(heard).to_have_text("My manager")


def test_the_kiosks_own_microphone_is_started_and_stopped_from_the_ring(
    visit: Visit, screen: Screen, start_kiosk: Callable[..., Running]
) -> None:
    """The page presses the buttons; the sound never passes through the browser."""
    own = start_kiosk("--model", MICRO, settings="[speech]\nown_microphone = true\n")
    page = visit(url=own.url, microphone=False)
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(f"{route.request.method} {route.request.url.rsplit('/', 1)[1]}")
        route.fulfill(json={"draft": "own1", "state": "recording", "level": 0.6})

    def words(route: Route) -> None:
        ready = {"state": "ready", "kind": "memo", "text": "It is loud.", "spans": [], "unsure": []}
        if route.request.method == "GET":
            route.fulfill(json=ready)
        else:
            route.fulfill(status=204)

    page.route("**/api/microphone**", answer)
    page.route("**/api/microphone/**", answer)
    page.route("**/api/drafts/own1", words)
    page.locator(".door--speak").click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("Listening.")).to_be_visible()
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Done").click()
    screen(page, "preview")
    assert page.locator("strike-words").inner_text() == "It is loud."
    expect(page.get_by_role("button", name="Listen again")).to_be_hidden()
    assert asked[0] == "POST start"
    assert asked[-1] == "POST stop"
    assert "GET microphone" in asked
