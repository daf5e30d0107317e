"""The next person at the tablet finds nothing: not in Back, history, fields, storage or memory."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.running import Running
from tests.support.settled import draft_answer, drafted, until_forgotten

Visit = Callable[..., Page]
Screen = Callable[[Page, str], None]
SECRET = "The night shift is never asked."


def write(page: Page, text: str = SECRET, *, is_done: bool = False) -> None:
    page.locator(".door--write").click()
    page.get_by_label("What you want to say").fill(text)
    if is_done:
        page.get_by_role("button", name="Done").click()


def test_a_reload_finds_the_start_and_an_empty_field(visit: Visit, screen: Screen) -> None:
    page = visit()
    write(page)
    page.reload()
    screen(page, "start")
    assert page.locator("#note").input_value() == ""


@pytest.mark.parametrize("is_done", [False, True], ids=["half written", "previewed"])
def test_back_and_forward_show_nothing_of_it(
    visit: Visit, screen: Screen, *, is_done: bool
) -> None:
    page = visit()
    write(page, is_done=is_done)
    if is_done:
        screen(page, "preview")
    page.goto("about:blank")
    page.go_back()
    page.locator("visit-flow:defined").wait_for(state="attached")
    screen(page, "start")
    assert SECRET not in page.content()
    assert page.locator("#note").input_value() == ""


def test_leaving_the_page_forgets_the_draft_at_the_kiosk(visit: Visit, screen: Screen) -> None:
    page = visit(expects_errors=True)
    with page.expect_response("**/api/drafts") as made:
        write(page, is_done=True)
    screen(page, "preview")
    draft = drafted(made.value)
    assert draft_answer(page, draft) == 200
    page.goto("about:blank")
    page.go_back()
    until_forgotten(page, draft)


def test_history_and_storage_never_grow(visit: Visit, screen: Screen) -> None:
    page = visit()
    before = page.evaluate("history.length")
    write(page, is_done=True)
    screen(page, "preview")
    page.get_by_role("button", name="Keep").click()
    screen(page, "kept")
    page.get_by_role("button", name="Finish").click()
    screen(page, "start")
    page.locator(".door--draw").click()
    page.locator("[data-screen=draw] .screen__back").click()
    assert page.evaluate("history.length") == before
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.context.cookies() == []
    assert page.evaluate("indexedDB.databases().then(all => all.length)") == 0
    assert page.evaluate("caches.keys().then(all => all.length)") == 0


def test_no_field_offers_its_text_to_anyone(visit: Visit) -> None:
    """Autofill, spell check, keyboards and translators may all send words to a vendor."""
    page = visit()
    fields = page.locator("textarea, input[type=text]")
    assert fields.count() == 6  # the note, four words, words on a drawing
    for index in range(fields.count()):
        field = fields.nth(index)
        for name, value in (
            ("autocomplete", "off"), ("spellcheck", "false"), ("autocorrect", "off"),
            ("autocapitalize", "off"), ("translate", "no"),
        ):  # fmt: skip
            assert field.get_attribute(name) == value
        assert field.get_attribute("name") is None  # nothing a form could remember it by
    assert page.locator("html").get_attribute("translate") == "no"


def test_what_is_copied_or_cut_ends_with_its_visit(
    visit: Visit, screen: Screen, kiosk: Running
) -> None:
    """It can be pasted while one writes, and lies in no clipboard for whoever comes next."""
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=kiosk.url)
    clipboard = "navigator.clipboard.readText()"
    page.evaluate("navigator.clipboard.writeText('from before')")
    assert page.evaluate(clipboard) == "from before"  # it would be seen
    page.locator(".door--write").click()
    screen(page, "write")
    note = page.locator("#note")
    page.keyboard.type("The lift")
    for keys in ("Control+a", "Control+c", "End", "Control+v"):
        page.keyboard.press(keys)
    expect(note).to_have_value("The liftThe lift")
    for keys in ("Control+a", "Control+x"):
        page.keyboard.press(keys)
    expect(note).to_have_value("")
    assert "lift" not in page.evaluate(clipboard)
    page.locator("[data-screen=write] .screen__back").click()
    screen(page, "start")
    page.locator(".door--write").click()
    screen(page, "write")
    page.keyboard.press("Control+v")
    assert "lift" not in note.input_value()
    assert (
        page.evaluate("getComputedStyle(document.body).userSelect") == "none"
    )  # looked up nowhere


def test_an_idle_kiosk_warns_and_then_forgets(visit: Visit, screen: Screen) -> None:
    page = visit(expects_errors=True)
    page.clock.install()
    page.reload()
    with page.expect_response("**/api/drafts") as made:
        write(page, is_done=True)
    draft = drafted(made.value)
    page.clock.run_for(1000)
    screen(page, "preview")
    page.clock.run_for(46_000)
    warning = page.get_by_role("alertdialog", name="Are you still there?")
    expect(warning).to_be_visible()
    expect(page.get_by_role("button", name="I’m still here")).to_be_focused()
    page.get_by_role("button", name="I’m still here").click()
    expect(warning).to_be_hidden()
    screen(page, "preview")
    page.clock.run_for(46_000)
    expect(warning).to_be_visible()
    page.clock.run_for(15_000)
    screen(page, "start")
    expect(warning).to_be_hidden()
    assert SECRET not in page.content()
    until_forgotten(page, draft)


def test_an_idle_start_never_asks(visit: Visit) -> None:
    """Nobody is there, and nothing is there to forget."""
    page = visit()
    page.clock.install()
    page.reload()
    page.locator("visit-flow:defined").wait_for(state="attached")
    page.clock.run_for(130_000)
    expect(page.get_by_role("alertdialog")).to_have_count(0)


def test_a_half_written_note_is_forgotten_by_the_warning_too(visit: Visit, screen: Screen) -> None:
    page = visit()
    page.clock.install()
    page.reload()
    write(page)
    page.clock.run_for(46_000)
    page.get_by_role("button", name="Forget it now").click()
    screen(page, "start")
    assert page.locator("#note").input_value() == ""


def test_the_four_words_leave_the_screen_by_themselves(visit: Visit, screen: Screen) -> None:
    page = visit()
    page.clock.install()
    page.reload()
    page.get_by_role("button", name="Something good").click()
    page.clock.run_for(1000)
    page.get_by_role("button", name="Just leave it").click()
    screen(page, "kept")
    words = page.locator(".kept__words").inner_text()
    page.clock.run_for(50_000)
    expect(page.get_by_role("status").filter(has_text="closes by itself in 10 s.")).to_be_attached()
    page.locator("#kept-title").click()  # any touch: all of the time again
    page.clock.run_for(50_000)
    screen(page, "kept")
    page.get_by_role("button", name="Stay on this page").click()
    page.clock.run_for(400_000)
    screen(page, "kept")
    assert page.get_by_role("alertdialog").count() == 0  # what is kept cannot be forgotten
    page.get_by_role("button", name="Stay on this page").click()
    page.clock.run_for(61_000)
    screen(page, "start")
    assert words not in page.content()


def test_a_language_leaves_no_trace_and_goes_with_its_visitor(visit: Visit, screen: Screen) -> None:
    page = visit()
    before = page.evaluate("history.length")
    page.get_by_role("link", name="Deutsch").click()
    page.locator("html[lang=de] visit-flow:defined").wait_for(state="attached")
    assert page.evaluate("history.length") == before
    assert page.context.cookies() == []
    page.clock.install()
    page.reload()
    page.locator("html[lang=de] visit-flow:defined").wait_for(state="attached")
    page.clock.run_for(61_000)
    page.locator("html[lang=en] visit-flow:defined").wait_for(state="attached")


def test_it_is_let_go_only_after_asking_once_and_out_of_sight(visit: Visit, screen: Screen) -> None:
    """Forget is forever; and who presses it may have somebody behind them."""
    page = visit()
    write(page, is_done=True)
    screen(page, "preview")
    page.get_by_role("button", name="Forget").click()
    expect(page.get_by_role("alertdialog")).to_be_visible()
    expect(page.locator("strike-words")).to_be_hidden()
    page.get_by_role("button", name="Not yet").click()
    screen(page, "preview")
    page.get_by_role("button", name="Forget").click()
    page.get_by_role("button", name="Yes, forget it").click()
    screen(page, "forgotten")


def test_markup_in_a_note_stays_text(visit: Visit, screen: Screen) -> None:
    page = visit()
    write(page, "Soup <b>and <img> bread &amp; tea", is_done=True)
    screen(page, "preview")
    assert page.locator("strike-words").inner_text() == "Soup <b>and <img> bread &amp; tea"
    assert page.locator("strike-words :not(button)").count() == 0
