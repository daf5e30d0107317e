"""Drawing: by mouse, finger and keyboard; only pixels leave, and covers cover."""

import base64
import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from tests.support.settled import settle

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
    assert (picture.format, picture.size) == ("PNG", (1280, 960))
    assert 270 < dark_rows(body)[0] < 310
    screen(page, "preview")
    page.get_by_role("button", name="Keep").click()
    screen(page, "kept")


def test_undo_redo_eraser_and_clear_do_what_they_say(visit: Visit) -> None:
    page = visit()
    page.locator(".door--draw").click()
    done = page.get_by_role("button", name="Done")
    expect(done).to_be_disabled()
    line(page, at=0.3)
    line(page, at=0.6)
    both = dark_rows(sheet(page))
    page.get_by_role("button", name="Undo", exact=True).click()
    assert max(dark_rows(sheet(page))) < 400
    page.get_by_role("button", name="Redo").click()
    assert dark_rows(sheet(page)) == both
    page.get_by_role("button", name="Clear the sheet").click()
    assert dark_rows(sheet(page)) == []
    expect(done).to_be_disabled()
    page.get_by_role("button", name="Undo", exact=True).click()
    assert dark_rows(sheet(page)) == both
    page.get_by_role("button", name="Eraser").click()
    line(page, at=0.6)
    assert max(dark_rows(sheet(page))) < 400
    page.keyboard.press("Control+z")
    assert dark_rows(sheet(page)) == both


def test_a_finger_draws_and_a_cancelled_touch_ends_its_stroke(visit: Visit) -> None:
    page = visit(has_touch=True, viewport={"width": 800, "height": 1280})
    page.locator(".door--draw").tap()
    settle(page)
    box = box_of(page.locator("drawing-board canvas"))
    touch = page.context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        spots = [
            {"x": box["x"] + box["width"] * x, "y": box["y"] + box["height"] * y, "force": 0.6}
            for x, y in points
        ]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})

    send("touchStart", (0.2, 0.5))
    for step in range(1, 8):
        send("touchMove", (0.2 + step * 0.08, 0.5))
    send("touchCancel")
    rows = dark_rows(sheet(page))
    assert rows
    assert abs(rows[0] - 480) < 30
    assert page.evaluate("scrollY") == 0
    send("touchStart", (0.2, 0.8))
    send("touchMove", (0.6, 0.8))
    send("touchEnd")
    page.get_by_role("button", name="Undo", exact=True).tap()
    expect(page.get_by_role("button", name="Redo")).to_be_enabled()
    assert dark_rows(sheet(page)) == rows


def test_a_pinch_or_a_hand_that_rests_is_no_stroke(visit: Visit) -> None:
    page = visit(has_touch=True, viewport={"width": 800, "height": 1280})
    page.locator(".door--draw").tap()
    settle(page)
    box = box_of(page.locator("drawing-board canvas"))
    touch = page.context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float, float]) -> None:
        spots = [
            {
                "x": box["x"] + box["width"] * x,
                "y": box["y"] + box["height"] * y,
                "radiusX": radius,
                "radiusY": radius,
                "id": number,
            }
            for number, (x, y, radius) in enumerate(points)
        ]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})

    send("touchStart", (0.4, 0.5, 8))
    send("touchStart", (0.4, 0.5, 8), (0.6, 0.5, 8))
    for step in range(1, 6):
        send("touchMove", (0.4 - step * 0.05, 0.5, 8), (0.6 + step * 0.05, 0.5, 8))
    send("touchEnd")
    send("touchStart", (0.5, 0.7, 50))
    send("touchMove", (0.6, 0.7, 50))
    send("touchEnd")
    assert dark_rows(sheet(page)) == []
    send("touchStart", (0.2, 0.8, 8))
    send("touchMove", (0.6, 0.8, 8))
    send("touchEnd")
    assert dark_rows(sheet(page))


def test_covers_go_on_by_drag_and_by_keyboard_and_come_off_again(
    visit: Visit, screen: Screen
) -> None:
    page = visit()
    page.locator(".door--draw").click()
    line(page)
    page.get_by_role("button", name="Done").click()
    screen(page, "preview")
    settle(page)
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
    with page.expect_request("**/keep") as kept:
        page.get_by_role("button", name="Keep").click()
    dragged, placed = kept.value.post_data_json["covered"][before:]
    assert dragged == pytest.approx([320, 240, 320, 240], abs=4)
    assert placed == [496, 436, 336, 136]
    screen(page, "kept")


def test_a_cover_is_taken_off_by_a_touch_or_delete(visit: Visit, screen: Screen) -> None:
    page = visit()
    page.locator(".door--draw").click()
    line(page)
    page.get_by_role("button", name="Done").click()
    screen(page, "preview")
    before = page.locator(".cover").count()
    page.get_by_role("button", name="Add a cover").click()
    page.keyboard.press("Delete")
    assert page.locator(".cover").count() == before
    page.get_by_role("button", name="Add a cover").click()
    page.locator(".cover").last.click()
    assert page.locator(".cover").count() == before


def test_who_cannot_draw_can_describe_it(visit: Visit, screen: Screen) -> None:
    page = visit()
    page.locator(".door--draw").click()
    page.get_by_role("button", name="Describe it in words instead").click()
    screen(page, "write")


def test_while_a_drawing_is_read_one_sentence_says_so(visit: Visit, screen: Screen) -> None:
    """Shown on the sheet and said to a screen reader, until the answer comes, whichever."""
    page = visit(expects_errors=True)
    page.locator(".door--draw").click()
    said = page.locator("drawing-board").get_by_role("status").filter(has_text="Looking for names")
    line(page)
    waiting: list[Route] = []

    def wait(route: Route) -> None:
        waiting.append(route)

    page.route("**/api/drafts", wait)
    page.get_by_role("button", name="Done").click()
    expect(said).to_be_visible()
    expect(said).to_have_text("Looking for names in your drawing …")
    waiting.pop().fulfill(status=422, json={"detail": "We cannot read this drawing."})
    expect(page.get_by_role("alert").filter(has_text="We cannot read")).to_be_visible()
    expect(said).to_have_count(0)
    page.get_by_role("button", name="Done").click()
    expect(said).to_be_visible()
    waiting.pop().continue_()
    screen(page, "preview")
    expect(page.get_by_text("We found no names or details")).to_be_visible()
    page.get_by_role("button", name="Change it").click()
    expect(said).to_have_count(0)


def test_who_leaves_while_it_is_read_finds_a_quiet_sheet(visit: Visit, screen: Screen) -> None:
    page = visit(expects_errors=True)
    page.locator(".door--draw").click()
    line(page)
    page.route("**/api/drafts", lambda _route: None)
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("Looking for names in your drawing")).to_be_visible()
    page.get_by_role("button", name="Back").click()
    page.get_by_role("button", name="Yes, forget it").click()
    screen(page, "start")
    page.locator(".door--draw").click()
    expect(page.get_by_text("Looking for names in your drawing")).to_have_count(0)
