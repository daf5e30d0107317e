"""From the smallest window to the widest, a keyboard up or four times enlarged; nothing moves."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.i18n import languages, said_in
from tests.support.cut_off import cut_off
from tests.support.running import Running
from tests.support.settled import hear, settle

Visit = Callable[..., Page]
Screen = Callable[[Page, str], None]

SIZES = [
    (320, 640), (320, 256),  # the second is 1280 x 1024, four times enlarged
    (390, 470), (1024, 400),  # a keyboard is up
    (2560, 1440),
]  # fmt: skip
# Also what a touch moves; but for another screen, on which touches count for nothing just as long.
SHIFTS = """(() => {
  window.shifts = []
  let changed = -1e9
  addEventListener("DOMContentLoaded", () => new MutationObserver(([{ oldValue }]) => {
    if (oldValue) changed = performance.now()
  }).observe(document.body, {attributeFilter: ["data-shows"], attributeOldValue: true}))
  new PerformanceObserver(list => {
    for (const each of list.getEntries()) {
      if (each.startTime > changed && each.startTime < changed + 700) continue
      shifts.push(each.sources.map(one => one.node?.className || one.node?.nodeName).join())
    }
  }).observe({type: "layout-shift", buffered: true})
})()"""
IS_ON_TOP = """each => {
  const box = each.getBoundingClientRect()
  const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
  return Boolean(there) && (each.contains(there) || there.contains(each))
}"""
RING = """(() => {
  const { left, top } = document.querySelector(".ring").getBoundingClientRect()
  return [left + scrollX, top + scrollY]
})()"""


def walk(page: Page, screen: Screen) -> Iterator[tuple[str, str]]:
    """Each screen with what one presses there to go on."""
    yield "start", ".door--write"
    page.locator(".door--write").click()
    screen(page, "write")
    page.locator("#note").fill("Ask Sarah Miller why the night shift is always one person short.")
    yield "write", "[data-screen=write] [data-act=done]"
    page.locator("[data-screen=write] [data-act=done]").click()
    screen(page, "preview")
    page.locator(".word.placeholder").click()
    for button in ("bring-back", "keep", "forget"):
        yield "preview", f"[data-act={button}] >> visible=true"
    page.locator("[data-act=bring-back]").click()
    expect(page.locator(".word.unsure").first).to_be_visible()
    page.locator(".word").last.click()
    yield "preview, touched", "[data-act=keep]"
    page.locator("[data-act=keep]").click()
    screen(page, "kept")
    yield "kept", "[data-screen=kept] [data-act=finish]"
    page.locator("[data-screen=kept] [data-act=finish]").first.click()
    screen(page, "start")
    for go, button in (
        ("speak", "[data-act=record]"), ("draw", "drawing-board canvas"),
        ("quiet", "[data-part=leave-silence]"), ("receipt", ".receipt__input >> nth=3"),
    ):  # fmt: skip
        page.locator(f"[data-screen=start] [data-go={go}]").click()
        screen(page, go)
        page.locator(button).wait_for()
        yield go, button
        page.locator(f"[data-screen={go}] .screen__back").click()
        screen(page, "start")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["de", "ar"])
def test_every_screen_fits_every_window(visit: Visit, screen: Screen, language: str) -> None:
    """Nothing sticks out, and what one presses to go on can be reached and is not covered."""
    page = visit(path=f"/?lang={language}")
    settle(page)
    wrong: list[str] = []
    for name, selector in walk(page, screen):
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            button = page.locator(selector).first
            button.scroll_into_view_if_needed()
            if not button.evaluate(IS_ON_TOP):
                wrong.append(f"{name} at {width}x{height}: {selector} is covered")
            wrong += [f"{name} at {width}x{height}: {each} is cut off" for each in cut_off(page)]
        page.set_viewport_size({"width": 1280, "height": 800})
    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "language"), [((1280, 800), "en"), ((390, 844), "de"), ((640, 400), "ar")], ids=str
)
def test_nothing_moves_by_itself_or_by_a_touch(
    visit: Visit, screen: Screen, size: tuple[int, int], language: str
) -> None:
    """The browser's own count of what moved is 0 in every state, and the ring keeps its place."""
    page = visit(viewport={"width": size[0], "height": size[1]}, locale=language)
    page.add_init_script(SHIFTS)
    page.reload()
    settle(page)
    page.evaluate("""addEventListener("click", () => {
      document.querySelector(".start__ways").style.marginBlockStart = "5rem"
    })""")
    page.locator("#start-title").click()
    page.wait_for_function("() => shifts.length > 0")  # it would be noticed
    page.reload()
    settle(page)
    for name, _selector in walk(page, screen):
        page.wait_for_timeout(600)
        assert (name, page.evaluate("shifts")) == (name, [])
    page.locator(".door--speak").click()
    screen(page, "speak")
    places = [page.evaluate(RING)]
    page.locator("[data-act=record]").click()
    expect(page.locator("memo-recorder [data-act=pause]")).to_be_visible()
    hear(page)
    for act in ("watch", "pause", "listen", "resume"):
        places.append(page.evaluate(RING))
        page.locator(f"memo-recorder [data-act={act}]").click()
        settle(page)
        page.wait_for_timeout(300)
        assert (act, page.evaluate("shifts")) == (act, [])
    places.append(page.evaluate(RING))
    assert places == places[:1] * len(places)


@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("size", [(640, 400), (1024, 400)], ids=str)
def test_in_a_low_window_all_of_speaking_is_in_sight(
    visit: Visit, screen: Screen, size: tuple[int, int], language: str
) -> None:
    page = visit(viewport={"width": size[0], "height": size[1]}, path=f"/?lang={language}")
    settle(page)
    page.locator(".door--speak").click()
    screen(page, "speak")
    expect(page.locator("[data-act=record]")).to_be_in_viewport(ratio=1)
    page.locator("[data-act=record]").click()
    page.locator("[data-act=pause]").click()
    for act in ("resume", "listen", "delete"):
        expect(page.locator(f"memo-recorder [data-act={act}]")).to_be_in_viewport(ratio=1)
    expect(page.locator("memo-recorder [data-act=done]")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(
    ("language", "size"),
    [*((each, (1280, 800)) for each in ("de", "ar", "fr")), ("de", (390, 844))],
    ids=str,
)
def test_after_keep_the_seconds_left_are_in_sight(
    visit: Visit, screen: Screen, language: str, size: tuple[int, int]
) -> None:
    """However long the house's line of help is."""
    page = visit(locale=language, viewport={"width": size[0], "height": size[1]})
    settle(page)
    page.locator("[data-go=quiet]").click()
    screen(page, "quiet")
    page.locator("[data-part=leave-silence]").click()
    screen(page, "kept")
    page.locator(".kept > .soft >> nth=-1").evaluate(
        "each => each.textContent = 'help '.repeat(99)"
    )
    expect(page.locator(".kept [data-part=countdown]")).to_be_in_viewport(ratio=1)


COVERED = """each => {
  const { left, right, top, bottom } = each.getBoundingClientRect()
  const there = [top + 2, bottom - 2].map(y => document.elementFromPoint((left + right) / 2, y))
  return there.some(one => !each.contains(one))
}"""


WITH_ROOM = [(1280, 800), (1024, 768), (800, 1280), (390, 844)]
SMALL = [(320, 568), (390, 470), (640, 400)]
NUMBERS = """(each, lines) => {
  each.querySelector("bdi")?.remove()
  const house = document.createElement("bdi")
  house.textContent = "0800 111 0 111, day and night\\n".repeat(lines)
  each.lastElementChild.append(" ", house)
}"""
FIRST_LINE_SHOWS = """each => {
  const whom = each.querySelector("bdi").getClientRects()[0].top
  const line = each.getBoundingClientRect()
  return whom >= line.top && whom + parseFloat(getComputedStyle(each).lineHeight) <= line.bottom
}"""


def test_whom_to_call_now_is_in_sight_on_the_start(visit: Visit) -> None:
    """The number, in the longest language; no door is under it where a window has room for all."""
    sentence = (
        "Not well, or in danger? Nobody may read this for weeks. Talk to somebody you trust now."
    )
    longest = max(languages(), key=lambda code: len(said_in(code, sentence)))
    page = visit(locale=longest)
    settle(page)
    line = page.locator(".start__help")
    for size in (*WITH_ROOM, *SMALL):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        line.evaluate(NUMBERS, 3)
        expect(line).to_be_in_viewport(ratio=1)
        assert not line.evaluate(COVERED), size
        assert line.evaluate(FIRST_LINE_SHOWS), size
        doors = page.locator("[data-screen=start] .door")
        assert size in SMALL or not any(each.evaluate(COVERED) for each in doors.all()), size
        line.evaluate(NUMBERS, 12)
        expect(line).to_be_in_viewport(ratio=1)
        assert line.evaluate("each => each.scrollHeight > each.clientHeight + 9"), size
        line.evaluate("each => { each.style.position = 'static'; each.style.maxHeight = 'none' }")
        expect(line).not_to_be_in_viewport(ratio=1)  # so it was, and would be noticed
        line.evaluate("each => { each.style.position = each.style.maxHeight = '' }")


@pytest.mark.parametrize("language", ["de", "ar"])
def test_in_a_low_window_the_way_out_is_in_sight(
    browser: Browser, start_kiosk: Callable[..., Running], language: str
) -> None:
    kiosk = start_kiosk(settings='[screen]\nexit_pin = "482913"\n')
    page = browser.new_page(viewport={"width": 1024, "height": 400}, locale=language)
    for _try in range(3):  # on a machine that does much else, the page may come too late
        kiosk.call("POST", "/exit/asked")
        page.goto(f"{kiosk.url}/exit/")
        if page.url.endswith("/exit/"):
            break
    for button in page.locator("button, a.button").all():
        expect(button).to_be_in_viewport(ratio=1)
    page.close()
