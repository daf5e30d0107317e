"""The kiosk as different people meet it, start to end; docs/walks.md says what was seen besides."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.settled import hear, settle

Visit = Callable[..., Page]
Screen = Callable[[Page, str], None]
NOTE = "The night shift is always one person short."

# Whatever a screen reader would say: what takes the focus, and what speaks up by itself.
LISTEN = """() => {
  window.spoken = []
  const say = text => { if (text && text !== spoken.at(-1)) spoken.push(text) }
  const name = each => each.labels?.[0]?.innerText ?? each.getAttribute("aria-label")
    ?? each.innerText ?? ""
  addEventListener("focusin", event => say(name(event.target).trim()))
  new MutationObserver(changes => {
    for (const {target} of changes) {
      const near = target.closest ? target : target.parentElement
      const live = near?.closest("[role=status], [role=alert]")
      if (live?.checkVisibility()) say(live.textContent.trim())
    }
  }).observe(document.body, {subtree: true, childList: true, characterData: true})
}"""


class Finger:
    """Touches of somebody who does not hit the middle; counted."""

    def __init__(self, page: Page, *, times: int = 1, off_px: float = 8.0) -> None:
        self.page, self.times, self.off_px = page, times, off_px
        self.count = 0
        self.chance = random.Random(5)  # noqa: S311  # no secret

    def touch(self, target: str | Locator) -> None:
        found = self.page.locator(target) if isinstance(target, str) else target
        found.first.scroll_into_view_if_needed()
        settle(self.page)
        box = found.first.bounding_box()
        assert box
        for time in range(self.times):
            if time:
                self.page.wait_for_timeout(110)
            off = [self.chance.uniform(-self.off_px, self.off_px) for _axis in "xy"]
            x, y = box["x"] + box["width"] / 2 + off[0], box["y"] + box["height"] / 2 + off[1]
            self.page.touchscreen.tap(x, y)
        self.count += 1


def spoken(page: Page, finger: Finger) -> None:
    finger.touch(".door--speak")
    finger.touch("[data-act=record]")
    hear(page)
    finger.touch("[data-screen=speak] [data-act=done]")


def written(page: Page, finger: Finger) -> None:
    finger.touch(".door--write")
    page.locator("#note").fill(NOTE)
    finger.touch("[data-screen=write] [data-act=done]")


def drawn(page: Page, finger: Finger) -> None:
    finger.touch(".door--draw")
    settle(page)
    page.locator("drawing-board:defined").wait_for()
    box = page.locator("canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 260, box["y"] + 160, steps=5)
    page.mouse.up()
    finger.touch("drawing-board [data-act=done]")


def felt(_page: Page, finger: Finger) -> None:
    finger.touch("[data-feel=tired]")
    finger.touch("[data-silence='']")


def silent(page: Page, finger: Finger) -> None:
    finger.touch("[data-screen=start] [data-go=quiet]")
    expect(page.locator("[data-part=leave-silence]")).to_be_enabled()
    finger.touch("[data-part=leave-silence]")


@pytest.mark.parametrize(
    ("way", "most"), [(spoken, 4), (written, 3), (drawn, 3), (felt, 2), (silent, 2)]
)
@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["gloves", "nurse"])
def test_in_gloves_or_in_a_hurry_it_is_kept_after_few_touches(
    visit: Visit, screen: Screen, size: tuple[int, int],
    way: Callable[[Page, Finger], None], most: int,
) -> None:  # fmt: skip
    page = visit(viewport={"width": size[0], "height": size[1]}, has_touch=True)
    finger = Finger(page)
    way(page, finger)
    if most > 2:
        screen(page, "preview")
        finger.touch("[data-act=keep]")
    screen(page, "kept")
    assert finger.count <= most


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=str)
def test_with_a_tremor_three_touches_mean_one(
    visit: Visit, screen: Screen, size: tuple[int, int]
) -> None:
    """Each press comes three times within a quarter of a second, and not quite where it was."""
    page = visit(has_touch=True, viewport={"width": size[0], "height": size[1]})
    kept: list[str] = []
    page.on("request", lambda each: kept.append(each.url) if each.url.endswith("/keep") else None)
    finger = Finger(page, times=3, off_px=6)
    written(page, finger)
    screen(page, "preview")
    assert kept == []
    word = page.locator(".word", has_text="always")
    word.scroll_into_view_if_needed()
    finger.touch(word)  # three times: crossed out, back, crossed out
    expect(word).to_have_attribute("aria-pressed", "true")
    finger.touch("[data-screen=preview] [data-act=change]")
    screen(page, "write")
    expect(page.locator("#note")).to_have_value(NOTE)
    finger.touch("[data-screen=write] [data-act=done]")
    screen(page, "preview")
    finger.touch("[data-act=keep]")
    screen(page, "kept")
    assert len(kept) == 1
    expect(page.locator(".kept__word")).to_have_count(4)


def test_who_listens_hears_every_step(visit: Visit, screen: Screen) -> None:
    """By keys alone, from what is spoken: where one is, what was struck, that it is safe."""
    page = visit()
    settle(page)
    page.evaluate(LISTEN)
    page.locator(".door--write").focus()
    page.keyboard.press("Enter")
    screen(page, "write")
    page.keyboard.type(NOTE)
    page.locator("[data-screen=write] [data-act=done]").focus()
    page.keyboard.press("Enter")
    screen(page, "preview")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.locator(".word[aria-pressed=true]")).to_have_text("night")
    page.locator("[data-act=keep]").focus()
    page.keyboard.press("Enter")
    screen(page, "kept")
    heard: list[str] = page.evaluate("spoken")
    steps = [
        "What you want to say", "This, and only this, would be kept", "The", "night",
        "One word is crossed out.", "Sealing it …", "Your note is safe",
        "This page closes by itself in 60 s. Any touch gives you more time.",
    ]  # fmt: skip
    places = [heard.index(step) for step in steps]
    assert places == sorted(places), heard
    page.locator("[data-screen=kept] [data-act=finish]").first.focus()
    page.keyboard.press("Enter")
    screen(page, "start")


def test_who_is_interrupted_hides_comes_back_and_is_forgotten_when_called_away(
    visit: Visit, screen: Screen
) -> None:
    page = visit(has_touch=True)
    page.clock.install()
    page.reload()
    settle_by_clock(page)
    page.locator(".door--write").tap()
    settle_by_clock(page)
    page.locator("#note").fill(NOTE)
    page.locator(".hide").tap()
    settle_by_clock(page)
    screen(page, "start")
    assert "night" not in page.locator("body").inner_text()
    hold(page)
    settle_by_clock(page)
    screen(page, "write")
    expect(page.locator("#note")).to_have_value(NOTE)
    page.locator(".hide").tap()
    settle_by_clock(page)
    with page.expect_navigation():
        page.clock.run_for(61_000)  # called away
    settle_by_clock(page)
    page.locator(".door--write").tap()
    expect(page.locator("#note")).to_have_value("")


def settle_by_clock(page: Page) -> None:
    """Touches count again after a while of the page's own clock."""
    page.locator("visit-flow:defined:not([inert])").wait_for(state="attached")
    page.clock.run_for(800)


def hold(page: Page) -> None:
    box = page.locator(".brand").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.clock.run_for(2100)
    page.mouse.up()


MIDDLE_OF_ANY = """chance => {
  const all = [...document.querySelectorAll("button, a, label")].filter(each => {
    const {top, bottom} = each.getBoundingClientRect()
    return each.checkVisibility() && top >= 0 && bottom <= innerHeight
  })
  const box = all[Math.floor(chance * all.length)]?.getBoundingClientRect()
  return box && [box.left + box.width / 2, box.top + box.height / 2]
}"""


def test_a_child_may_touch_whatever_it_likes(visit: Visit) -> None:
    """Eighty touches and strokes anywhere: no fault, and the next person finds a fresh start."""
    page = visit(has_touch=True, viewport={"width": 800, "height": 1280}, expects_errors=True)
    chance = random.Random(1)  # noqa: S311  # no secret
    settle(page)
    seen: set[str] = set()
    for _turn in range(80):
        x, y = chance.randrange(10, 790), chance.randrange(10, 1270)
        try:
            if chance.random() < 0.6:
                x, y = page.evaluate(MIDDLE_OF_ANY, chance.random()) or (x, y)
            if chance.random() < 0.2:
                page.mouse.move(x, y)
                page.mouse.down()
                page.mouse.move(chance.randrange(10, 790), chance.randrange(10, 1270), steps=4)
                page.mouse.up()
            else:
                page.touchscreen.tap(x, y)
            seen.add(page.evaluate("document.body.dataset.shows ?? ''"))
        except Exception as error:  # the page goes away with a visit, and is there anew
            if "navigat" not in str(error) and "destroyed" not in str(error):
                raise
        page.wait_for_timeout(chance.choice([30, 120, 800]))
    assert len(seen - {""}) > 2, "it went nowhere"
    page.reload()
    settle(page)
    assert shown(page) == "start"


def shown(page: Page) -> Any:
    return page.evaluate("document.body.dataset.shows")
