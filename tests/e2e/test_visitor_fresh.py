"""Each visit has a document of its own: what it asked, ran or remembered is gone after it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.settled import new_document, settle

Visit = Callable[..., Page]
Screen = Callable[[Page, str], None]
SECRET = "The night shift is never asked."
ASKED = "performance.getEntriesByType('resource').map(each => each.name)"


def preview(page: Page, screen: Screen) -> None:
    page.locator(".door--write").click()
    page.get_by_label("What you want to say").fill(SECRET)
    page.get_by_role("button", name="Done").click()
    screen(page, "preview")


def finish(page: Page, screen: Screen) -> None:
    page.get_by_role("button", name="Keep").click()
    screen(page, "kept")
    page.get_by_role("button", name="Finish").click()


def forget(page: Page, screen: Screen) -> None:
    page.get_by_role("button", name="Forget").click()
    page.get_by_role("button", name="Yes, forget it").click()
    screen(page, "forgotten")
    page.get_by_role("button", name="Back to the start").click()


def leave(page: Page, _screen: Screen) -> None:
    page.get_by_role("button", name="Release").click()
    page.get_by_role("button", name="Yes, forget it").click()


@pytest.mark.parametrize("end", [finish, forget, leave], ids=lambda each: each.__name__)
def test_a_script_and_the_addresses_of_one_visit_are_gone_in_the_next(
    visit: Visit, screen: Screen, end: Callable[[Page, Screen], None]
) -> None:
    page = visit()
    preview(page, screen)
    page.evaluate("planted = [document.querySelector('strike-words').innerText]")
    page.evaluate("setInterval(() => planted.push(document.body.innerText), 50)")
    assert any("/api/drafts/" in each for each in page.evaluate(ASKED))
    assert SECRET in page.evaluate("planted.join()")
    before = page.evaluate("history.length")
    end(page, screen)
    new_document(page)
    screen(page, "start")
    assert not any("/api/drafts" in each for each in page.evaluate(ASKED))
    assert SECRET not in page.content()
    assert page.evaluate("history.length") == before


def test_a_kiosk_that_is_away_at_the_end_of_a_visit_shows_no_error_page(
    visit: Visit, screen: Screen
) -> None:
    """The page waits, empty, and goes on by itself."""
    page = visit(expects_errors=True)
    preview(page, screen)
    page.get_by_role("button", name="Keep").click()
    screen(page, "kept")
    page.evaluate("planted = 1")
    away: list[Route] = []

    def cut(route: Route) -> None:
        away.append(route)
        route.abort()

    page.route("**/healthz", cut)
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_text("The kiosk does not answer. This page waits for it")).to_be_visible()
    assert away
    assert page.locator(".kept__words").inner_text() == ""
    page.unroute("**/healthz")
    new_document(page)
    screen(page, "start")


CHANGED = {
    "title": "Conflict",
    "status": 409,
    "detail": "The promise has changed meanwhile.",
    "promise": {
        "seal": "00.11",
        "title": "Winter",
        "questions": ["What now?", "What else?"],
        "sentences": ["Opened only together, 12 or more at once."],
    },
}


def test_a_changed_promise_is_read_before_keep_and_nothing_is_lost(
    visit: Visit, screen: Screen
) -> None:
    page = visit(expects_errors=True)
    preview(page, screen)
    page.locator(".word", has_text="night").click()
    page.locator(".choice", has_text="Tired").click()
    wishes: list[dict[str, object]] = []

    def refuse(route: Route) -> None:
        wishes.append(route.request.post_data_json)
        kind = "application/problem+json"
        route.fulfill(status=409, content_type=kind, json=CHANGED)

    page.route("**/keep", refuse)
    page.get_by_role("button", name="Keep", exact=True).click()
    dialog = page.get_by_role("alertdialog", name="The promise has changed")
    expect(dialog.get_by_text("12 or more at once")).to_be_visible()
    dialog.get_by_role("button", name="Not yet").click()
    screen(page, "preview")
    assert page.locator(".word[aria-pressed=true]").all_inner_texts() == ["night"]
    page.get_by_role("button", name="Keep", exact=True).click()
    page.unroute("**/keep")
    page.route("**/keep", lambda route: route.fulfill(status=201, json={"receipt": "a b c d"}))
    with page.expect_request("**/keep") as kept:
        dialog.get_by_role("button", name="Keep it under this promise").click()
    assert len(wishes) == 2
    assert wishes[0]["promise"] == page.locator("visit-flow").get_attribute("data-promise")
    assert kept.value.post_data_json == {**wishes[0], "promise": "00.11"}
    screen(page, "kept")


def test_what_another_gathering_covers_is_looked_at_before_it_is_kept(
    visit: Visit, screen: Screen
) -> None:
    """Its lists are others: the kiosk has made the preview anew, and nothing is sent unseen."""
    page = visit(expects_errors=True)
    preview(page, screen)
    refusal = {**CHANGED, "looks_different": True}
    kind = "application/problem+json"
    page.route("**/keep", lambda route: route.fulfill(status=409, content_type=kind, json=refusal))
    page.get_by_role("button", name="Keep", exact=True).click()
    dialog = page.get_by_role("alertdialog", name="The promise has changed")
    expect(dialog).to_be_visible()
    page.unroute("**/keep")
    sent: list[object] = []

    def take(route: Route) -> None:
        sent.append(route.request.post_data_json["promise"])
        route.fulfill(status=201, json={"receipt": "a b c d"})

    page.route("**/keep", take)
    dialog.get_by_role("button", name="Keep it under this promise").click()
    expect(page.get_by_text("Please look once more, then keep it.")).to_be_visible()
    screen(page, "preview")
    assert sent == []
    page.get_by_role("button", name="Keep", exact=True).click()
    screen(page, "kept")
    assert sent == ["00.11"]


def test_an_idle_page_follows_what_is_open(visit: Visit, screen: Screen) -> None:
    page = visit()
    page.clock.install()
    page.reload()
    settle(page)
    seal = page.locator("visit-flow").get_attribute("data-promise") or ""
    same = {"seal": seal.split(".")[0] + ".0123"}
    page.evaluate("planted = 1")
    page.route("**/api/promise", lambda route: route.fulfill(json=same))
    page.clock.run_for(16_000)
    new_document(page)
    page.unroute("**/api/promise")
    settle(page)
    expect(page.locator(".promise__title .badge")).to_have_text("changed")
    screen(page, "start")


def test_a_page_in_use_does_not_change_under_its_visitor(visit: Visit, screen: Screen) -> None:
    page = visit()
    page.clock.install()
    page.reload()
    page.route("**/api/promise", lambda route: route.fulfill(json={"seal": "00.11"}))
    page.locator(".door--write").click()
    page.evaluate("planted = 1")
    page.clock.run_for(31_000)
    page.get_by_label("What you want to say").fill(SECRET)
    screen(page, "write")
    assert page.evaluate("planted") == 1
