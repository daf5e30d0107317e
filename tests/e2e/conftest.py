"""A real kiosk and a real Chromium, whose microphone hears a real sentence.

No window may write to its console, ask another host or break the content policy: `visit` checks it
for every test. Without Chromium these tests are skipped.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.support.microphone_file import CHROMIUM, arguments, microphone_file
from tests.support.places import MICRO
from tests.support.running import Running, init, running

pytest.importorskip("playwright", reason="needs playwright")
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

HERE = Path(__file__).parent
expect.set_options(timeout=60_000)  # ms; a machine that does much else at once is slow, not wrong


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="needs chromium"))


@pytest.fixture(scope="session")
def spoken_wav(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return microphone_file(tmp_path_factory.mktemp("microphone") / "spoken.wav")


@pytest.fixture(scope="session")
def browser(engine: Playwright, spoken_wav: Path) -> Iterator[Browser]:
    chromium = engine.chromium.launch(executable_path=CHROMIUM, args=arguments(spoken_wav))
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def start_kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Running]]:
    """Starts a kiosk of its own with the given settings; all stop at the end of the tests."""
    with ExitStack() as stack:

        def start(*arguments: str | Path, settings: str = "") -> Running:
            data_dir = tmp_path_factory.mktemp("kiosk") / "data"
            init(data_dir)
            if settings:
                (data_dir / "settings.toml").write_text(settings, encoding="utf-8")
            return stack.enter_context(running(data_dir, *arguments))

        yield start


@pytest.fixture(scope="session")
def kiosk(start_kiosk: Callable[..., Running]) -> Running:
    """One kiosk with the sample model, shared by the tests that need no other."""
    return start_kiosk("--model", MICRO)


@pytest.fixture
def visit(browser: Browser, kiosk: Running) -> Iterator[Callable[..., Page]]:
    """Opens the visitor's page in a fresh window; whatever it complains about fails the test.

    `microphone=False` refuses the microphone, `expects_errors=True` allows failed requests.
    """
    complaints: list[str] = []
    with ExitStack() as stack:

        def open_page(
            *,
            url: str = kiosk.url,
            microphone: bool = True,
            expects_errors: bool = False,
            path: str = "/",
            **options: Any,
        ) -> Page:
            context: BrowserContext = browser.new_context(
                **{
                    "viewport": {"width": 1280, "height": 800},
                    "locale": "en-GB",
                    "reduced_motion": "reduce",  # nothing moves while it is measured
                    **options,
                }
            )
            stack.callback(context.close)
            if microphone:
                context.grant_permissions(["microphone"], origin=url)
            page = context.new_page()
            page.set_default_timeout(60_000)

            def note(message: Any) -> None:
                is_failed_request = "Failed to load resource" in message.text
                if message.type in {"error", "warning"} and not (
                    expects_errors and is_failed_request
                ):
                    complaints.append(message.text)

            def asked(request: Any) -> None:
                if not request.url.startswith((url, "blob:", "data:")):
                    complaints.append(f"asked {request.url}")

            page.on("console", note)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("request", asked)
            page.goto(url + path)
            page.locator("visit-flow:defined").wait_for(state="attached")
            return page

        yield open_page
    assert complaints == []


# A colour that is fading would be measured half way: wait for what ends by itself, and ends soon.
AT_REST = """async () => {
  const ends = each => each.timeline === document.timeline && each.playState === "running"
    && each.effect.getComputedTiming().endTime - each.currentTime < 2000
  for (;;) {
    for (const _frame of "12") await new Promise(requestAnimationFrame)
    const moving = document.getAnimations().filter(ends)
    if (!moving.length && !document.body.hasAttribute("data-still")) return
    await Promise.all(moving.map(each => each.finished.catch(() => null)))
  }
}"""
# Of what is in order its report would be six times as long, and take as long as all the rest.
FAULTS = "axe.run({preload: false, resultTypes: ['violations']}).then(found => found.violations)"


@pytest.fixture(scope="session")
def faults_of() -> Callable[[Page], list[str]]:
    """What axe finds wrong with what a page shows now."""
    axe = Axe()

    def look(page: Page) -> list[str]:
        page.evaluate(AT_REST)
        if page.evaluate("typeof axe === 'undefined'"):
            page.evaluate(axe.axe_script)
        found = page.evaluate(FAULTS)
        return [f"{each['id']}: {[node['html'][:120] for node in each['nodes']]}" for each in found]

    return look


@pytest.fixture
def screen() -> Callable[[Page, str], None]:
    """Waits until the page shows one screen, and that one only."""

    def shows(page: Page, name: str) -> None:
        expect(page.locator(f'section[data-screen="{name}"]')).to_be_visible(timeout=60_000)
        expect(page.locator("section[data-screen]:visible")).to_have_count(
            1
        )  # not between two pages
        expect(page.locator("body[data-still]")).to_have_count(0)  # touches and keys count again

    return shows
