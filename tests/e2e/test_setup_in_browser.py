"""First start, as whoever sets the kiosk up meets it: by keyboard alone, in each size, with axe."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.places import PASSPHRASE
from tests.support.running import Running, running

Faults = Callable[[Page], list[str]]
LOOKS: dict[str, dict[str, Any]] = {
    "tablet": {"viewport": {"width": 1280, "height": 800}},
    "tall": {"viewport": {"width": 800, "height": 1280}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "contrast": "more"},
}


def type_and_enter(page: Page, *values: str) -> None:
    """Fill the fields in their order, from the focused one on, and send the form; no mouse."""
    for number, value in enumerate(values):
        if number:
            page.keyboard.press("Tab")
        page.keyboard.type(value)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("look", LOOKS)
def test_set_up_by_keyboard_alone(browser: Browser, faults_of: Faults, tmp_path: Path, look: str):
    context = browser.new_context(**LOOKS[look])
    page = context.new_page()
    with running(tmp_path / "data", "--first") as kiosk:
        page.goto(kiosk.url)
        assert faults_of(page) == []
        type_and_enter(page, kiosk.code)

        expect(page.get_by_role("heading", level=1)).to_have_text("Choose a passphrase")
        page.locator("#name").focus()
        page.keyboard.type("Ada")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSPHRASE)
        expect(page.locator(".strength output")).to_contain_text("strong")
        page.keyboard.press("Tab")  # show what I type
        page.keyboard.press("Tab")
        page.keyboard.type(PASSPHRASE)
        assert faults_of(page) == []
        page.keyboard.press("Enter")

        expect(page.locator(".recovery__code")).to_be_visible(timeout=60_000)
        assert faults_of(page) == []
        page.get_by_role("link", name="I have it on paper").press("Enter")

        page.locator("#title").focus()
        page.keyboard.type("Autumn")
        page.locator("#readers").focus()
        page.keyboard.type("Two members of the works council")
        assert faults_of(page) == []
        page.keyboard.press("Enter")

        expect(page.get_by_role("heading", level=1)).to_have_text("Let it understand speech")
        assert faults_of(page) == []
        page.get_by_role("link", name="Not now").press("Enter")
        expect(page.get_by_role("heading", name="What should we know?")).to_be_visible()
    context.close()


def test_a_wrong_code_is_explained_beside_its_field(
    browser: Browser, faults_of: Faults, tmp_path: Path
):
    context = browser.new_context()
    page = context.new_page()
    with running(tmp_path / "data", "--first") as kiosk:
        page.goto(kiosk.url)
        type_and_enter(page, "AAAA-AAAA")
        expect(page.locator("#code-error")).to_contain_text("terminal")
        assert page.locator("#code").get_attribute("aria-invalid") == "true"
        assert faults_of(page) == []
    context.close()


def ready_to_make_the_keys(page: Page, kiosk: Running) -> Locator:
    """Go as far as the button that makes the keys, and return it."""
    page.goto(kiosk.url)
    type_and_enter(page, kiosk.code)
    page.get_by_label("Your name").fill("Ada")
    for field in page.locator("input[type=password]").all():
        field.fill(PASSPHRASE)
    return page.get_by_role("button", name="Make the keys")


def test_a_second_touch_does_not_cost_the_recovery_code(browser: Browser, tmp_path: Path):
    """Making the keys is slow on purpose; whoever touches again meanwhile still sees the code."""
    context = browser.new_context()
    page = context.new_page()
    with running(tmp_path / "data", "--first") as kiosk:
        make = ready_to_make_the_keys(page, kiosk)
        make.scroll_into_view_if_needed()
        box = make.bounding_box() or {}
        for _touch in range(2):
            page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            page.wait_for_timeout(120)
        expect(page.locator(".recovery__code")).to_be_visible(timeout=60_000)
    context.close()


def test_set_up_goes_on_after_a_reload(browser: Browser, tmp_path: Path):
    """Whoever reloads the recovery code meets the next step, not a kiosk without a gathering."""
    context = browser.new_context()
    page = context.new_page()
    with running(tmp_path / "data", "--first") as kiosk:
        ready_to_make_the_keys(page, kiosk).click()
        expect(page.locator(".recovery__code")).to_be_visible(timeout=60_000)
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text("Your first gathering")
        expect(page.get_by_text("You can make a new one later")).to_be_visible()
    context.close()
