"""By keyboard, by finger, in the dark, large or high in contrast: everybody gets through."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.cut_off import cut_off
from tests.support.every_state import every_state
from tests.support.settled import settle

Visit = Callable[..., Page]
Screen = Callable[[Page, str], None]
Faults = Callable[[Page], list[str]]

LOOKS: dict[str, dict[str, Any]] = {
    "dark": {"color_scheme": "dark", "viewport": {"width": 800, "height": 1280}},
    "contrast": {"contrast": "more", "viewport": {"width": 1024, "height": 600}},
    "forced colours": {"forced_colors": "active", "viewport": {"width": 320, "height": 800}},
    "phone": {"viewport": {"width": 390, "height": 844}},
}
# Each look in the language that is hardest there; docs/walks.md tells of the other pairs.
WALKS = list(zip(("pl", "fr", "ar", "de"), LOOKS, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize(("language", "look"), WALKS)
def test_axe_finds_nothing_and_everything_fits_in_any_state(
    visit: Visit, screen: Screen, faults_of: Faults, language: str, look: str
) -> None:
    """Nothing is cut at a side; 48 px each way, but for words: 44 px high, as wide as they are."""
    page = visit(bypass_csp=True, locale=language, **LOOKS[look])  # axe itself brings inline styles
    assert page.evaluate("document.documentElement.lang") == language
    found: list[str] = []

    def judge(shown: str) -> None:
        found.extend(f"{shown}: {fault}" for fault in (*faults_of(page), *misfits(page)))

    every_state(page, screen, judge)
    assert found == []


def misfits(page: Page) -> list[str]:
    return [*page.evaluate(TOO_SMALL), *(f"{each} is cut off" for each in cut_off(page))]


def test_what_does_not_fit_would_have_been_found(visit: Visit) -> None:
    page = visit()
    assert misfits(page) == []
    page.locator(".door--write").evaluate(
        "each => { each.style.cssText = 'position: absolute; left: 2000px' }"
    )
    assert "door door--write is cut off" in misfits(page)
    page.reload()
    settle(page)
    page.locator("[data-act=hide]").evaluate(
        "each => { each.style.cssText = 'min-block-size: 0; block-size: 20px; padding: 0' }"
    )
    assert ["20" in fault for fault in misfits(page)] == [True]


def test_axe_would_have_found_a_fault(visit: Visit, faults_of: Faults) -> None:
    page = visit(bypass_csp=True)
    page.evaluate("document.querySelector('#note').labels[0].remove()")
    page.locator(".door--write").click()
    page.evaluate("document.querySelector('#note').removeAttribute('placeholder')")
    assert any(fault.startswith("label") for fault in faults_of(page))


TOO_SMALL = """() =>
  [...document.querySelectorAll('button, select, textarea, .choice, .swatch, a.button')]
    .filter(each => each.checkVisibility() && !each.matches('.word, .cover, .skip-link'))
    .map(each => [each.className, each.getBoundingClientRect()])
    .filter(([, box]) => box.width < 48 || box.height < 48)
    .map(([name, box]) => `${name} ${box.width} x ${box.height}`)
    .concat([...document.querySelectorAll('.preview__words .word')]
      .filter(each => each.checkVisibility() && each.getClientRects()[0].height < 44)
      .map(each => `${each.textContent} is low`))"""


def test_a_note_is_kept_with_the_keyboard_alone(visit: Visit, screen: Screen) -> None:
    """The focus begins at each heading, words are struck with arrows and space."""
    page = visit()
    tab_to(page, "Write")
    page.keyboard.press("Enter")
    expect(page.get_by_label("What you want to say")).to_be_focused()
    page.keyboard.type("The lift is broken again.")
    tab_to(page, "Done")
    page.keyboard.press("Enter")
    screen(page, "preview")
    expect(page.get_by_role("heading", level=2, name="This, and only this")).to_be_focused()
    page.keyboard.press("Tab")
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "Space", "Shift+ArrowRight"):
        page.keyboard.press(key)
    assert page.locator(".word[aria-pressed=true]").all_inner_texts() == ["broken", "again."]
    page.keyboard.press("Home")
    expect(page.locator(".word").first).to_be_focused()
    tab_to(page, "Keep")
    page.keyboard.press("Enter")
    screen(page, "kept")
    expect(page.get_by_role("heading", level=2, name="Your note is safe")).to_be_focused()
    tab_to(page, "Finish")
    page.keyboard.press("Space")
    screen(page, "start")


def test_a_memo_is_kept_with_the_keyboard_alone(visit: Visit, screen: Screen) -> None:
    """The focus follows the ring: Start, Pause, Go on; it is never lost."""
    page = visit()
    tab_to(page, "Speak")
    page.keyboard.press("Enter")
    tab_to(page, "Start")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Pause")).to_be_focused()
    page.wait_for_timeout(4500)
    page.keyboard.press("Space")
    settle(page)
    expect(page.get_by_role("button", name="Go on")).to_be_focused()
    tab_to(page, "Done")
    page.keyboard.press("Enter")
    screen(page, "preview")
    expect(page.get_by_role("heading", level=2, name="This, and only this")).to_be_focused()


def test_a_note_is_kept_with_a_finger_alone(visit: Visit, screen: Screen) -> None:
    page = visit(has_touch=True, viewport={"width": 800, "height": 1280})
    page.locator(".door--write").tap()
    page.get_by_label("What you want to say").fill("The lift is broken again.")
    page.get_by_role("button", name="Done").tap()
    screen(page, "preview")
    page.locator(".word", has_text="broken").tap()
    expect(page.locator(".word[aria-pressed=true]")).to_have_text("broken")
    page.get_by_role("button", name="Keep").tap()
    screen(page, "kept")
    page.get_by_role("button", name="Finish").tap()
    screen(page, "start")


def test_a_dialog_keeps_the_focus_and_escape_closes_it(visit: Visit) -> None:
    page = visit()
    opener = page.get_by_role("button", name="How this keeps you safe")
    opener.focus()
    settle(page)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="How this keeps you safe")
    expect(dialog).to_be_visible()
    for _time in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_still_motion_is_still(visit: Visit) -> None:
    page = visit(reduced_motion="reduce")
    page.locator(".door--speak").click()
    assert (
        page.evaluate("document.getAnimations().filter(a => a.playState === 'running').length") == 0
    )


def test_twice_as_large_letters_still_fit(visit: Visit, screen: Screen) -> None:
    """Text at 200 %: the root size grows as a browser's setting makes it grow."""
    page = visit()
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    for door in ("speak", "draw", "write"):
        page.locator(f".door--{door}").click()
        screen(page, door)
        assert cut_off(page) == []
        page.locator(f"[data-screen={door}] .screen__back").click()


@pytest.mark.parametrize("size", [(1280, 800), (800, 1280), (390, 844)])
def test_done_is_in_sight_while_one_writes(visit: Visit, size: tuple[int, int]) -> None:
    page = visit(viewport={"width": size[0], "height": size[1]})
    page.locator(".door--write").click()
    expect(page.get_by_role("button", name="Done")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("language", ["en", "de", "pl", "es"])
def test_no_feeling_is_broken_in_the_middle_of_its_word(visit: Visit, language: str) -> None:
    """On a tablet enlarged twice each word stays whole; a soft hyphen may part it."""
    page = visit(viewport={"width": 640, "height": 400}, path=f"/?lang={language}")
    feelings = page.locator(".start__chips button")
    assert feelings.count() == 8
    lines = """all => all.filter(one => !/[ \u00ad]/.test(one.textContent)).map(button => {
        const range = document.createRange()
        range.selectNodeContents(button)
        return range.getClientRects().length
    })"""
    assert set(feelings.evaluate_all(lines)) == {1}


def test_the_word_with_the_focus_is_not_under_the_bar(visit: Visit, screen: Screen) -> None:
    page = visit(viewport={"width": 390, "height": 844})
    page.locator(".door--write").click()
    page.get_by_label("What you want to say").fill("It was a long and heavy week. " * 30)
    page.get_by_role("button", name="Done").click()
    screen(page, "preview")
    page.locator(".word").first.focus()
    bar = "document.querySelector('.preview__acts').getBoundingClientRect().top"
    for _row in range(24):
        page.keyboard.press("ArrowDown")
        foot = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
        assert foot <= page.evaluate(bar)


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the button with this name has the focus, and keys count."""
    settle(page)
    for _time in range(60):
        page.keyboard.press("Tab")
        label = page.evaluate("document.activeElement?.innerText ?? ''")
        if label.strip().startswith(name):
            return
    raise AssertionError(f"no Tab leads to {name}")
