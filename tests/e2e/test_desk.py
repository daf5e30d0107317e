"""The review desk in a real browser: by keyboard alone, without scripts, and left alone."""

import re
from collections.abc import Iterator

import numpy as np
import pytest

import store
from capture import drawing
from tests.support.desk_helpers import PAYLOADS, filled, new_gathering, today
from tests.support.places import PASSPHRASE
from tests.support.running import Running, running
from tests.support.settled import until_asked

pytest.importorskip("playwright")
from playwright.sync_api import Browser, Page, Route, expect

from store.items import Drawing, Note
from store.seals import derive

CHEAP = derive.Cost(passes=1, memory_bytes=8 << 20)


@pytest.fixture(scope="module")
def gatherings() -> dict[str, str]:
    return {}


@pytest.fixture(scope="module")
def desk_kiosk(tmp_path_factory, gatherings) -> Iterator[Running]:
    """A kiosk with one gathering of each state; its desk locks after a minute without use."""
    data_dir = tmp_path_factory.mktemp("desk") / "data"
    store.open(data_dir, receipt_cost=CHEAP)
    store.keys.set_up(PASSPHRASE, name="Ada", cost=CHEAP)
    for name in ("released", "keyboard", "plain", "cover", "turning"):
        gatherings[name] = filled(title=name).id
    notes = [Note(f"The lift is broken, floor {number}") for number in range(3)]
    gatherings["notes"] = filled(*notes, title="notes").id  # of which each can be covered
    sheet = Drawing(drawing.encode(np.full((960, 540, 3), 240, np.uint8)))
    gatherings["tall"] = filled(sheet, sheet, sheet, title="tall").id
    gatherings["small"] = new_gathering("small").id
    store.gatherings.close(gatherings["small"], today=today())
    gatherings["open"] = new_gathering("open").id
    store.close()
    (data_dir / "settings.toml").write_text("[desk]\ndesk_idle_minutes = 1\n", encoding="utf-8")
    with running(data_dir) as found:
        yield found


@pytest.fixture
def unlock(browser: Browser, desk_kiosk: Running):
    """Opens a window at the unlocked desk; whatever its console complains about fails the test."""
    complaints: list[str] = []
    contexts = []

    def open_desk(**options) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((desk_kiosk.url, "data:", "blob:"))
                else complaints.append(request.url)
            ),
        )
        page.goto(desk_kiosk.url + "/review/")
        page.get_by_label("Passphrase").fill(PASSPHRASE)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Gatherings", exact=True)).to_be_visible()
        return page

    yield open_desk
    for context in contexts:
        context.close()
    assert complaints == []


def go(page: Page, path: str) -> None:
    page.goto(page.url.split("/review")[0] + "/review/" + path)


def open_drawing(page: Page) -> None:
    """The drawing's own page, put in place or loaded anew; it may be what is shown already."""
    page.locator(".reader__body > *").first.evaluate("(shown) => { shown.dataset.old = '' }")
    page.locator(".desk-line", has_text=re.compile("Drawing|more light")).first.click()
    expect(page.locator("[data-old]")).to_have_count(0)
    expect(page.locator(".reader__drawing")).to_be_visible()


def pages_of(gatherings: dict[str, str]) -> list[str]:
    released = f"gatherings/{gatherings['released']}"
    return ["", "gatherings/new", "people/", "lists/", f"gatherings/{gatherings['open']}",
            f"gatherings/{gatherings['open']}/close", f"gatherings/{gatherings['small']}",
            released, f"{released}/read", f"{released}/themes", f"{released}/export",
            f"{released}/board/", f"{released}/purge"]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page_of_the_desk(unlock, gatherings, faults_of, scheme):
    """Whoever reviews with a screen reader or a keyboard can, by day and by night."""
    page = unlock(color_scheme=scheme)
    found = {}
    for path in pages_of(gatherings)[:: 1 if scheme == "light" else 4]:
        go(page, path)
        if faults := faults_of(page):
            found[path] = faults
    assert found == {}


ITEM_LOOKS = {
    "light": {"color_scheme": "light"},
    "dark, on a phone": {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}},
    "high contrast": {"forced_colors": "active", "viewport": {"width": 800, "height": 1280}},
}
PAGES_OF_AN_ITEM = {"Drawing": ("", "/large", "/cover"), "Note": ("", "/large", "/cover", "/part")}


@pytest.mark.parametrize("look", ITEM_LOOKS)
def test_axe_finds_nothing_on_any_page_of_an_item(unlock, gatherings, faults_of, look):
    """Read, large, covered, in part: a note and a drawing."""
    page = unlock(**ITEM_LOOKS[look])
    go(page, f"gatherings/{gatherings['released']}/read")
    found = {}
    for kind, ends in PAGES_OF_AN_ITEM.items():
        line = page.locator(".desk-line", has_text=kind).first.get_attribute("href")
        assert line
        for end in ends:
            answer = page.goto(page.url.split("/review")[0] + line + end)
            assert answer
            assert answer.ok, line + end
            if faults := faults_of(page):
                found[kind + end] = faults
        go(page, f"gatherings/{gatherings['released']}/read")
    assert found == {}


@pytest.mark.parametrize("size", [(800, 1280), (390, 844), (320, 640)])
def test_no_page_of_the_desk_is_wider_than_its_screen(unlock, gatherings, size):
    """On a phone nobody scrolls sideways to find a button."""
    page = unlock(viewport={"width": size[0], "height": size[1]})
    for path in pages_of(gatherings):
        go(page, path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def press(page: Page, *keys: str) -> None:
    """Press keys once the page listens to them."""
    page.locator("desk-keys:defined").wait_for(state="attached")
    for key in keys:
        page.keyboard.press(key)


def cover_everywhere(page: Page, faults_of) -> None:
    """Mark a word, see where it stands, confirm; in two looks, and on a phone."""
    press(page, "c")
    page.get_by_role("button", name="heating,", exact=True).press("Space")
    page.get_by_role("button", name="Find it everywhere").press("Enter")
    expect(page.get_by_role("group", name="They stand in 1 place")).to_be_visible()
    for look in ({"color_scheme": "dark"}, {"color_scheme": "light", "forced_colors": "active"}):
        page.emulate_media(**look)
        assert faults_of(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.get_by_role("button", name="Cover for good").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Covered in 1 place.")


def test_a_gathering_is_reviewed_by_keyboard_alone(unlock, gatherings, faults_of):
    """Approve, undo, label, note, search, help, cover: no hand on the mouse."""
    page = unlock()
    go(page, f"gatherings/{gatherings['keyboard']}/read")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(f"1 of {len(PAYLOADS)}")
    press(page, "j")
    expect(heading).to_have_text(f"2 of {len(PAYLOADS)}")
    press(page, "ArrowLeft")
    expect(heading).to_have_text(f"1 of {len(PAYLOADS)}")
    press(page, "a")
    expect(page.get_by_role("status")).to_contain_text("Approved.")
    expect(heading).to_have_text(f"2 of {len(PAYLOADS)}")
    press(page, "u")
    expect(page.get_by_role("status")).to_contain_text("Taken back: approve")
    expect(heading).to_have_text(f"1 of {len(PAYLOADS)}")
    press(page, "l")
    page.keyboard.type("noise")  # letters in a field are letters
    page.keyboard.press("Enter")
    expect(page.locator("article .chip")).to_have_text("noise")
    press(page, "n")
    page.keyboard.type("Ask the canteen.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Note kept.")  # so this is the next page
    expect(page.get_by_label("Note for facilitators")).to_have_value("Ask the canteen.")
    press(page, "?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    press(page, "/")
    page.keyboard.type("heating")
    page.keyboard.press("Enter")
    expect(heading).to_have_text("1 of 1")
    assert "heating" not in page.url
    press(page, "c")
    expect(heading).to_contain_text("Cover")
    expect(page.get_by_role("button", name="The", exact=True)).to_be_focused()
    expect(page.get_by_role("checkbox")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.get_by_role("status")).to_have_text("One word is marked.")
    assert faults_of(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".reader__text")).to_contain_text("The [COVERED] shift")
    cover_everywhere(page, faults_of)


def test_a_key_pressed_while_the_next_item_comes_is_not_for_the_one_before(unlock, gatherings):
    """Nobody covers words of an item that they have left already."""
    page = unlock()
    go(page, f"gatherings/{gatherings['notes']}/read")
    held: list[Route] = []
    page.route("**/read/*", lambda route: held.append(route))  # noqa: PLW0108  # it marks them
    press(page, "j")
    until_asked(page, held)
    press(page, "c")
    page.wait_for_timeout(300)
    held[0].continue_()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 of 3")
    assert "/cover" not in page.url
    page.unroute("**/read/*")
    press(page, "c")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cover")


def test_a_search_that_is_typed_while_an_item_comes_waits_its_turn(unlock, gatherings):
    """On a slow machine it was swallowed, and its words with it."""
    page = unlock()
    go(page, f"gatherings/{gatherings['released']}/read")
    held: list[Route] = []
    page.route("**/read/*", lambda route: held.append(route))  # noqa: PLW0108  # it marks them
    press(page, "j", "/")
    page.keyboard.type("heating")
    page.keyboard.press("Enter")
    until_asked(page, held)
    held[0].continue_()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 1")


def test_keys_can_be_switched_off(unlock, gatherings):
    """Whoever speaks to the computer must not approve by saying a word with an a."""
    page = unlock()
    go(page, f"gatherings/{gatherings['released']}/read")
    press(page, "?")
    page.get_by_label("Use these keys").uncheck()
    page.keyboard.press("Escape")
    press(page, "j")
    page.wait_for_timeout(300)
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 of")


def test_the_whole_desk_works_without_scripts(unlock, gatherings):
    """Every act is a plain form: close, read, decide, cover, export."""
    page = unlock(java_script_enabled=False)
    go(page, f"gatherings/{gatherings['plain']}/read")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("status")).to_contain_text("Approved.")
    open_drawing(page)
    page.get_by_role("link", name="Cover").click()
    page.get_by_label("Row 2, place 3", exact=True).check(force=True)
    page.get_by_role("button", name="Cover for good").click()
    expect(page.get_by_role("status")).to_contain_text("Covered for good.")
    page.get_by_role("link", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "contributions.zip"
    page.get_by_role("button", name="Lock").click()
    expect(page.get_by_text("The desk is locked.")).to_be_visible()


def test_covers_are_dragged_over_a_drawing(unlock, gatherings):
    """With a pointer a cover is as large as the hand wants it."""
    page = unlock()
    go(page, f"gatherings/{gatherings['cover']}/read")
    open_drawing(page)
    press(page, "c")
    frame = page.locator("[data-part=frame]")
    expect(frame.locator("img")).to_be_visible()
    box = frame.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    expect(frame.locator(".cover")).to_have_count(1)
    page.get_by_role("button", name="Cover for good").click()
    expect(page.get_by_role("status")).to_contain_text("Covered for good.")


class Fingers:
    """What Playwright's own taps cannot do: several fingers on the drawing, and moving."""

    def __init__(self, page: Page) -> None:
        self.page = page
        frame = page.locator(".zoom__frame")
        frame.evaluate("(frame) => frame.scrollIntoView({ block: 'center' })")
        box = frame.bounding_box()
        assert box
        self.x, self.y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.session = page.context.new_cdp_session(page)

    def touch(self, kind: str, *spots: tuple[float, float]) -> None:
        """Places are counted from the middle of the drawing's frame."""
        points = [{"x": self.x + x, "y": self.y + y, "id": n} for n, (x, y) in enumerate(spots)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def spread(self) -> None:
        """Set two fingers down, the first one a little earlier, and part them."""
        before = width_of(self.page)
        self.touch("touchStart", (-20, 0))
        self.touch("touchMove", (-22, 0))
        self.touch("touchStart", (-22, 0), (22, 0))
        for apart in range(28, 64, 6):
            self.touch("touchMove", (-apart, 0), (apart, 0))
        self.touch("touchEnd")
        self.page.wait_for_function(
            "(least) => document.querySelector('.zoom__picture').clientWidth > least",
            arg=1.5 * before,
        )


def width_of(page: Page) -> float:
    box = page.locator(".zoom__picture").bounding_box()
    assert box
    return box["width"]


LOOKS = {"wide": (1280, 800), "enlarged twice": (640, 400), "phone": (390, 844)}


@pytest.mark.parametrize("look", LOOKS)
def test_a_drawing_fills_the_window_and_grows_by_key_and_touch(unlock, gatherings, look):
    """All of it at once, however high; then larger by +, button or fingers; arrows move it."""
    width, height = LOOKS[look]
    page = unlock(viewport={"width": width, "height": height}, has_touch=True)
    go(page, f"gatherings/{gatherings['tall']}/read")
    page.locator("desk-keys:defined").wait_for(state="attached")
    with page.expect_navigation():
        page.keyboard.press("z")
    page.locator("desk-zoom:defined").wait_for(state="attached")
    frame, picture = page.locator(".zoom__frame"), page.locator(".zoom__picture")
    expect(frame).to_be_focused()
    frame.evaluate("(frame) => frame.scrollIntoView({ block: 'end' })")
    expect(picture).to_be_in_viewport(ratio=0.99)  # the whole sheet
    box = picture.bounding_box()
    assert box
    assert box["height"] >= 0.7 * height or box["width"] >= 0.85 * width  # and no smaller than fits
    small = width_of(page)
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert width_of(page) == pytest.approx(2.25 * small, rel=0.02)
    before = frame.evaluate("(frame) => frame.scrollTop")
    page.keyboard.press("ArrowDown")
    page.wait_for_function(
        "(before) => document.querySelector('.zoom__frame').scrollTop > before", arg=before
    )
    page.get_by_role("button", name="Smaller").click()
    assert width_of(page) == pytest.approx(1.5 * small, rel=0.02)
    Fingers(page).spread()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_cover_is_laid_while_the_drawing_is_large(unlock, gatherings):
    """Two fingers size the drawing and lay no cover; one finger lays it, where it is touched."""
    page = unlock(viewport={"width": 390, "height": 844}, has_touch=True)
    go(page, f"gatherings/{gatherings['tall']}/read")
    press(page, "c")
    page.locator("desk-zoom:defined").wait_for(state="attached")
    picture = page.locator("[data-part=frame]")
    expect(picture.locator("img")).to_be_visible()
    fingers = Fingers(page)
    fingers.spread()
    expect(picture.locator(".cover")).to_have_count(0)
    fingers.touch("touchStart", (0, 0))
    for away in (20, 50, 80):
        fingers.touch("touchMove", (away, away))
    fingers.touch("touchEnd")
    expect(picture.locator(".cover")).to_have_count(1)
    laid = picture.locator(".cover").bounding_box()
    assert laid
    assert (laid["x"], laid["y"]) == pytest.approx((fingers.x, fingers.y), abs=3)


def test_closing_says_what_follows_and_releases_nothing_small(unlock, gatherings):
    """Below k the desk explains, offers three ways, and tells no number."""
    page = unlock()
    go(page, f"gatherings/{gatherings['open']}")
    page.get_by_role("link", name="Close the gathering").click()
    expect(page.get_by_role("heading", name="What follows")).to_be_visible()
    page.get_by_role("button", name="Close it now").click()
    expect(page.get_by_role("heading", name="Closed, and still sealed")).to_be_visible()
    for way in ("Open a new one with the same words", "Purge it unread"):
        expect(page.get_by_text(way)).to_be_visible()
    expect(page.get_by_role("link", name="Read", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Release without recordings").click()
    expect(page.get_by_role("checkbox", name="Yes, destroy the recordings")).to_be_focused()
    page.get_by_role("link", name="Purge it unread").click()
    page.get_by_label("Type the title to go on").fill("opem")
    page.get_by_role("button", name="Purge for good").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was destroyed")
    page.get_by_label("Type the title to go on").fill("open")
    page.get_by_role("button", name="Purge for good").click()
    expect(page.get_by_role("status")).to_contain_text("Purged.")


def test_an_unused_desk_leaves_the_screen_and_back_shows_nothing(unlock, gatherings):
    """Who steps away leaves no item on the screen, nor behind the Back button."""
    page = unlock()
    page.clock.install()
    go(page, f"gatherings/{gatherings['released']}/read")
    expect(page.locator("article")).to_be_visible()
    page.clock.fast_forward(61_000)
    expect(page.locator("article")).to_have_count(0)  # the page has been left
    expect(page.get_by_label("Passphrase")).to_be_visible()
    page.goto(page.url.split("/review")[0] + "/review/")
    expect(page.get_by_label("Passphrase")).to_be_visible()
    page.go_back()
    page.wait_for_timeout(500)
    expect(page.locator("article")).to_have_count(0)


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_the_desk_changes_its_language_where_it_is_and_keeps_it(unlock, gatherings, size):
    """One touch, the same page; then every page, until the desk locks; also without scripts."""
    page = unlock(viewport={"width": size[0], "height": size[1]}, java_script_enabled=False)
    go(page, f"gatherings/{gatherings['plain']}/read")
    here = page.url
    page.get_by_role("navigation", name="Language").get_by_role("link", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    assert page.url == here
    chosen = page.get_by_role("navigation", name="Sprache").get_by_role("link", name="Deutsch")
    expect(chosen).to_have_attribute("aria-current", "true")
    go(page, "people/")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("button", name="Sperren", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def turned(page: Page, act) -> None:
    """Do something that brings another item, and wait until it is there."""
    page.locator("desk-keys:defined").wait_for(state="attached")
    before = page.url
    act()
    page.wait_for_function("before => location.href !== before", arg=before)


def test_a_key_brings_the_item_alone_and_the_focus_to_it(unlock, gatherings):
    """No style sheet is fetched again; the next Tab or two reach Approve; the title says where."""
    page = unlock()
    go(page, f"gatherings/{gatherings['turning']}/read")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    turned(page, lambda: page.keyboard.press("j"))
    assert [url for url in asked if "/static/" in url and "/icons/" not in url] == []
    expect(page).to_have_title(re.compile(rf"^2 of {len(PAYLOADS)}, \w+ - turning$"))
    expect(page.locator("h1")).to_be_focused()
    stops = 0
    while "Approve" not in page.evaluate("document.activeElement.textContent.slice(0, 99)"):
        page.keyboard.press("Tab")
        stops += 1
        assert stops <= 6
    page.set_viewport_size({"width": 640, "height": 400})  # enlarged twice
    expect(page.get_by_role("article").locator(".reader__text, img").first).to_be_in_viewport()
    page.emulate_media(media="print")
    controls = "main a:not(.reader__zoom):visible, main button:visible, main summary:visible"
    expect(page.locator(controls)).to_have_count(0)
    expect(page.get_by_role("article")).to_be_visible()


def test_a_double_click_on_approve_approves_one_item(unlock, gatherings):
    """The second click would meet an item that nobody has read."""
    page = unlock()
    go(page, f"gatherings/{gatherings['turning']}/read")
    turned(page, page.get_by_role("button", name="Approve").first.dblclick)
    expect(page.get_by_role("status")).to_contain_text("Approved.")
    expect(page.locator(".desk-line", has_text="approved")).to_have_count(1)
    expect(page.locator(".desk-line", has_text="discarded")).to_have_count(0)


def test_words_that_were_not_kept_survive_a_turn_and_a_lock(unlock, gatherings):
    """Typed, then J and K, then Lock: the note waits in its field, for the same facilitator."""
    page = unlock()
    go(page, f"gatherings/{gatherings['turning']}/read")
    press(page, "n")
    page.keyboard.type("half a thought")
    page.keyboard.press("Escape")
    turned(page, lambda: page.keyboard.press("j"))
    turned(page, lambda: page.keyboard.press("k"))
    expect(page.get_by_label("Note for facilitators")).to_have_value("half a thought")
    page.get_by_label("Note for facilitators").fill("a whole thought")
    page.get_by_role("button", name="Lock", exact=True).click()
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    page.locator(f'.notice a[href*="{gatherings["turning"]}"]').first.click()
    expect(page.get_by_label("Note for facilitators")).to_have_value("a whole thought")
