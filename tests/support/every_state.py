"""Every state of the visitor's page, in any language: a walk that goes by what buttons do."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.support.settled import draw_a_line, settle

Look = Callable[[str], None]
Screen = Callable[[Page, str], None]


def every_state(page: Page, screen: Screen, look: Look) -> None:
    """Walk through all states and look at each; `look` is told its name."""
    settle(page)
    look("start")
    for dialog in ("safe", "hiding"):
        opener = "[data-dialog=safe]" if dialog == "safe" else "[data-act=hide]"
        page.locator(opener).click()
        expect(page.locator(f"#{dialog}")).to_be_visible()
        settle(page)
        look(dialog)
        page.locator(f"#{dialog} [value=close]").click()
        settle(page)
    for name, button in (
        ("draw", ".door--draw"), ("write", ".door--write"), ("quiet", "[data-go=quiet]"),
        ("more", "[data-feel=tired]"), ("receipt", "[data-go=receipt]"),
    ):  # fmt: skip
        page.locator(f"[data-screen=start] {button}").click()
        screen(page, name)
        if name == "quiet":
            expect(page.locator("[data-part=leave-silence]")).to_be_enabled()
        look(name)
        page.locator(f"[data-screen={name}] .screen__back").click()
        screen(page, "start")
    _speaking(page, screen, look)
    _written(page, screen, look)
    _drawn(page, screen, look)


def _speaking(page: Page, screen: Screen, look: Look) -> None:
    page.locator(".door--speak").click()
    screen(page, "speak")
    look("speak")
    page.locator("[data-act=record]").click()
    expect(page.locator("memo-recorder [data-act=pause]")).to_be_visible()
    look("recording")
    page.locator("memo-recorder [data-act=pause]").click()
    settle(page)
    expect(page.locator("memo-recorder [data-act=delete]")).to_be_visible()
    look("paused")
    page.locator("memo-recorder [data-act=delete]").click()
    expect(page.locator("#sure")).to_be_visible()
    settle(page)
    look("sure to delete")
    page.locator("#sure [value=yes]").click()
    settle(page)
    look("deleted")
    page.locator("[data-screen=speak] .screen__back").click()
    screen(page, "start")


def _written(page: Page, screen: Screen, look: Look) -> None:
    page.locator(".door--write").click()
    screen(page, "write")
    page.locator("#note").fill("Ask anna@example.org on Monday why the night shift is short.")
    page.locator("[data-screen=write] [data-act=done]").click()
    screen(page, "preview")
    page.locator(".word:not(.placeholder)").first.click()
    look("struck")
    page.locator(".word.placeholder").click()
    expect(page.locator("[data-act=bring-back]")).to_be_visible()
    look("asked of a detail")
    page.locator("[data-act=keep]").click()
    screen(page, "kept")
    look("kept")
    page.locator("[data-act=stay]").click()
    look("staying")
    page.locator("[data-act=take-back]").click()
    expect(page.locator("#sure")).to_be_visible()
    settle(page)
    look("sure to take back")
    page.locator("#sure [value=no]").click()
    settle(page)
    page.locator("[data-screen=kept] [data-act=finish]").first.click()
    screen(page, "start")


def _drawn(page: Page, screen: Screen, look: Look) -> None:
    page.locator(".door--draw").click()
    screen(page, "draw")
    draw_a_line(page)
    page.locator("[data-screen=draw] [data-act=done]").click()
    screen(page, "preview")
    page.locator("[data-act=cover]").click()
    look("covered")
    page.locator("[data-screen=preview] [data-act=forget]").click()
    expect(page.locator("#sure")).to_be_visible()
    settle(page)
    look("sure to forget")
    page.locator("#sure [value=yes]").click()
    screen(page, "forgotten")
    look("forgotten")
