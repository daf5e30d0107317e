"""Drawing: by mouse, finger, pen and keyboard; only pixels leave, and covers cover."""

import base64
import io
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from tests.support.settled import settle, until_asked

Visit = Callable[..., Page]
Screen = Callable[[Page, str], None]


def line(page: Page, *, at: float = 0.3) -> None:
    """A stroke across the sheet, at a share of its height."""
    settle(page)
    box = box_of(page.locator("drawing-board canvas"))
    y = box["y"] + box["height"] * at
    page.mouse.move(box["x"] + box["width"] * 0.1, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.9, y + 3, steps=12)
    page.mouse.up()


def box_of(locator: Locator) -> dict[str, Any]:
    box = locator.bounding_box()
    assert box
    return dict(box)


def dark_rows(png: bytes) -> list[int]:
    """Rows of a drawing that hold ink."""
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("L"))
    return np.flatnonzero((pixels < 128).any(axis=1)).tolist()


def sheet(page: Page) -> bytes:
    page.locator("drawing-board canvas").wait_for()
    address = page.evaluate("document.querySelector('drawing-board canvas').toDataURL('image/png')")
    return base64.b64decode(address.split(",", 1)[1])


def test_a_drawing_is_sent_as_one_png_of_fixed_size(visit: Visit, screen: Screen) -> None:
    """Neither strokes nor pressure nor the window's size: what a picture shows, and no more."""
    page = visit(viewport={"width": 900, "height": 700})
    page.locator(".door--draw").click()
    line(page)
    with (
        page.expect_request("**/api/drafts") as made,
        page.expect_response("**/preview.png", timeout=60_000) as preview,
    ):
        page.get_by_role("button", name="Done").click()
    assert made.value.header_value("Content-Type") == "image/png"
    key = {"X-Visit": made.value.headers["x-visit"]}
    body = page.request.get(preview.value.url, headers=key).body()
    picture = Image.open(io.BytesIO(body))
    assert (picture.format, picture.size) == ("PNG", (1440, 900))
    assert 255 < dark_rows(body)[0] < 280
    screen(page, "preview")
    page.get_by_role("button", name="Keep").click()
    screen(page, "kept")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_undo_redo_eraser_and_clear_do_what_they_say(visit: Visit) -> None:
    page = visit()
    page.locator(".door--draw").click()
    done = page.get_by_role("button", name="Done")
    expect(done).to_be_disabled()
    line(page, at=0.3)
    line(page, at=0.6)
    both = dark_rows(sheet(page))
    press(page, "Undo")
    assert max(dark_rows(sheet(page))) < 400
    press(page, "Redo")
    assert dark_rows(sheet(page)) == both
    press(page, "More")
    press(page, "Clear the sheet")
    assert dark_rows(sheet(page)) == []
    expect(done).to_be_disabled()
    expect(page.get_by_text("Undo brings it back")).to_be_visible()
    press(page, "Undo")
    assert dark_rows(sheet(page)) == both
    press(page, "Eraser")
    line(page, at=0.6)
    assert max(dark_rows(sheet(page))) < 400
    page.keyboard.press("Control+z")
    assert dark_rows(sheet(page)) == both
    press(page, "Eraser")  # once more: how it rubs out
    press(page, "Whole lines")
    canvas = box_of(page.locator("drawing-board canvas"))
    page.mouse.click(canvas["x"] + canvas["width"] / 2, canvas["y"] + canvas["height"] * 0.602)
    assert max(dark_rows(sheet(page))) < 400
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+y")
    page.keyboard.press("Control+z")
    assert dark_rows(sheet(page)) == both


def test_each_tool_leaves_what_it_says(
    visit: Visit, faults_of: Callable[[Page], list[str]]
) -> None:
    """Words, signs, shapes, paper, printed sheets; drawers are sound, and drawing shuts them."""
    page = visit()
    page.locator(".door--draw").click()
    settle(page)
    box = box_of(page.locator("drawing-board canvas"))

    def click(x: float, y: float) -> None:
        page.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)

    empty = sheet(page)
    press(page, "Colour and width")
    assert faults_of(page) == []
    press(page, "Highlighter")
    line(page, at=0.2)
    expect(page.locator("#draw-ink")).to_be_hidden()
    assert sheet(page) != empty
    assert dark_rows(sheet(page)) == []  # yellow, and one sees through it
    press(page, "More")
    assert faults_of(page) == []
    press(page, "Words")
    click(0.3, 0.5)
    page.get_by_label("Words on the sheet").fill("Tea is cold")
    page.keyboard.press("Enter")
    words = dark_rows(sheet(page))
    assert 405 < words[0] <= words[-1] < 495
    press(page, "More")
    press(page, "Star")
    click(0.5, 0.3)
    expect(page.locator("[data-in-hand]")).to_have_text("More")  # where the star is
    star = [row for row in dark_rows(sheet(page)) if row < 400]
    assert 180 < star[0] < 220
    assert 300 < star[-1] < 360
    before = sheet(page)
    press(page, "More")
    press(page, "Cream paper")
    press(page, "More")
    press(page, "Comic strip")
    assert sheet(page) != before
    press(page, "Undo")
    press(page, "Undo")
    assert sheet(page) == before
    press(page, "Draw")
    expect(page.locator("[data-in-hand]")).to_have_count(0)


def test_lines_become_straight_and_a_drawing_survives_turning(visit: Visit) -> None:
    """By the tool for it, or by holding still at the end; a sheet turns only while it is empty."""
    page = visit()
    page.locator(".door--draw").click()
    settle(page)
    glass = Glass(page)

    def aslant(y: float, *, hold_ms: int = 0, is_late: bool = False) -> int:
        """How many rows a line took that falls fourteen pixels of the screen.

        `is_late`: its end is told only after the page took the hand to rest.
        """
        before = len(dark_rows(sheet(page)))

        def last() -> None:
            if is_late:
                page.wait_for_function(ROWS_BELOW, arg=before + 14)

        glass.hand([(90 + 51 * at, y + 1.4 * at) for at in range(11)], hold_ms=hold_ms, last=last)
        return len(dark_rows(sheet(page))) - before

    assert aslant(40) > 20
    assert aslant(200, hold_ms=800) < 14

    assert aslant(260, is_late=True) > 20
    press(page, "More")
    press(page, "Straight shapes")
    assert aslant(320) < 14
    drawn = sheet(page)
    page.set_viewport_size({"width": 800, "height": 1280})
    assert sheet(page) == drawn
    press(page, "Back")
    page.get_by_role("button", name="Yes, forget it").click()
    page.locator(".door--draw").click()
    settle(page)
    assert page.locator("drawing-board").get_attribute("data-format") == "upright"


# Fewer rows with ink than so many.
ROWS_BELOW = """most => {
    const canvas = document.querySelector('drawing-board canvas')
    const {width, height} = canvas
    const read = Object.assign(document.createElement('canvas'), {width, height})
    const eye = read.getContext('2d')
    eye.drawImage(canvas, 0, 0)
    const {data} = eye.getImageData(0, 0, width, height)
    const rows = Array.from({length: height}, (_, row) => row)
    const isDark = at => data[at] * 0.299 + data[at + 1] * 0.587 + data[at + 2] * 0.114 < 128
    const inked = row => Array.from({length: width}, (_, x) => (row * width + x) * 4).some(isDark)
    return rows.filter(inked).length < most
}"""


def test_a_line_that_leaves_the_sheet_comes_back_where_the_hand_does(visit: Visit) -> None:
    """And leaves no ink along the edge."""
    page = visit()
    page.locator(".door--draw").click()
    settle(page)
    glass = Glass(page)
    wide = glass.box["width"]
    glass.hand(
        [
            (wide - 200, 100),
            (wide - 60, 110),
            (wide + 40, 120),
            (wide + 40, 300),
            (wide - 60, 310),
            (wide - 200, 320),
        ]
    )
    edge = np.asarray(Image.open(io.BytesIO(sheet(page))).convert("L"))[:, 1410:] < 128
    rows = np.flatnonzero(edge.any(axis=1))
    assert rows.size  # it went over the edge
    assert not edge[200:400].any()


def test_a_long_label_stands_in_lines_on_the_sheet(visit: Visit) -> None:
    page = visit(viewport={"width": 800, "height": 1280})
    page.locator(".door--draw").click()
    settle(page)
    letter(page, "Nobody tells us when the third floor is locked", 0.99)
    rows = dark_rows(sheet(page))
    assert 80 < rows[-1] - rows[0] < 250  # two lines or three
    assert rows[-1] < 1440 - 5


def test_who_zoomed_by_accident_sees_the_way_back(
    visit: Visit, faults_of: Callable[[Page], list[str]]
) -> None:
    """Drawing stays where the finger is; and keys bring what they draw into sight."""
    page = visit()
    page.locator(".door--draw").click()
    settle(page)
    canvas = page.locator("drawing-board canvas")
    box = box_of(canvas)
    back = page.locator("[data-part=glass]").get_by_role("button", name="Whole sheet")
    expect(back).to_have_count(0)
    page.mouse.move(box["x"] + 300, box["y"] + 200)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    expect(back).to_be_visible()
    assert box_of(canvas)["width"] > 2 * box["width"]
    assert faults_of(page) == []
    line_at = (box["x"] + 300, box["y"] + 200)
    page.mouse.move(*line_at)
    page.mouse.down()
    page.mouse.up()
    pixels = np.asarray(Image.open(io.BytesIO(sheet(page))).convert("L"))
    down, across = (int(each.mean()) for each in np.nonzero(pixels < 128))
    scale = 1440 / box["width"]
    assert abs(across - 300 * scale) < 4
    assert abs(down - 200 * scale) < 4
    canvas.focus()
    for _step in range(8):
        page.keyboard.press("Shift+ArrowRight")
    cross, glass = (
        box_of(page.locator("[data-part=cross]")),
        box_of(page.locator("[data-part=glass]")),
    )
    assert glass["x"] < cross["x"] < glass["x"] + glass["width"]
    back.click()
    assert box_of(canvas)["width"] == box["width"]
    expect(back).to_have_count(0)


def test_a_ring_shows_what_a_wide_tool_will_touch(visit: Visit) -> None:
    page = visit()
    page.locator(".door--draw").click()
    settle(page)
    box = box_of(page.locator("drawing-board canvas"))
    ring = page.locator(".draw__ring")
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    expect(ring).to_be_hidden()
    press(page, "Eraser")
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    expect(ring).to_be_visible()
    assert box_of(ring)["width"] == pytest.approx(64 / 1440 * box["width"], abs=1.5)
    page.mouse.move(box["x"] - 20, box["y"] + 200)
    expect(ring).to_be_hidden()


def test_who_has_no_pointer_draws_with_keys(visit: Visit) -> None:
    page = visit()
    page.locator(".door--draw").click()
    settle(page)
    page.locator("drawing-board canvas").focus()
    page.keyboard.press("Space")
    for _step in range(6):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Space")
    pixels = np.asarray(Image.open(io.BytesIO(sheet(page))).convert("L"))
    assert (pixels[450, 730:1190] < 128).all()
    page.keyboard.press("Control+z")
    assert dark_rows(sheet(page)) == []


class Glass:
    """Fingers and a pen on the sheet, in shares of it."""

    def __init__(self, page: Page) -> None:
        self.box = box_of(page.locator("drawing-board canvas"))
        self.session = page.context.new_cdp_session(page)

    def fingers(self, kind: str, *points: tuple[float, ...]) -> None:
        spots = [
            {**self._at(x, y), "radiusX": radius, "radiusY": radius, "id": number, "force": 0.6}
            for number, (x, y, radius) in enumerate(points)
        ]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})

    def hand(
        self,
        points: list[tuple[float, float]],
        *,
        hold_ms: int = 0,
        last: Callable[[], None] = lambda: None,
    ) -> None:
        """A stroke of the mouse, in pixels of the screen: a touch each 10 ms, as the hand made it.

        `last` is called before the last one is told.
        """
        made = time.time()
        kinds = ["mousePressed", *["mouseMoved"] * (len(points) - 1), "mouseReleased"]
        for kind, (x, y) in zip(kinds, [*points, points[-1]], strict=True):
            made += (10 + (hold_ms if kind == "mouseReleased" else 0)) / 1000
            event: dict[str, Any] = {
                "type": kind, "x": self.box["x"] + x, "y": self.box["y"] + y, "button": "left",
                "buttons": 1, "clickCount": 1, "timestamp": made,
            }  # fmt: skip
            if kind == "mouseReleased":
                last()
            self.session.send("Input.dispatchMouseEvent", event)

    def pen(self, kind: str, x: float, y: float, *, buttons: int = 1) -> None:
        event: dict[str, Any] = {
            **self._at(x, y), "type": kind, "button": "left", "buttons": buttons,
            "pointerType": "pen", "force": 0.5, "clickCount": 1,
        }  # fmt: skip
        self.session.send("Input.dispatchMouseEvent", event)

    def _at(self, x: float, y: float) -> dict[str, float]:
        box = self.box
        return {"x": box["x"] + box["width"] * x, "y": box["y"] + box["height"] * y}


TOOLS = ["pen", "marker", "highlighter", "eraser", "shape", "sign", "label", "whole"]
TAKE = """tool => {
    const {tools} = document.querySelector('drawing-board')
    tools.path = 'M10 10 90 90'
    tools.take(tool)
}"""
MARKS = """document.querySelector('drawing-board').sheet.marks.map(
    mark => mark.kind === 'stroke' ? mark.nib : mark.kind)"""


def test_every_tool_works_by_mouse_by_finger_and_by_pen(visit: Visit) -> None:
    page = visit(has_touch=True)
    page.locator(".door--draw").click()
    settle(page)
    glass = Glass(page)

    def by_mouse() -> None:
        glass.hand([(90 + 60 * at, 200) for at in range(8)])

    def by_finger() -> None:
        glass.fingers("touchStart", (0.1, 0.5, 8))
        glass.fingers("touchMove", (0.5, 0.5, 8))
        glass.fingers("touchEnd")

    def by_pen() -> None:
        glass.pen("mousePressed", 0.1, 0.7)
        glass.pen("mouseMoved", 0.5, 0.7)
        glass.pen("mouseReleased", 0.5, 0.7, buttons=0)

    for draw in (by_mouse, by_finger, by_pen):  # after a pen, fingers only move the sheet
        for tool in TOOLS:
            page.evaluate(TAKE, tool)
            draw()
            if tool == "label":
                page.get_by_label("Words on the sheet").fill("tea")
                page.keyboard.press("Enter")
    left = ["pen", "marker", "highlighter", "eraser", "pen", "sign", "label", "taken"]
    assert page.evaluate(MARKS) == 3 * left


def test_a_finger_draws_and_a_cancelled_touch_ends_its_stroke(visit: Visit) -> None:
    page = visit(has_touch=True, viewport={"width": 800, "height": 1280})
    page.locator(".door--draw").tap()
    settle(page)
    glass = Glass(page)
    glass.fingers("touchStart", (0.2, 0.5, 8))
    for step in range(1, 8):
        glass.fingers("touchMove", (0.2 + step * 0.08, 0.5, 8))
    glass.fingers("touchCancel")
    rows = dark_rows(sheet(page))
    assert rows
    assert abs(rows[0] - 720) < 30
    assert page.evaluate("scrollY") == 0
    glass.fingers("touchStart", (0.2, 0.8, 8))
    glass.fingers("touchMove", (0.6, 0.8, 8))
    glass.fingers("touchEnd")
    page.get_by_role("button", name="Undo", exact=True).tap()
    expect(page.get_by_role("button", name="Redo")).to_be_enabled()
    assert dark_rows(sheet(page)) == rows


def test_two_fingers_zoom_and_undo_and_a_palm_leaves_nothing(visit: Visit) -> None:
    page = visit(has_touch=True, viewport={"width": 800, "height": 1280})
    page.locator(".door--draw").tap()
    settle(page)
    glass = Glass(page)
    glass.fingers("touchStart", (0.5, 0.7, 50))
    glass.fingers("touchMove", (0.6, 0.7, 50))
    glass.fingers("touchEnd")
    glass.fingers("touchStart", (0.4, 0.5, 8))
    glass.fingers("touchStart", (0.4, 0.5, 8), (0.6, 0.5, 8))
    for step in range(1, 6):
        glass.fingers("touchMove", (0.4 - step * 0.05, 0.5, 8), (0.6 + step * 0.05, 0.5, 8))
    glass.fingers("touchEnd")
    assert dark_rows(sheet(page)) == []
    assert box_of(page.locator("drawing-board canvas"))["width"] > 2 * glass.box["width"]
    page.keyboard.press("0")
    assert box_of(page.locator("drawing-board canvas"))["width"] == glass.box["width"]
    glass.fingers("touchStart", (0.2, 0.8, 8))
    glass.fingers("touchMove", (0.6, 0.8, 8))
    glass.fingers("touchEnd")
    assert dark_rows(sheet(page))
    glass.fingers("touchStart", (0.4, 0.5, 8), (0.6, 0.5, 8))
    glass.fingers("touchEnd")
    assert dark_rows(sheet(page)) == []


# What no protocol of the browser's can send: the pen turned round, along the line at 0.3.
OTHER_END = """box => {
    const canvas = document.querySelector('drawing-board canvas')
    canvas.setPointerCapture = () => {}
    for (const [kind, x] of [['down', 0.1], ['move', 0.4], ['move', 0.7], ['up', 0.9]])
        canvas.dispatchEvent(new PointerEvent('pointer' + kind, {
            clientX: box.x + box.width * x, clientY: box.y + box.height * 0.3, pointerId: 77,
            pointerType: 'pen', button: kind === 'move' ? -1 : 5, buttons: kind === 'up' ? 0 : 32,
            pressure: 0.5, bubbles: true, cancelable: true}))
}"""


def test_a_pen_draws_beside_a_palm_and_its_other_end_rubs_out(visit: Visit) -> None:
    page = visit(has_touch=True, viewport={"width": 800, "height": 1280})
    page.locator(".door--draw").tap()
    settle(page)
    glass = Glass(page)
    glass.fingers("touchStart", (0.8, 0.8, 8))  # a palm, narrow at first
    glass.pen("mousePressed", 0.2, 0.3)
    for step in range(1, 8):
        glass.pen("mouseMoved", 0.2 + step * 0.08, 0.3)
    glass.pen("mouseReleased", 0.76, 0.3, buttons=0)
    glass.fingers("touchEnd")
    rows = dark_rows(sheet(page))
    assert 400 < rows[0] <= rows[-1] < 460
    expect(page.get_by_text("Only the pen draws now")).to_be_visible()
    page.wait_for_timeout(2100)
    glass.fingers("touchStart", (0.2, 0.8, 8))  # a finger now only moves the sheet
    glass.fingers("touchMove", (0.6, 0.8, 8))
    glass.fingers("touchEnd")
    assert dark_rows(sheet(page)) == rows
    page.evaluate(OTHER_END, glass.box)
    assert dark_rows(sheet(page)) == []


STEPS = """async () => {
    const at = name => `/static/js/pad/${name}.js`
    const {Painter} = await import(at('painter'))
    const {Sheet, ground, visible} = await import(at('marks'))
    const painter = new Painter(document.createElement('canvas')), sheet = new Sheet(), seen = []
    painter.resize(360, 225)
    let seed = 7
    const read = Object.assign(document.createElement('canvas'), {width: 360, height: 225})
    const eye = read.getContext('2d', {willReadFrequently: true})
    const any = most => (seed = (seed * 16807) % 2147483647) % most
    const look = () => {
        painter.ground(ground(sheet.marks))
        painter.show(visible(sheet.marks))
        eye.drawImage(painter.canvas, 0, 0)
        return eye.getImageData(0, 0, 360, 225).data.join()
    }
    const blank = look()
    for (let step = 0; step < 400; step += 1) {
        const points = Array.from({length: 2 + any(30)}, () => [any(360), any(225), any(100) / 100])
        const nib = ['pen', 'marker', 'highlighter', 'eraser'][any(4)]
        const ink = ['#c92f11', '#356fdb', '#ffe338'][any(3)]
        const which = any(20), all = visible(sheet.marks)
        const mark = which === 0 ? {kind: 'clear'}
            : which === 1 ? {kind: 'paper', colour: '#fff3d6'}
            : which === 2 ? {kind: 'sign', path: 'M10 10 90 90', at: [any(360), 90], size: 80, ink}
            : which === 3 && all.length ? {kind: 'taken', marks: [all[any(all.length)]]}
            : {kind: 'stroke', nib, points, ink, width: 4 + any(20), hasPressure: true}
        if (mark.kind === 'stroke') {  // as a hand draws it
            painter.begin(mark)
            for (const point of points) { painter.trace.add(point); painter.frame() }
            painter.end()
        }
        sheet.add(mark)
        seen.push(look())
    }
    let wrong = 0
    for (let step = 398; step >= -1; step -= 1) {
        sheet.undo()
        wrong += look() !== (step < 0 ? blank : seen[step])
    }
    for (let step = 0; step < 400; step += 1) { sheet.redo(); wrong += look() !== seen[step] }
    return [wrong, new Set(seen).size]
}"""


def test_four_hundred_steps_back_and_forth_are_the_same_to_the_pixel(visit: Visit) -> None:
    page = visit()
    wrong, different = page.evaluate(STEPS)
    assert different > 300
    assert wrong == 0


def test_done_pressed_twice_is_one_drawing(visit: Visit, screen: Screen) -> None:
    """And while it is read the sheet stays as it was sent."""
    page = visit()
    page.locator(".door--draw").click()
    line(page)
    sent: list[str] = []
    page.on("request", lambda each: sent.append(each.url) if each.method == "POST" else None)
    press_done = "document.querySelector('[data-screen=draw] [data-act=done]').click()"
    page.evaluate(f"{press_done}; {press_done}")
    page.get_by_text("Looking for names in your drawing").wait_for()
    before = sheet(page)
    line(page, at=0.7)
    assert sheet(page) == before
    screen(page, "preview")
    assert len(sent) == 1


WITHOUT_ITS_PICTURE = """each => {
  const alone = each.cloneNode()
  alone.removeAttribute("src")
  each.after(alone)
  const { visibility } = getComputedStyle(alone)
  alone.remove()
  return visibility
}"""


def test_covers_go_on_by_drag_and_by_keyboard_and_come_off_again(
    visit: Visit, screen: Screen
) -> None:
    page = visit()
    page.locator(".door--draw").click()
    line(page)
    page.get_by_role("button", name="Done").click()
    screen(page, "preview")
    settle(page)
    picture = page.locator("cover-board img")
    expect(picture).to_be_visible()
    assert picture.evaluate(WITHOUT_ITS_PICTURE) == "hidden"  # no words stand there until it comes
    frame = box_of(page.locator("[data-part=frame]"))
    before = page.locator(".cover").count()
    page.mouse.move(frame["x"] + frame["width"] * 0.25, frame["y"] + frame["height"] * 0.25)
    page.mouse.down()
    page.mouse.move(frame["x"] + frame["width"] * 0.5, frame["y"] + frame["height"] * 0.5, steps=4)
    page.mouse.up()
    page.get_by_role("button", name="Add a cover").click()
    for key in ("ArrowRight", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    assert page.locator(".cover").count() == before + 2
    add = page.get_by_role("button", name="Add a cover")
    add.click()
    page.keyboard.press("Delete")
    assert page.locator(".cover").count() == before + 2
    add.click()
    page.locator(".cover").last.click()
    assert page.locator(".cover").count() == before + 2
    with page.expect_request("**/keep") as kept:
        page.get_by_role("button", name="Keep").click()
    dragged, placed = kept.value.post_data_json["covered"][before:]
    assert dragged == pytest.approx([360, 225, 360, 225], abs=4)
    assert placed == [556, 410, 376, 129]
    screen(page, "kept")


def test_who_cannot_draw_can_describe_it(visit: Visit, screen: Screen) -> None:
    page = visit()
    page.locator(".door--draw").click()
    page.get_by_role("button", name="Describe it in words instead").click()
    screen(page, "write")


def test_while_a_drawing_is_read_one_sentence_says_so(visit: Visit, screen: Screen) -> None:
    """Shown on the sheet and said to a screen reader, until the answer comes, whichever."""
    page = visit(expects_errors=True)
    page.locator(".door--draw").click()
    sentence = re.compile("Looking for names in your drawing …|Much is written here")
    said = page.locator("drawing-board").get_by_role("status").filter(has_text=sentence)
    line(page)
    waiting: list[Route] = []

    def wait(route: Route) -> None:
        waiting.append(route)

    page.route("**/api/drafts", wait)
    page.get_by_role("button", name="Done").click()
    expect(said).to_be_visible()
    until_asked(page, waiting)
    waiting.pop().fulfill(status=422, json={"detail": "We cannot read this drawing."})
    expect(page.get_by_role("alert").filter(has_text="We cannot read")).to_be_visible()
    expect(said).to_have_count(0)
    page.get_by_role("button", name="Done").click()
    expect(said).to_be_visible()
    until_asked(page, waiting)
    waiting.pop().continue_()
    screen(page, "preview")
    expect(page.get_by_text("There may be writing here that we cannot read")).to_be_visible()
    page.get_by_role("button", name="Change it").click()
    expect(said).to_have_count(0)


def test_who_leaves_is_asked_from_the_first_dot_on_and_finds_a_quiet_sheet(
    visit: Visit, screen: Screen
) -> None:
    """Also while it is read."""
    page = visit(expects_errors=True)
    page.locator(".door--draw").click()
    settle(page)
    page.locator("drawing-board canvas").click()  # a dot
    page.get_by_role("button", name="Back").click()
    page.get_by_role("button", name="Not yet").click()
    assert dark_rows(sheet(page))
    page.route("**/api/drafts", lambda _route: None)
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("Looking for names in your drawing")).to_be_visible()
    page.get_by_role("button", name="Back").click()
    page.get_by_role("button", name="Yes, forget it").click()
    screen(page, "start")
    page.locator(".door--draw").click()
    expect(page.get_by_text("Looking for names in your drawing")).to_have_count(0)


SIZES = [(1280, 800), (800, 1280), (390, 844), (844, 390)]
FRAME = "document.querySelector('[data-part=frame]')"


def test_what_is_said_of_a_drawing_is_seen_with_all_of_it(visit: Visit, screen: Screen) -> None:
    """Before Keep is pressed, however the screen lies: a sentence below the fold is not said."""
    page = visit()
    page.locator(".door--draw").click()
    line(page)
    page.get_by_role("button", name="Done").click()
    screen(page, "preview")
    upright = [(size, "0.625") for size in SIZES[:-1]]  # such a sheet takes most height
    for (width, height), shape in [*((size, "1.6") for size in SIZES), *upright]:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(f"{FRAME}.style.setProperty('--shape', {shape})")
        page.evaluate("scrollTo(0, 0)")
        settle(page)
        said = box_of(page.locator("[data-part=legend] li:visible").first)
        frame = box_of(page.locator("[data-part=frame]"))
        keep = box_of(page.get_by_role("button", name="Keep"))
        end = min(height, keep["y"])
        assert said["y"] + said["height"] <= end, (width, height)
        assert frame["y"] + frame["height"] <= end, (width, height, shape)


def letter(page: Page, words: str, y: float) -> None:
    press(page, "More")
    press(page, "Words")
    box = box_of(page.locator("drawing-board canvas"))
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] * y)
    page.get_by_label("Words on the sheet").fill(words)
    page.keyboard.press("Enter")


def test_its_visitor_alone_says_what_names_someone(
    visit: Visit, screen: Screen, faults_of: Callable[[Page], list[str]]
) -> None:
    """By a question at each word; what was decided holds in the next look, covers too."""
    pytest.importorskip("rapidocr")
    page = visit()
    page.locator(".door--draw").click()
    settle(page)
    letter(page, "Marlene Hofmann shouts", 0.3)
    letter(page, "the canteen is cold", 0.6)
    page.get_by_role("button", name="Done").click()
    screen(page, "preview")
    settle(page)
    names = page.get_by_role("button", name="Covered: a person")
    expect(names).to_have_count(2)
    expect(page.get_by_text("what is covered may be names")).to_be_visible()
    names.first.click()
    page.get_by_role("button", name="No, show it").click()
    expect(names).to_have_count(1)
    words = page.get_by_role("button", name="A word that can be read")
    words.nth(1).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # on Yes, which the question brought
    expect(page.get_by_role("button", name="Covered, it may be a name")).to_have_count(1)
    assert faults_of(page) == []
    page.get_by_role("button", name="Add a cover").click()
    page.get_by_role("button", name="Change it").click()
    line(page, at=0.9)
    page.get_by_role("button", name="Done").click()
    screen(page, "preview")
    settle(page)
    assert page.locator(".cover").count() == 1
    assert names.count() == 1
    with page.expect_request("**/keep") as kept:
        page.get_by_role("button", name="Keep").click()
    wish = kept.value.post_data_json
    assert [len(wish["covered"]), len(wish["uncovered"])] == [2, 1]
    screen(page, "kept")


SHRINK = """async () => {
    const {smallPhoto} = await import("/static/js/pad/photo.js")
    const large = Object.assign(document.createElement('canvas'), {width: 4000, height: 3000})
    large.getContext('2d').fillRect(0, 0, 4000, 3000)
    const small = await smallPhoto(await new Promise(done => large.toBlob(done, 'image/png')))
    const seen = await createImageBitmap(small)
    const heic = new Blob(['????ftypheic'])
    return [small.type, seen.width, seen.height, (await smallPhoto(heic)) === heic]
}"""


PHOTOGRAPH = """async () => {
    const {smallPhoto} = await import("/static/js/pad/photo.js")
    const taken = Object.assign(document.createElement('canvas'), {width: 800, height: 600})
    const brush = taken.getContext('2d')
    brush.fillStyle = '#b9b4aa'
    brush.fillRect(0, 0, 800, 600)
    const body = await smallPhoto(await new Promise(done => taken.toBlob(done, 'image/png')))
    document.querySelector('drawing-board').dispatchEvent(new CustomEvent('made', {
        bubbles: true, detail: {kind: 'drawing', body, type: 'image/jpeg'}}))
}"""
WIDE = "document.querySelector('[data-part=picture]').naturalWidth"


def test_the_corners_of_a_photographed_sheet_are_chosen_by_hand(
    visit: Visit, screen: Screen, faults_of: Callable[[Page], list[str]]
) -> None:
    """Where no edges are found it is said; rings go to the corners, and the rest goes away."""
    page = visit()
    assert page.evaluate(SHRINK) == ["image/jpeg", 2400, 1800, True]  # small before it is sent
    page.locator(".door--draw").click()
    settle(page)
    page.evaluate(PHOTOGRAPH)
    screen(page, "preview")
    expect(page.get_by_text("We found no edges of a sheet")).to_be_visible()
    page.wait_for_function(f"{WIDE} === 800")
    choose = page.get_by_role("button", name="Choose its corners yourself")
    choose.click()
    screen(page, "corners")
    page.get_by_role("button", name="Back").click()
    screen(page, "preview")
    choose.click()
    screen(page, "corners")
    assert faults_of(page) == []
    photograph = box_of(page.locator("paper-corners img"))
    ring = box_of(page.get_by_role("button", name="Corner at the top left"))
    x, y = ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + photograph["width"] * 0.24, y + photograph["height"] * 0.2, steps=3)
    page.mouse.up()
    page.get_by_role("button", name="Corner at the bottom left").focus()
    for _step in range(5):
        page.keyboard.press("Shift+ArrowRight")
    with page.expect_request("**/api/drafts?corners=*") as sent:
        page.get_by_role("button", name="Cut it out").click()
    screen(page, "preview")
    expect(page.get_by_text("cut out at the corners that you chose")).to_be_visible()
    expect(page.get_by_text("This is the sheet that we saw")).to_be_hidden()
    page.wait_for_function(f"0 < {WIDE} && {WIDE} < 600")
    corners = [
        float(each) for each in parse_qs(urlsplit(sent.value.url).query)["corners"][0].split(",")
    ]
    assert corners == pytest.approx([0.3, 0.26, 0.94, 0.06, 0.94, 0.94, 0.31, 0.94], abs=0.02)
