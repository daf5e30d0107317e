"""From released to printed themes in a real browser: forty-eight items, by keyboard alone."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import store
from capture import drawing
from tests.support.desk_helpers import filled
from tests.support.places import PASSPHRASE
from tests.support.running import Running, running

pytest.importorskip("playwright")
from playwright.sync_api import Browser, Locator, Page, expect

from kiosk.meaning import book as books
from kiosk.meaning import kept
from kiosk.meaning.book import Card
from store.items import Item
from store.payloads import Drawing, Note, Said, Silence
from store.seals import derive

CHEAP = derive.Cost(passes=1, memory_bytes=8 << 20)
NUMBERS = """
() => [...document.querySelectorAll(".card > .deck-hue")].map((number) => {
  const card = number.parentElement
  const edge = card.getBoundingClientRect().top + parseFloat(getComputedStyle(card).paddingTop)
  return number.getBoundingClientRect().bottom <= edge
})
"""
SMALL_WORDS = """
() => [...document.querySelectorAll(".wall__board *")]
  .filter((each) => [...each.childNodes].some((inner) => inner.nodeType === 3 && inner.data.trim()))
  .map((each) => [each.className, parseFloat(getComputedStyle(each).fontSize)])
  .filter(([_name, size]) => size < 28)
"""
MOST_KEYS = 150  # for the whole way; typed letters count
SAID = (
    "The canteen food is {}, please look at the canteen menu",
    "Our shift plan is {}, nobody explains the rota plan",
    "The packing hall heating is {}, we freeze in that hall",
    "Parking at the gate is {}, the car park needs lines",
)
HOW = ("dreadful every Monday", "worse since October", "never what was agreed", "hard on mothers",
       "a daily joke", "dangerous after rain", "unfair to beginners", "broken twice weekly",
       "chaos at dawn", "too expensive lately", "slow whenever visitors come")  # fmt: skip
ALONE = ("Please bring the music back", "The new gloves are good")
COPY = "Parking at the gate: chaos at dawn! The car park needs lines"
PICTURE = Drawing(drawing.encode(np.full((900, 1600, 3), 200, np.uint8)), text="more light")


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    return {}


@pytest.fixture(scope="module")
def themes_kiosk(tmp_path_factory, told) -> Iterator[Running]:
    data_dir = tmp_path_factory.mktemp("themes") / "data"
    store.open(data_dir, receipt_cost=CHEAP)
    store.keys.set_up(PASSPHRASE, name="Ada", cost=CHEAP)
    notes = [Note(words.format(how)) for words in SAID for how in HOW]
    told["id"] = filled(*notes, *map(Note, ALONE), Note(COPY), Silence(Said("tired"))).id
    told["forty"] = filled(*notes[:39], PICTURE, title="Forty").id
    with store.keys.unlock(PASSPHRASE) as master:
        items = store.items.released(told["forty"], master)
        told["small"] = filled(*notes[:5], PICTURE, title="Small").id
        small = store.items.released(told["small"], master)
        kept.change(
            told["small"], master, lambda book: books.add(book, "Food", map(card_of, small))
        )
    told["note"] = next(item.id for item in items if item.kind == "note")
    told["part"] = next(item.id for item in small if item.kind == "note")
    drawn = next(item for item in items if item.kind == "drawing")
    for each in (drawn, *small):
        store.items.move(each.id, "approved", version=each.version)
    store.close()
    with running(data_dir) as found:
        yield found


def card_of(item: Item) -> Card:
    return Card(item.id)


class Keyboard:
    """Presses keys, counts them, and waits for what each of them leads to."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def turn(self, key: str) -> None:
        """A key that brings another page or another item."""
        self.count += 1
        self.page.evaluate(
            "() => { window.turned = new Promise((done) => "
            "document.addEventListener('desk-turned', done, { once: true })) }"
        )
        with self.page.expect_response(
            lambda answer: (
                answer.request.resource_type in {"document", "fetch"} and answer.status != 303
            )
        ) as answer:
            self.page.keyboard.press(key)
        if answer.value.request.resource_type == "fetch":
            self.page.evaluate("() => window.turned.then(() => null)")
        else:  # an answer is there before its page is: the mark goes with the old one
            self.page.wait_for_function("() => !window.turned")
        self.page.wait_for_load_state()
        if self.page.locator("desk-keys").count():
            self.page.locator("desk-keys:defined").wait_for(state="attached")

    def press(self, *keys: str) -> None:
        self.count += len(keys)
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, words: str) -> None:
        self.count += len(words)
        self.page.keyboard.type(words)


@pytest.fixture
def desk_page(browser: Browser, themes_kiosk: Running) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.set_default_timeout(60_000)
    page.goto(themes_kiosk.url + "/review/")
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Gatherings", exact=True)).to_be_visible()
    return page


def read_everything(keys: Keyboard) -> None:
    keys.page.locator("desk-keys:defined").wait_for(state="attached")
    for _ in range(48):
        keys.turn("a")
    expect(keys.page.get_by_text("All 48 read at this desk")).to_be_visible()


def unfold_copies(keys: Keyboard) -> None:
    """One key shows the near-copies that lie in a stack."""
    copies = keys.page.locator("details:has(> summary[data-key=s]) input")
    expect(copies).to_have_count(1)
    expect(copies).to_be_hidden()
    keys.press("s")
    expect(copies).to_be_visible()


def accept_groups(keys: Keyboard) -> None:
    while keys.page.get_by_role("button", name="Make it a theme").count():
        if not keys.page.locator("[data-key=n]").input_value():
            keys.press("n")
            keys.write("Theme")
            keys.press("Escape")
        keys.turn("a")


def move_clusters(page: Page) -> None:
    """By arrow keys where the focus is, and by dragging its head."""
    first, second = page.locator("[data-cluster]").all()[:2]
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("data-at", "48 48")
    head = second.locator("[data-handle]").bounding_box()
    assert head
    page.mouse.move(head["x"] + head["width"] - 6, head["y"] + 6)
    page.mouse.down()
    page.mouse.move(head["x"] + head["width"] + 14, head["y"] + 26)
    page.mouse.up()
    expect(second).to_have_attribute("data-at", "20 20")
    move_cards(page, second)


def move_cards(page: Page, cluster: Locator) -> None:
    """One card alone, by Enter and the arrows, and by dragging it; the others stay."""
    first, second = cluster.locator("[data-card]").all()[:2]
    cluster.focus()
    page.keyboard.press("Enter")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("data-at", "0 48")
    page.keyboard.press("Enter")
    expect(second).to_be_focused()
    page.keyboard.press("Shift+Enter")
    expect(first).to_be_focused()
    page.keyboard.press("Escape")
    expect(cluster).to_be_focused()
    second.scroll_into_view_if_needed()
    box = second.bounding_box()
    assert box
    page.mouse.move(box["x"] + 9, box["y"] + box["height"] - 9)
    page.mouse.down()
    page.mouse.move(box["x"] + 39, box["y"] + box["height"] + 11)
    page.mouse.up()
    expect(second).to_have_attribute("data-at", "30 20")
    expect(cluster).to_have_attribute("data-at", "20 20")


def look_at_the_wall(keys: Keyboard) -> None:
    """A clicker's key shows a theme, then its name; B blanks the screen; T is a quiet timer."""
    name, blank = keys.page.locator("[data-current] h2"), keys.page.locator("[data-part=blank]")
    keys.press("PageDown")
    expect(name).to_be_hidden()
    keys.press("PageDown")
    expect(name).to_be_visible()
    keys.press("b")
    expect(blank).to_be_visible()
    keys.press("b")
    expect(blank).to_be_hidden()
    assert keys.page.evaluate(SMALL_WORDS) == []
    timer = keys.page.locator("[data-part=timer]")
    expect(timer).to_be_hidden()
    for minutes in ("3", "5", "10", "2"):
        keys.page.keyboard.press("t")
        expect(timer).to_have_text(minutes)
    keys.page.keyboard.press("t")
    expect(timer).to_be_hidden()


def test_the_whole_way_takes_fewer_than_150_keys_and_axe_finds_nothing_on_it(
    desk_page: Page, themes_kiosk: Running, told, faults_of
):
    """Read everything, make themes, wall, shape, cards: it took 604 keys and two programs once."""
    page, keys, faults = desk_page, Keyboard(desk_page), {}
    page.goto(f"{themes_kiosk.url}/review/gatherings/{told['id']}/read")
    read_everything(keys)
    faults["reader"] = faults_of(page)
    keys.turn("t")
    keys.turn("g")
    unfold_copies(keys)
    faults["groups"] = faults_of(page)
    accept_groups(keys)
    keys.turn("t")
    assert page.locator("section.themes__one").count() >= 3
    faults["themes"] = faults_of(page)
    keys.turn("w")
    page.locator("wall-board:defined").wait_for()
    faults["wall"] = faults_of(page)
    move_clusters(page)
    look_at_the_wall(keys)
    faults["one theme"] = faults_of(page)
    keys.turn("Escape")
    keys.turn("s")
    faults["shape"] = faults_of(page)
    keys.turn("t")
    keys.turn("p")
    faults["session"] = faults_of(page)
    everything = page.get_by_role("button", name="Download everything")
    while not everything.evaluate("each => each === document.activeElement"):
        keys.press("Tab")
    with page.expect_download() as download:
        keys.press("Enter")
    assert download.value.suggested_filename == "session.zip"
    page.goto(f"{page.url}/cards?size=a4&per_page=8")
    faults["cards"] = faults_of(page)
    numbers = page.evaluate(NUMBERS)
    assert len(numbers) > 20
    assert all(numbers), "a theme's number lies over the words of its card"
    assert {name: found for name, found in faults.items() if found} == {}
    assert keys.count <= MOST_KEYS, keys.count


SELECT_A_WORD = """
() => {
  const text = document.getElementById("text")
  const letters = document.createTreeWalker(text, NodeFilter.SHOW_TEXT).nextNode()
  getSelection().setBaseAndExtent(letters, 0, letters, 3)
}
"""


def test_forty_items_go_into_a_theme_by_two_keys_and_a_word_goes_alone(
    desk_page: Page, themes_kiosk: Running, told
):
    """Also when the word was selected before its theme's new name is typed: the focus leaves it."""
    page, keys = desk_page, Keyboard(desk_page)
    home = f"{themes_kiosk.url}/review/gatherings/{told['forty']}"
    page.goto(f"{home}/read/{told['note']}")
    page.locator("desk-keys:defined").wait_for(state="attached")
    keys.press("g")
    keys.write("All")
    keys.turn("Enter")
    keys.turn("m")
    keys.turn("1")
    expect(page.get_by_text("“All”: 40 cards in.")).to_be_visible()
    hint = page.get_by_text("Only the words that you selected.")
    expect(hint).to_be_hidden()
    page.evaluate(SELECT_A_WORD)
    expect(hint).to_be_visible()
    keys.press("g")
    keys.write("Word")
    expect(hint).to_be_visible()
    keys.turn("Enter")
    page.goto(f"{home}/themes")
    word = page.get_by_role("region", name="Word 1 card")
    expect(word.get_by_text("a part of an item")).to_be_visible()


LETTERS = """
(which) => [...document.querySelectorAll(which)].map((each) => {
  const words = document.createRange()
  words.selectNodeContents(each)
  return Math.min(...[...words.getClientRects()].map((line) => line.height))
})
"""
OUT_OF_ITS_BOX = """
() => [...document.querySelectorAll(".choice")].filter((each) => {
  const box = each.getBoundingClientRect()
  return [...each.children].some((inner) => inner.getBoundingClientRect().right > box.right)
}).length
"""
SMALLEST = """
(which) => Math.min(...[...document.querySelectorAll(which)].flatMap((each) => {
  const box = each.getBoundingClientRect()
  return [box.width, box.height]
}))
"""


TAKEN = '() => [...document.querySelectorAll(".part-word")].map(w => getComputedStyle(w).color)'


def test_on_a_phone_charts_are_legible_words_are_targets_in_colour_and_pictures_keep_to_their_box(
    desk_page: Page, themes_kiosk: Running, told
):
    desk_page.set_viewport_size({"width": 390, "height": 844})
    home = f"{themes_kiosk.url}/review/gatherings/{told['forty']}"
    desk_page.goto(f"{home}/shape")
    assert min(desk_page.evaluate(LETTERS, ".shape__name")) >= 16
    desk_page.goto(f"{home}/read/{told['note']}/part")
    assert desk_page.evaluate(SMALLEST, ".part-word") >= 44
    for at in (1, 3):  # what is taken, the words between as well
        desk_page.get_by_role("checkbox").nth(at).check()
    first, *taken, after = desk_page.evaluate(TAKEN)[:5]
    assert len(set(taken)) == 1
    assert first == after != taken[0]
    desk_page.goto(f"{home}/wall/drawings")
    expect(desk_page.locator(".choice img")).to_be_visible()
    assert desk_page.evaluate(OUT_OF_ITS_BOX) == 0


SIZES = [(390, 844), (800, 1280)]


def test_no_page_of_themes_is_wider_than_its_screen(desk_page: Page, themes_kiosk: Running, told):
    """On a phone and on a tablet nobody scrolls sideways."""
    for width, height in SIZES:
        desk_page.set_viewport_size({"width": width, "height": height})
        for path in ("themes", "groups/", "wall", "shape", "session", "wall/drawings"):
            desk_page.goto(f"{themes_kiosk.url}/review/gatherings/{told['id']}/{path}")
            wider = desk_page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wider <= 0, (path, width)


LOOKS: tuple[tuple[tuple[int, int], dict[str, Any]], ...] = (
    ((800, 1280), {"color_scheme": "dark"}),
    ((390, 844), {"contrast": "more"}),
    ((1920, 1080), {"forced_colors": "none"}),  # a projector
)
PAGES = ("themes", "groups/", "wall", "shape", "session", "wall/drawings", "session/cards")


def test_axe_finds_nothing_in_the_dark_with_more_contrast_or_on_a_projector(
    desk_page: Page, themes_kiosk: Running, told, faults_of
):
    plain = {"color_scheme": "light", "contrast": "no-preference"}
    faults = {}
    for (width, height), look in LOOKS:
        desk_page.set_viewport_size({"width": width, "height": height})
        desk_page.emulate_media(**(plain | look))
        for path in PAGES:
            desk_page.goto(f"{themes_kiosk.url}/review/gatherings/{told['id']}/{path}")
            faults[path, width] = faults_of(desk_page)
    assert {where: each for where, each in faults.items() if each} == {}


SMALL_LOOKS: tuple[tuple[tuple[int, int], dict[str, Any]], ...] = (
    ((390, 844), {"color_scheme": "dark"}),
    ((800, 1280), {"contrast": "more"}),
    ((1920, 1080), {"forced_colors": "active"}),
)


def test_axe_finds_nothing_on_a_part_the_dots_and_the_drawings_in_any_look(
    desk_page: Page, themes_kiosk: Running, told, faults_of
):
    plain = {"color_scheme": "light", "contrast": "no-preference", "forced_colors": "none"}
    home = f"{themes_kiosk.url}/review/gatherings/{told['small']}"
    faults, wider = {}, {}
    for path in (f"read/{told['part']}/part", "wall/drawings", "wall"):
        desk_page.goto(f"{home}/{path}")
        if path == "wall":
            open_the_dots(desk_page)
        else:
            desk_page.get_by_role("checkbox").first.check()
        for (width, height), look in SMALL_LOOKS:
            desk_page.set_viewport_size({"width": width, "height": height})
            for each in ({}, look):
                desk_page.emulate_media(**(plain | each))
                faults[path, width, str(each)] = faults_of(desk_page)
            wider[path, width] = desk_page.evaluate(
                "document.documentElement.scrollWidth - innerWidth"
            )
    assert {where: each for where, each in faults.items() if each} == {}
    assert {where: each for where, each in wider.items() if each > 0} == {}


def open_the_dots(page: Page) -> None:
    page.locator("wall-board:defined").wait_for()
    page.keyboard.press("d")
    expect(page.get_by_role("spinbutton", name="Theme 1")).to_be_visible()


def test_dots_are_typed_in_by_keys_and_the_screen_is_blank_at_once_all_the_same(
    desk_page: Page, themes_kiosk: Running, told
):
    page, home = desk_page, f"{themes_kiosk.url}/review/gatherings/{told['small']}"
    page.goto(f"{home}/wall")
    open_the_dots(page)
    page.get_by_role("spinbutton", name="Theme 1").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    shown = page.locator("[data-dots]")
    expect(shown).to_have_text(["●●●●●●● 7"] * 2)
    expect(shown.last).to_be_visible()  # beside its field: the wall is behind the dialog
    blank = page.locator("[data-part=blank]")
    page.keyboard.press("b")
    expect(blank).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("b")
    expect(blank).to_be_hidden()
    page.goto(f"{home}/themes")
    with page.expect_navigation():
        page.keyboard.press("u")
    page.goto(f"{home}/wall")
    expect(page.locator("[data-dots]")).to_have_text(["", ""])
