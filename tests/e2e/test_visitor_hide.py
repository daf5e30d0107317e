"""Somebody comes: out of sight at once, unheard, and back for who knows how, else forgotten."""

import io
from collections.abc import Callable

import numpy as np
from PIL import Image
from playwright.sync_api import Page, expect

from tests.support.settled import draft_answer, drafted, new_document, settle, until_forgotten

Visit = Callable[..., Page]
Screen = Callable[[Page, str], None]
SECRET = "The night shift is never asked."


def write(page: Page, screen: Screen) -> None:
    page.locator(".door--write").click()
    page.get_by_label("What you want to say").fill(SECRET)
    page.get_by_role("button", name="Done").click()
    screen(page, "preview")


def picture(page: Page) -> bytes:
    """The screen without a pointer over anything, with its letters loaded."""
    page.mouse.move(5, 500)
    page.evaluate("document.fonts.ready.then(() => document.activeElement.blur())")
    page.wait_for_timeout(500)
    return page.screenshot()


def can_be_told_apart(one: bytes, other: bytes) -> bool:
    """Whether an eye sees a difference; edges painted anew may differ by 3 of 255."""
    first, second = (np.asarray(Image.open(io.BytesIO(each)), np.int16) for each in (one, other))
    return bool(np.abs(first - second).max() > 8)


def hold_the_sign(page: Page, *, ms: int) -> None:
    box = page.locator(".brand").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.wait_for_timeout(ms)
    page.mouse.up()


def test_hide_looks_like_an_idle_kiosk_and_holding_the_sign_comes_back(
    visit: Visit, screen: Screen
) -> None:
    page = visit()
    settle(page)
    idle = picture(page)
    write(page, screen)
    page.locator(".word", has_text="night").click()
    assert can_be_told_apart(picture(page), idle)
    place = page.get_by_role("button", name="Hide").bounding_box()
    page.get_by_role("button", name="Hide").click()
    screen(page, "start")
    assert SECRET.rsplit(maxsplit=1)[-1] not in page.locator("main").inner_text()
    assert not can_be_told_apart(picture(page), idle)
    assert page.get_by_role("button", name="Hide").bounding_box() == place
    hold_the_sign(page, ms=600)
    page.wait_for_timeout(300)
    screen(page, "start")
    hold_the_sign(page, ms=2300)
    screen(page, "preview")
    assert page.locator(".word[aria-pressed=true]").all_inner_texts() == ["night"]


def test_whoever_touches_a_hidden_screen_finds_an_empty_one(visit: Visit, screen: Screen) -> None:
    page = visit(expects_errors=True)
    with page.expect_response("**/api/drafts") as made:
        write(page, screen)
    draft = drafted(made.value)
    assert draft_answer(page, draft) == 200
    page.evaluate("planted = 1")
    page.get_by_role("button", name="Hide").click()
    settle(page)
    page.locator(".door--write").click()
    new_document(page)
    screen(page, "start")
    assert SECRET not in page.content()
    until_forgotten(page, draft)


def test_hide_stops_the_microphone(visit: Visit, screen: Screen) -> None:
    page = visit()
    page.locator(".door--speak").click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("Listening.")).to_be_visible()
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Hide").click()
    screen(page, "start")
    assert page.locator("memo-recorder").get_attribute("data-state") == "paused"
    hold_the_sign(page, ms=2300)
    screen(page, "speak")
    expect(page.get_by_role("button", name="Go on")).to_be_visible()


def test_back_stops_the_microphone_and_is_out_of_sight_before_it_asks(
    visit: Visit, screen: Screen
) -> None:
    page = visit()
    page.locator(".door--speak").click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("Listening.")).to_be_visible()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("alertdialog")).to_be_visible()
    assert page.locator("memo-recorder").get_attribute("data-state") == "paused"
    expect(page.locator("memo-recorder")).to_be_hidden()
    page.get_by_role("button", name="Not yet").click()
    screen(page, "speak")


def test_a_hidden_screen_is_forgotten_after_a_minute(visit: Visit, screen: Screen) -> None:
    page = visit()
    page.clock.install()
    page.reload()
    write(page, screen)
    page.evaluate("planted = 1")
    page.get_by_role("button", name="Hide").click()
    page.clock.run_for(61_000)
    new_document(page)
    assert SECRET not in page.content()


def test_the_way_back_is_told_before_it_is_needed(visit: Visit, screen: Screen) -> None:
    page = visit()
    page.get_by_role("button", name="Hide").click()
    dialog = page.get_by_role("dialog", name="Hide, and come back")
    expect(dialog.get_by_text("hold this sign at the top for two seconds")).to_be_visible()
    page.get_by_role("button", name="I understand").click()
    for door in ("speak", "draw", "write"):
        page.locator(f".door--{door}").click()
        expect(page.get_by_text("To come back, hold the sign for two seconds.")).to_be_visible()
        page.locator(f"[data-screen={door}] .screen__back").click()
