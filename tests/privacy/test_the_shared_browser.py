"""What the next person, or whoever takes the tablet, finds in its browser.

The browser is a real one with an ordinary profile that it keeps: the worst case. The same profile
also visits a careless page, so each search finds there what it must not find of ours.
"""

import contextlib
import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kiosk.static_files import version
from tests.support.byte_search import files_holding
from tests.support.places import PASSPHRASE
from tests.support.settled import settle

pytest.importorskip("playwright", reason="needs playwright")
from playwright.sync_api import Page, Playwright, Request, expect

from .careless import careless_site
from .chromium import CHROMIUM, chromium, documented_switches
from .conftest import HOSTILE, Used

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="needs chromium"),
]

SENT_CARELESSLY, LEFT_CARELESSLY = "marmalade cupboard squeaks", "walrus parking is unfair"
KEPT, STRUCK, UNSENT = "heating vanishes overnight", "zeppelin", "nobody answers letters"
NOTED, LABELLED = "ask about insulation", "cold mornings"
OURS = (KEPT, STRUCK, UNSENT, NOTED, LABELLED, PASSPHRASE)


@dataclass
class Left:
    """A profile after the browser has been quit, and where it has been."""

    profile: Path
    ours: str
    careless: str
    receipt: str


@dataclass
class Sent:
    """One request, as it left the page."""

    url: str
    headers: dict[str, str]
    body: bytes


def visit_carelessly(page: Page, url: str) -> None:
    page.goto(f"{url}/item/17")
    page.locator("textarea").press_sequentially(SENT_CARELESSLY)
    page.locator("input").press_sequentially("cupboard")
    page.get_by_role("button").click()
    page.goto(f"{url}/item/18")
    page.locator("textarea").press_sequentially(LEFT_CARELESSLY)


def visit_us(page: Page, url: str) -> str:
    """Keep a note less one word, look its receipt up, and leave another note half written."""
    page.goto(url)
    page.locator(".door--write").click()
    page.get_by_label("What you want to say").press_sequentially(f"{KEPT} {STRUCK}")
    page.get_by_role("button", name="Done").click()
    page.locator(".word", has_text=STRUCK).click()
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(".kept__words")).not_to_be_empty()
    receipt = " ".join(page.locator(".kept__words").inner_text().split())
    assert receipt.count(" ") == 3
    page.get_by_role("button", name="Finish").click()
    page.locator(".door--write").click()
    page.get_by_label("What you want to say").press_sequentially(UNSENT)
    return receipt


def visit_the_desk(page: Page, used: Used) -> None:
    """Unlock, label an item, and leave a note on it half written."""
    page.goto(f"{used.kiosk.url}/review/")
    page.get_by_label("Passphrase").press_sequentially(PASSPHRASE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Gatherings", exact=True)).to_be_visible()
    page.goto(f"{used.kiosk.url}/review/gatherings/{used.released}/read")
    page.locator("#add").press_sequentially(LABELLED)
    page.get_by_role("button", name="Change labels").click()
    page.locator("textarea[name=note]").press_sequentially(NOTED)


@pytest.fixture(scope="module")
def left(
    engine: Playwright, used: Used, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Left]:
    profile = tmp_path_factory.mktemp("profile")
    with careless_site() as careless:
        with chromium(engine, profile) as page:
            visit_carelessly(page, careless)
            receipt = visit_us(page.context.new_page(), used.kiosk.url)
            visit_the_desk(page.context.new_page(), used)
            page.wait_for_timeout(3_000)  # it writes its session down every few seconds
        yield Left(profile, used.kiosk.url, careless, receipt)


def test_typed_words_sent_or_not_are_in_no_file_of_the_profile(left: Left):
    """Autofill, session restore, cache and history keep what careless pages are told."""
    assert files_holding(left.profile, SENT_CARELESSLY)
    assert files_holding(left.profile, LEFT_CARELESSLY)
    assert files_holding(left.profile, *OURS, left.receipt) == []


def test_history_knows_one_address_for_all_visitors(left: Left):
    """Each address has the second of its visit beside it; so no address may tell an act."""
    assert f"{left.careless}/item/17" in visited(left.profile)
    ours = {url.removeprefix(left.ours) for url in visited(left.profile) if left.ours in url}
    assert {path for path in ours if not path.startswith("/review")} == {"/"}


def visited(profile: Path) -> set[str]:
    with contextlib.closing(sqlite3.connect(profile / "Default" / "History")) as history:
        return {url for (url,) in history.execute("SELECT url FROM urls")}


def test_no_answer_of_ours_is_cached(left: Left):
    """Only the code of the desk is, by its version, which is the same for everybody."""
    answers = left.profile / "Default" / "Cache"
    assert cached(answers, left.careless)
    ours = cached(answers, left.ours)
    assert any("/js/desk/keys.js" in path for path in ours)
    assert {path for path in ours if not path.startswith(f"/static/{version()}/")} == set()
    assert {path for path in ours if "/js/visit/" in path} == set()


def cached(answers: Path, site: str) -> set[str]:
    """The addresses at a site that the cache names anywhere; each must stand there in the clear.

    What follows an address there without a gap comes along.
    """
    address = re.compile(re.escape(site.encode()) + rb"([!-~]*)")
    found: set[str] = set()
    for path in files_holding(answers, site):
        named = address.findall(path.read_bytes())
        assert named, path
        found |= {each.decode("ascii") for each in named}
    return found


@pytest.fixture(scope="module")
def guided(
    engine: Playwright, used: Used, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[Sent]]:
    """A profile after a visit as the guide starts the browser, and all that the page sent."""
    profile = tmp_path_factory.mktemp("guided")
    asked: list[Request] = []
    with chromium(engine, profile, *documented_switches()) as page:
        page.on("request", lambda request: asked.append(request))  # noqa: PLW0108  # it marks them
        visit_us(page, used.kiosk.url)
        page.goto(used.kiosk.url)
        draw(page)
        page.wait_for_timeout(3_000)
        sent = [Sent(each.url, each.headers, each.post_data_buffer or b"") for each in asked]
    return profile, sent


def draw(page: Page) -> None:
    """Draw a line, slowly at first, and keep the drawing."""
    page.locator(".door--draw").click()
    settle(page)
    canvas = page.locator("drawing-board canvas").last
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 90, steps=30)
    page.mouse.up()
    page.locator("[data-screen=draw]").get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Keep").click()
    page.locator('section[data-screen="kept"]').wait_for()


def test_as_the_guide_starts_it_the_browser_does_not_even_know_that_we_were_visited(
    used: Used, guided: tuple[Path, list[Sent]]
):
    profile, _sent = guided
    assert files_holding(profile, "chromium", "Chromium")  # the search reads its files
    address = used.kiosk.url.removeprefix("http://")
    assert files_holding(profile, *OURS, address) == []


MAY_BE_SAID = {"struck", "covered", "uncovered", "feeling", "question", "words", "promise"}
OUR_HEADERS = {"x-promise", "x-recorded-seconds", "x-visit"}


def test_of_a_drawing_the_picture_is_sent_and_nothing_of_the_hand(
    guided: tuple[Path, list[Sent]],
):
    """No stroke, no pressure, no size of the screen: neither in a body nor in a header."""
    _profile, sent = guided
    posts = [each for each in sent if "content-type" in each.headers]
    assert {each.headers["content-type"].split(";")[0] for each in posts} == {
        "text/plain", "image/png", "application/json",
    }  # fmt: skip
    said = [json.loads(each.body) for each in posts if each.body.startswith(b"{")]
    assert {"struck"} <= {name for each in said for name in each} <= MAY_BE_SAID
    pictures = [each for each in posts if each.headers["content-type"] == "image/png"]
    assert [urlsplit(each.url).path for each in pictures] == ["/api/drafts"]
    ours = {name for each in sent for name in each.headers if name.startswith("x-")}
    assert ours <= OUR_HEADERS
    visits = {each.headers["x-visit"] for each in posts}
    assert len(visits) == 2  # each page drew its own lot, so nothing leads from one to the other
    assert all(re.fullmatch("[0-9a-f]{32}", each) for each in visits)
    assert len({each.headers["x-promise"] for each in posts}) == 1  # the same for everybody
    assert not {each.url for each in sent if "?" in each.url}


def test_markup_never_runs_at_the_kiosk_or_at_the_desk(
    engine: Playwright, used: Used, tmp_path: Path
):
    """A note could attack whoever reads it; the same markup does run on a careless page."""
    with careless_site() as careless, chromium(engine, tmp_path / "profile", "--incognito") as page:
        page.goto(careless)
        insert(page)
        expect(page).to_have_title("RUN")
        page.goto(used.kiosk.url)
        page.locator(".door--write").click()
        page.get_by_label("What you want to say").fill(HOSTILE)
        page.get_by_role("button", name="Done").click()
        expect(page.locator("strike-words")).to_contain_text("document.title")
        page.wait_for_timeout(200)
        expect(page).not_to_have_title("RUN")
        insert(page)  # even if escaping failed, the policy would not let it run
        page.wait_for_timeout(200)
        expect(page).not_to_have_title("RUN")
        desk = f"{used.kiosk.url}/review/gatherings/{used.released}"
        page.goto(f"{used.kiosk.url}/review/")
        page.get_by_label("Passphrase").fill(PASSPHRASE)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Gatherings", exact=True)).to_be_visible()
        page.goto(f"{desk}/read")
        expect(page.locator("article")).to_contain_text("onerror")
        for path in ("/read", "/themes", "/export"):
            page.goto(desk + path)
            insert(page)
            page.wait_for_timeout(200)
            expect(page).not_to_have_title("RUN")


def insert(page: Page) -> None:
    """Put the markup into a page as a page that does not escape would."""
    page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", HOSTILE)
