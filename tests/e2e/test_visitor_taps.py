"""Nothing happens that a finger did not mean: every button pressed twice, at several sizes."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.settled import draw_a_line, hear, settle

Visit = Callable[..., Page]
Screen = Callable[[Page, str], None]

SIZES = [(1280, 800), (800, 1280), (390, 844), (640, 400), (1024, 600)]
LANGUAGES = ["en", "de", "es", "pl", "fr", "ar"]
LASTING = (
    "[data-act=keep], [data-act=forget], [data-act=finish], [data-act=pause],"
    "[data-act=take-back], dialog[open] button[value=yes]"
)
PRESSES = {  # what one press of a button leads to; the others leave the screen as it is
    "done": {"preview"}, "keep": {"kept"}, "forget": {"sure"}, "leave": {"start", "sure"},
    "change": {"write"}, "record": {"speak recording"}, "pause": {"speak paused"},
    "resume": {"speak recording"}, "delete": {"sure"}, "take-back": {"sure"}, "finish": {"start"},
}  # fmt: skip
SHOWN = """() => {
  const dialog = document.querySelector("dialog[open]")
  if (dialog) return dialog.id
  const shows = document.body.dataset.shows
  const { state } = document.querySelector("memo-recorder").dataset
  return shows === "speak" ? `speak ${state}` : shows
}"""


# Buttons alike do the same with another value: feelings, colours, widths.
KIND = """each => each.dataset.act || (each.closest("dialog") && each.value)
  || Object.keys(each.dataset).sort().join() || each.className"""


def start(page: Page) -> None:
    page.goto(page.url.split("?")[0] + f"?lang={page.evaluate('document.documentElement.lang')}")
    settle(page)


def press(page: Page, selector: str) -> None:
    page.locator(selector).first.click()
    settle(page)


def speak(page: Page) -> None:
    start(page)
    press(page, ".door--speak")


def record(page: Page) -> None:
    speak(page)
    press(page, "[data-act=record]")
    hear(page)  # of a silent recording the kiosk makes nothing, and says so


def pause(page: Page) -> None:
    record(page)
    press(page, "[data-act=pause]")


def write(page: Page) -> None:
    start(page)
    press(page, ".door--write")
    page.locator("#note").fill("The lift is broken again.")


def draw(page: Page) -> None:
    start(page)
    press(page, ".door--draw")
    draw_a_line(page)


def preview(page: Page) -> None:
    write(page)
    press(page, "[data-screen=write] [data-act=done]")
    page.locator("[data-screen=preview]").wait_for()
    settle(page)


def ask(page: Page) -> None:
    preview(page)
    press(page, "[data-screen=preview] [data-act=forget]")


def kept(page: Page) -> None:
    preview(page)
    press(page, "[data-screen=preview] [data-act=keep]")
    page.locator("[data-screen=kept]").wait_for()
    settle(page)


def feel(page: Page) -> None:
    start(page)
    press(page, "[data-feel=tired]")


def be_silent(page: Page) -> None:
    start(page)
    press(page, "[data-go=quiet]")
    page.locator("[data-part=leave-silence]").wait_for()
    settle(page)


STATES = [speak, record, pause, write, draw, preview, ask, kept, feel, be_silent]


def buttons(page: Page) -> list[Locator]:
    """What can be pressed now, but words, which are text; of many alike the first and the last."""
    dialog = page.locator("dialog[open] button")
    found = dialog if dialog.count() else page.locator("main button:not(.word)")
    alike: dict[str, list[Locator]] = {}
    for each in (one for one in found.all() if one.is_visible() and one.is_enabled()):
        kind = each.evaluate(KIND)
        alike.setdefault(kind, []).append(each)
    return [each for same in alike.values() for each in dict.fromkeys((same[0], same[-1]))]


def twice(page: Page, button: Locator, *, pause_ms: int = 150) -> None:
    """Two quick touches at one place, whatever stands there at the second."""
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.touchscreen.tap(x, y)
    page.wait_for_timeout(pause_ms)
    page.touchscreen.tap(x, y)


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=str)
def test_a_double_tap_on_done_keeps_no_note_that_nobody_read(
    visit: Visit, screen: Screen, size: tuple[int, int]
) -> None:
    page = visit(viewport={"width": size[0], "height": size[1]}, has_touch=True)
    for pause_ms in (120, 350, 500):
        write(page)
        twice(page, page.locator("[data-screen=write] [data-act=done]"), pause_ms=pause_ms)
        page.wait_for_timeout(800)
        screen(page, "preview")
        assert page.get_by_role("alertdialog").count() == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("state", "size", "language"),
    [
        (state, SIZES[number % len(SIZES)], LANGUAGES[number % len(LANGUAGES)])
        for number, state in enumerate(STATES)
    ],
    ids=lambda each: getattr(each, "__name__", str(each)),
)
def test_every_button_pressed_twice_does_what_one_press_does(
    visit: Visit, state: Callable[[Page], None], size: tuple[int, int], language: str
) -> None:
    """In each state; sizes and languages take turns."""
    width, height = size
    page = visit(
        path=f"/?lang={language}", viewport={"width": width, "height": height}, has_touch=True
    )
    state(page)
    wrong: list[str] = []
    for index in range(len(buttons(page))):
        if index:
            state(page)
        button = buttons(page)[index]
        name, before = button.inner_text(), page.evaluate(SHOWN)
        data = button.evaluate("each => ({...each.dataset, value: each.value})")
        twice(page, button)
        page.wait_for_timeout(1200)
        if data.get("act") == "done" and before == "draw":  # the sheet shows while it is read
            page.locator("[data-screen=preview]").wait_for(timeout=60_000)
        expect(page.locator("body[data-shows=working]")).to_have_count(0)  # words take their time
        if page.evaluate(SHOWN) not in leads_to(data, before):
            wrong.append(f"{before}: {name} leads to {page.evaluate(SHOWN)}")
    assert wrong == []


def leads_to(data: dict[str, Any], before: str) -> set[str]:
    if "go" in data:
        return {"speak ready" if data["go"] == "speak" else data["go"], "sure"}
    if "silence" in data:
        return {"kept"}
    if data["value"] in {"yes", "no"}:
        return {"forgotten"} if data["value"] == "yes" else {"preview"}
    return PRESSES.get(data.get("act", ""), {before})


@pytest.mark.slow
def test_what_lasts_never_stands_where_the_last_button_stood(visit: Visit) -> None:
    """Keep, Forget, Finish, Pause and a Yes are elsewhere than what was pressed, at each size.

    In the longest words, of German; Arabic is the same in a mirror. One walk: the window takes
    each size before a button is pressed, and again afterwards.
    """
    page = visit(path="/?lang=de")
    done = "[data-screen={}] [data-act=done]".format
    walk = [
        (speak, "[data-act=record]"), (heard, "[data-act=resume]"), (halt, done("speak")),
        (None, "[data-screen=preview] [data-act=keep]"), (write, done("write")),
        (draw, done("draw")), (feel, "[data-silence='']"),
        (be_silent, "[data-part=leave-silence]"),
    ]  # fmt: skip
    wrong: list[str] = []
    for reach, selector in walk:
        resize(page, SIZES[0])
        if reach:
            reach(page)
        before, shown = page.evaluate(SHOWN), page.evaluate("document.body.dataset.shows")
        pressed = page.locator(selector).first
        places = {size: place_at(page, size, pressed) for size in SIZES}
        resize(page, SIZES[0])
        pressed.click()
        while page.evaluate(SHOWN) in {before, "working", "speak asking", "speak sending"}:
            page.wait_for_timeout(100)
        settle(page)
        is_same_screen = page.evaluate("document.body.dataset.shows") == shown
        for size, (place, scrolled) in places.items():
            resize(page, size)
            page.evaluate(FOCUS_AGAIN, scrolled if is_same_screen else 0)
            wrong += [
                f"{selector} at {size}: {each.get_attribute('data-act')}"
                for each in page.locator(LASTING).all()
                if each.is_visible() and meet(place, each.bounding_box())
            ]
    assert wrong == []


def heard(page: Page) -> None:
    hear(page)
    halt(page)


def halt(page: Page) -> None:
    press(page, "[data-act=pause]")


# As when the screen came: it lies as it did, and what has the focus is in sight.
FOCUS_AGAIN = """top => {
  const here = document.activeElement
  here.blur()
  scrollTo(0, top)
  here.focus({preventScroll: here.tagName === "H2"})
}"""


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def place_at(page: Page, size: tuple[int, int], button: Locator) -> tuple[Any, float]:
    """Where the button stands in a window of that size, and how far the page is scrolled then."""
    resize(page, size)
    button.scroll_into_view_if_needed()
    return button.bounding_box(), page.evaluate("scrollY")


def meet(one: Any, other: Any) -> bool:
    return bool(
        one["x"] < other["x"] + other["width"]
        and other["x"] < one["x"] + one["width"]
        and one["y"] < other["y"] + other["height"]
        and other["y"] < one["y"] + one["height"]
    )


def test_what_destroys_has_room_around_it(visit: Visit) -> None:
    """At least 24 px to every other button."""
    page = visit()
    close: list[str] = []
    sizes = [(1280, 800), (390, 844), (320, 640)]
    for reach, size in [(reach, size) for reach in (pause, preview, ask, kept) for size in sizes]:
        if size == sizes[0]:
            resize(page, size)
            reach(page)
        resize(page, size)
        boxes = [(each.inner_text(), each.bounding_box()) for each in buttons(page)]
        risky = "button[value=yes], [data-act=forget], [data-act=delete], [data-act=take-back]"
        names = {each.inner_text() for each in page.locator(risky).all() if each.is_visible()}
        assert names, reach.__name__
        close += [
            f"{reach.__name__} at {size}: {name} is near {other}"
            for name, box in boxes
            for other, its in boxes
            if name in names and other != name and meet(widened(box, 23.5), its)
        ]
    assert close == []


def widened(box: Any, by: float) -> dict[str, float]:
    return {
        "x": box["x"] - by, "y": box["y"] - by,
        "width": box["width"] + 2 * by, "height": box["height"] + 2 * by,
    }  # fmt: skip


def test_a_key_held_down_keeps_nothing(visit: Visit, screen: Screen) -> None:
    page = visit()
    preview(page)
    page.get_by_role("button", name="Change it").click()
    settle(page)
    page.locator("[data-screen=write] [data-act=done]").focus()
    for _repeat in range(25):
        page.keyboard.down("Enter")
        page.wait_for_timeout(60)
    page.keyboard.up("Enter")
    screen(page, "preview")


def test_strikes_and_a_feeling_survive_a_change_of_the_text(visit: Visit, screen: Screen) -> None:
    page = visit()
    preview(page)
    page.locator(".word", has_text="lift").click()
    page.locator(".choice", has_text="Tired").click()
    press(page, "[data-act=change]")
    page.locator("#note").fill("Again: the old lift is broken again and again.")
    press(page, "[data-screen=write] [data-act=done]")
    screen(page, "preview")
    assert page.locator(".word[aria-pressed=true]").all_inner_texts() == ["lift"]
    expect(page.locator("input[name=feeling]:checked")).to_have_value("tired")


def test_a_detail_is_brought_back_or_struck_and_a_word_is_typed_over(
    visit: Visit, screen: Screen
) -> None:
    page = visit()
    start(page)
    press(page, ".door--write")
    page.locator("#note").fill("Ask Sarah Miller about the lift, the lift.")
    press(page, "[data-screen=write] [data-act=done]")
    screen(page, "preview")
    place = page.locator(".preview__acts").bounding_box()
    page.locator(".word.placeholder").click()
    expect(page.get_by_text("Bring it back? Others could see it.")).to_be_visible()
    assert page.locator(".preview__acts").bounding_box() == place  # nothing moved
    page.get_by_role("button", name="Cross it out").click()
    expect(page.locator(".word.placeholder")).to_have_attribute("aria-pressed", "true")
    page.locator(".word.placeholder").click()
    page.locator(".word.placeholder").click()
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator("strike-words")).to_contain_text("Ask Sarah Miller about")
    assert page.locator(".word.unsure").all_inner_texts() == ["Sarah", "Miller"]
    page.locator(".word", has_text="lift").last.click()
    page.get_by_role("button", name="Write another word").click()
    screen(page, "write")
    page.keyboard.type("stairs.")
    press(page, "[data-screen=write] [data-act=done]")
    screen(page, "preview")
    shown = page.locator("strike-words").inner_text()
    assert shown == "Ask Sarah Miller about the lift, the stairs."  # as it was decided before
    assert page.locator(".word.unsure").all_inner_texts() == ["Sarah", "Miller"]
    assert page.locator(".word[aria-pressed=true]").count() == 0
    press(page, "[data-screen=preview] [data-act=change]")
    screen(page, "write")
    page.locator("#note").fill("Ask Sarah Miller, not the other Sarah Miller.")
    press(page, "[data-screen=write] [data-act=done]")
    screen(page, "preview")
    shown = page.locator("strike-words").inner_text()
    assert shown == "Ask a person, not the other a person."  # once was allowed, not twice


def test_where_every_word_is_struck_there_is_nothing_to_keep(visit: Visit) -> None:
    page = visit()
    preview(page)
    for word in page.locator(".word").all():
        word.click()
    expect(page.get_by_text("nothing is left to keep")).to_be_visible()
    expect(page.get_by_role("button", name="Keep")).to_be_disabled()
    page.locator(".word").last.click()
    expect(page.get_by_text("nothing is left to keep")).to_be_hidden()
    expect(page.get_by_role("button", name="Keep")).to_be_enabled()
