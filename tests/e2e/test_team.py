"""Two boxes and a stick, in a browser: invite, join, contribute, pack, add, read together."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.support.places import PASSPHRASE
from tests.support.running import Running, init, running

Faults = Callable[[Page], list[str]]
LOOKS: tuple[tuple[tuple[int, int], dict[str, Any]], ...] = (
    ((1280, 800), {}),
    ((800, 1280), {"color_scheme": "dark"}),
    ((390, 844), {"contrast": "more"}),
)


def unlock(page: Page, kiosk: Running) -> None:
    page.goto(f"{kiosk.url}/review/")
    page.locator("input[name=passphrase]").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gatherings")


def saved(page: Page, button: str, path: Path) -> Path:
    """Press a button that makes a file; returns the file."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    download.value.save_as(path)
    return path


def keep(kiosk: Running, text: str) -> None:
    headers = {"Idempotency_Key": f"{text:x>20}", "Content_Type": "text/plain"}
    assert kiosk.call("POST", "/api/items", text.encode(), **headers)[0] == 201


def without_faults(page: Page, faults_of: Faults) -> None:
    """A page has none in three sizes, in the dark and with more contrast."""
    for (width, height), look in LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(**({"color_scheme": "light", "contrast": "no-preference"} | look))
        assert faults_of(page) == []


def open_boxes(page: Page, home: Running) -> None:
    """Go to the page of the other boxes, at a desk that is unlocked."""
    page.goto(f"{home.url}/review/")
    page.locator(".list__main a").first.click()
    page.get_by_role("link", name="Other boxes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Other boxes")


def join(page: Page, box: Running, invitation: Path, sign: str, faults_of: Faults) -> str:
    """Let a box that nobody has set up join, in its browser; returns the code to pack with."""
    page.goto(box.url)
    page.locator("#code").fill(box.code)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Does this box belong to a team?").click()
    without_faults(page, faults_of)
    page.get_by_label("Invitation").set_input_files(invitation)
    page.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this your team?")
    expect(page.locator(".recovery__code")).to_have_text(sign)
    without_faults(page, faults_of)
    page.get_by_role("button", name="Yes, collect for this team").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This box collects for your team")
    without_faults(page, faults_of)
    return page.locator(".recovery__code").inner_text()


def pack(page: Page, box: Running, code: str, target: Path, faults_of: Faults) -> Path:
    """Pack as who carries the stick does."""
    page.goto(f"{box.url}/review/")
    page.get_by_label("Code for who carries the stick").fill(code)
    without_faults(page, faults_of)
    page.keyboard.press("Enter")
    page.get_by_label("Yes, end it on this box").check()
    without_faults(page, faults_of)
    parcel = saved(page, "Pack it", target)
    expect(page.get_by_text("Only the home box can open it.")).to_be_visible()
    return parcel


def test_a_stick_carries_what_another_box_collected(
    browser: Browser, faults_of: Faults, tmp_path: Path
):
    init(tmp_path / "home")
    context = browser.new_context()
    page = context.new_page()
    with running(tmp_path / "home") as home, running(tmp_path / "box", "--first") as box:
        unlock(page, home)
        open_boxes(page, home)
        invitation = saved(page, "Save the invitation", tmp_path / "invitation")
        expect(page.get_by_text("Saved. Take it to the other boxes.")).to_be_visible()
        page.get_by_role("button", name="Show it as a square code").click()
        expect(page.get_by_role("img", name="The invitation as a square code")).to_be_visible()
        without_faults(page, faults_of)
        sign = page.locator(".recovery__code").inner_text()

        code = join(page, box, invitation, sign, faults_of)
        for text in ("The hall is cold.", "No light in the yard.", "The shift is too long."):
            keep(box, text)
        parcel = pack(page, box, code, tmp_path / "parcel", faults_of)

        open_boxes(page, home)
        for file, said in (
            (parcel, "Added. It is sealed with the others now."),
            (parcel, "This parcel was added before."),
            (invitation, "This is no parcel, or it is damaged."),
        ):
            page.get_by_label("Parcel", exact=True).set_input_files(file)
            page.get_by_role("button", name="Add the parcel").click()
            expect(page.get_by_text(said)).to_be_visible()
        without_faults(page, faults_of)

        page.locator("main p a").first.click()
        page.get_by_role("link", name="Close the gathering").click()
        page.locator("main form button[type=submit]").click()
        page.get_by_role("button", name="All parcels are here: release it").click()
        page.get_by_role("link", name="Read", exact=True).click()
        expect(page.get_by_text("1 of 3").first).to_be_visible()
    context.close()
