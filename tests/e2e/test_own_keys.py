"""Letters on the screen of a box without a keyboard: typed by finger, and without one."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.cut_off import cut_off
from tests.support.running import Running

Visit = Callable[..., Page]
Screen = Callable[[Page, str], None]

WORDS = {
    "en": "Too cold", "ar": "برد شديد", "de": "Süß wär’s", "es": "¿Mañana?", "fr": "Où ça",
    "pl": "Żółć",
}  # fmt: skip


# The second finger is down before the first one is lifted.
OVERLAPPING = """() => {
  const at = (key, pointerId, kind) => {
    const one = document.querySelector(`.own-key[data-key=${key}]`)
    const {x, y} = one.getBoundingClientRect()
    const place = {bubbles: true, pointerId, clientX: x + 9, clientY: y + 9}
    one.dispatchEvent(new PointerEvent(kind, place))
  }
  at("o", 11, "pointerdown")
  at("k", 12, "pointerdown")
  at("o", 11, "pointerup")
  at("k", 12, "pointerup")
}"""


@pytest.fixture(scope="module")
def url(start_kiosk: Callable[..., Running]) -> str:
    return start_kiosk(settings='[screen]\nkeyboard = "on"\n').url


def tap(page: Page, keys: str) -> None:
    """Letters by finger: a capital after Shift, a sign that the letters lack from the signs."""
    for letter in keys:
        key = page.locator(f'.own-key[data-key="{letter}"]')
        if letter.isupper():
            page.locator(".own-key[data-key=shift]").tap()
        away = key.count() == 0
        if away:
            page.locator(".own-key[data-key=signs]").tap()
        key.tap()
        if away:
            page.locator(".own-key[data-key=signs]").tap()


def finger(visit: Visit, url: str, **options: Any) -> Page:
    return visit(url=url, has_touch=True, **options)


@pytest.mark.parametrize("language", WORDS)
def test_a_note_is_typed_by_finger_in_each_language(
    visit: Visit, screen: Screen, url: str, language: str
) -> None:
    page = finger(visit, url, path=f"/?lang={language}")
    page.locator(".door--write").tap()
    screen(page, "write")
    tap(page, WORDS[language] + "x" if language != "ar" else WORDS[language] + "ب")
    page.locator(".own-key[data-key=delete]").tap()
    expect(page.locator("#note")).to_have_value(WORDS[language])
    done = page.locator("[data-screen=write] [data-act=done]")
    expect(done).to_be_in_viewport(ratio=1)
    done.tap()
    screen(page, "preview")
    expect(page.locator("own-keys")).to_be_hidden()


@pytest.mark.parametrize("size", [(320, 568), (640, 400), (1024, 600), (800, 1280)], ids=str)
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_each_key_is_large_enough_and_the_field_stays_in_sight(
    visit: Visit, screen: Screen, url: str, faults_of: Callable[[Page], list[str]],
    size: tuple[int, int], language: str,
) -> None:  # fmt: skip
    viewport = {"width": size[0], "height": size[1]}
    page = finger(visit, url, viewport=viewport, path=f"/?lang={language}", bypass_csp=True)
    page.locator(".door--write").tap()
    screen(page, "write")
    for _page in range(2):
        boxes = [each.bounding_box() for each in page.locator(".own-key").all()]
        assert len(boxes) > 30
        assert [box for box in boxes if not box or min(box["width"], box["height"]) < 44] == []
        page.locator(".own-key[data-key=signs]").tap()
    top = "document.querySelector('own-keys').getBoundingClientRect().top"
    field = page.locator("#note").bounding_box()
    assert field
    assert field["y"] >= 0
    assert field["y"] + 44 < page.evaluate(top)
    assert cut_off(page) == []
    assert faults_of(page) == []


def test_four_words_are_typed_in_the_letters_of_their_language(
    visit: Visit, screen: Screen, url: str
) -> None:
    """On an Arabic page, too; a touched word leads on, Enter looks, Delete goes back a field."""
    page = finger(visit, url, path="/?lang=ar")
    page.locator("[data-screen=start] [data-go=receipt]").tap()
    screen(page, "receipt")
    tap(page, "ab")
    page.locator(".receipt__likely button").first.tap()
    expect(page.locator(".receipt__input").nth(1)).to_be_focused()
    page.locator(".own-key[data-key=delete]").tap()
    expect(page.locator(".receipt__input").first).to_be_focused()
    page.locator(".own-key[data-key=enter]").tap()
    expect(page.locator("[data-part=found], [role=alert]").filter(visible=True)).to_have_count(1)


def test_a_slip_slides_away_two_fingers_count_and_a_switch_presses(
    visit: Visit, screen: Screen, url: str
) -> None:
    page = visit(url=url)
    page.locator(".door--write").click()
    screen(page, "write")
    box = page.locator(".own-key[data-key=q]").bounding_box()
    assert box
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 5, box["y"] - 60)
    page.mouse.up()
    expect(page.locator("#note")).to_have_value("")
    page.evaluate(OVERLAPPING)
    expect(page.locator("#note")).to_have_value("ok")
    page.locator(".own-key[data-key=a]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    expect(page.locator("#note")).to_have_value("okaa")
    expect(page.locator(".own-key[data-key=a]")).to_be_focused()


def test_what_is_typed_goes_nowhere_before_done_and_is_remembered_nowhere(
    visit: Visit, screen: Screen, url: str
) -> None:
    page = finger(visit, url)
    page.locator(".door--write").tap()
    screen(page, "write")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    tap(page, "cold")
    assert asked == []
    page.locator("[data-screen=write] [data-act=done]").tap()
    screen(page, "preview")
    assert asked[0] == f"{url}/api/drafts"
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [
        0,
        0,
        "",
    ]


def test_put_away_they_come_back_with_a_touch_on_the_field(
    visit: Visit, screen: Screen, url: str
) -> None:
    page = finger(visit, url)
    expect(page.locator("own-keys")).to_be_hidden()
    page.locator(".door--write").tap()
    screen(page, "write")
    page.locator(".own-key[data-key=close]").tap()
    expect(page.locator("own-keys")).to_be_hidden()
    page.locator("#note").tap()
    expect(page.locator("own-keys")).to_be_visible()
    assert page.locator("#note").evaluate("each => each.inputMode") == "none"


def test_at_the_desk_a_passphrase_is_typed_with_them(visit: Visit, url: str) -> None:
    page = finger(visit, url)
    page.goto(f"{url}/review/unlock")
    field = page.locator("input[type=password]").first
    field.tap()
    tap(page, "heron")
    expect(field).to_have_value("heron")
