"""A browser's own files: typed words must not reach them, sent or not."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.support.byte_search import files_holding
from tests.support.microphone_file import CHROMIUM
from tests.support.running import Running

TYPED = "marmalade thunder on the rota"
PLANTED = "a planted word the search must find"


def test_typed_words_are_in_no_file_of_the_browser(
    browser: Browser, kiosk: Running, tmp_path: Path
) -> None:
    """Form memory, session restore, cache: searched after a real visit in a real profile.

    A word put into local storage on purpose shows that the search would have found one.
    """
    chromium = browser.browser_type
    profile = tmp_path / "profile"
    with chromium.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=["--no-sandbox"], locale="en-GB"
    ) as context:
        page = context.new_page()
        page.goto(kiosk.url)
        page.evaluate("words => localStorage.setItem('planted', words)", PLANTED)
        page.locator(".door--write").click()
        page.get_by_label("What you want to say").fill(TYPED)
        page.get_by_role("button", name="Done").click()
        page.locator('section[data-screen="preview"]').wait_for()
        page.get_by_role("button", name="Keep").click()
        page.locator('section[data-screen="kept"]').wait_for()
        page.get_by_role("button", name="Finish").click()
        page.locator(".door--write").click()
        page.get_by_label("What you want to say").fill(TYPED)  # and left unsent
        page.wait_for_timeout(1500)
    assert files_holding(profile, PLANTED)
    assert files_holding(profile, TYPED) == []
