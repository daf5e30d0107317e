"""Answers on the start: they pass by slowly, rest for whoever looks closer, and stand still."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import store
from tests.support.cut_off import cut_off
from tests.support.running import init, running
from tests.support.settled import settle

Visit = Callable[..., Page]
PLACE = "() => Math.abs(document.querySelector('.board__list').scrollLeft)"
MOVED = f"from => ({PLACE})() > from + 3"
# What lies in the row passes by with it: its place is told in the row.
REMEMBER = """() => {
  window.boxOf = each => {
    const { left, top, width, height } = each.getBoundingClientRect()
    const row = each.parentElement.closest(".board__list")
    return [left + scrollX + (row ? row.scrollLeft : 0), top + scrollY, width, height]
  }
  window.boxes = new Map([...document.querySelectorAll("body *")]
    .filter(each => each.checkVisibility() && !each.closest(".start__help")) // keeps to the window
    .map(each => [each, boxOf(each)]))
  return boxes.size
}"""
ELSEWHERE = """() => [...boxes].filter(([each, box]) =>
  boxOf(each).some((now, edge) => Math.abs(now - box[edge]) > 1)).map(([each]) => each.className)"""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A kiosk whose board has more answers than fit beside one another."""
    data_dir: Path = tmp_path_factory.mktemp("answered") / "data"
    init(data_dir)
    store.open(data_dir)
    gathering = store.gatherings.everything()[0].id
    for number in range(9):
        store.board.publish(gathering, f"Theme {number}", f"Answer {number}, in a few words.")
    store.close()
    with running(data_dir) as kiosk:
        yield kiosk.url


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_board_passes_by_and_holds_still_when_asked(
    visit: Visit, url: str, language: str
) -> None:
    page = visit(url=url, path=f"/?lang={language}", reduced_motion="no-preference")
    page.locator(".board__list").scroll_into_view_if_needed()  # what nobody sees rests
    page.wait_for_function(MOVED, arg=0)
    hold = page.locator("[data-part=hold]")
    hold.click()
    expect(hold).to_have_attribute("aria-pressed", "true")
    held = page.evaluate(PLACE)
    page.wait_for_timeout(5000)  # longer than it rests by itself
    assert page.evaluate(PLACE) == held
    hold.click()
    page.wait_for_function(MOVED, arg=held)
    assert cut_off(page) == []


def test_it_rests_while_it_has_the_focus_and_a_finger_moves_it(visit: Visit, url: str) -> None:
    page = visit(url=url, reduced_motion="no-preference")
    page.locator(".board__list").scroll_into_view_if_needed()
    page.wait_for_function(MOVED, arg=0)
    page.locator(".board__list").focus()
    held = page.evaluate(PLACE)
    page.wait_for_timeout(5000)
    assert page.evaluate(PLACE) == held
    page.keyboard.press("ArrowRight")
    page.wait_for_function(MOVED, arg=held)


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=str)
def test_while_the_board_passes_by_nothing_else_moves(
    visit: Visit, url: str, size: tuple[int, int]
) -> None:
    """From before it begins to pass until it is on its way; whatever moves besides is noticed."""
    page = visit(
        url=url,
        reduced_motion="no-preference",
        viewport={"width": size[0], "height": size[1]},
    )
    page.wait_for_function("() => !document.querySelector('visit-flow').inert")
    assert page.evaluate(REMEMBER) > 50
    expect(page.locator("[data-part=hold]")).to_be_visible()
    page.locator(".board__list").scroll_into_view_if_needed()
    page.wait_for_function(MOVED, arg=30)
    assert page.evaluate(ELSEWHERE) == []
    for planted in (".board__head", ".board__answer:last-child", ".start__ways"):
        page.evaluate("each => document.querySelector(each).style.marginTop = '4px'", planted)
        assert page.evaluate(ELSEWHERE), planted
        page.evaluate("each => document.querySelector(each).style.marginTop = ''", planted)
        assert page.evaluate(ELSEWHERE) == [], planted


@pytest.mark.parametrize("size", [(1280, 800), (390, 844), (320, 568)], ids=str)
def test_where_less_motion_is_asked_for_all_answers_stand_on_the_page(
    visit: Visit, url: str, faults_of: Callable[[Page], list[str]], size: tuple[int, int]
) -> None:
    page = visit(url=url, viewport={"width": size[0], "height": size[1]}, bypass_csp=True)
    settle(page)
    expect(page.locator("[data-part=hold]")).to_be_hidden()
    assert cut_off(page) == []
    boxes = [each.bounding_box() for each in page.locator(".board__answer").all()]
    assert len(boxes) == 9
    assert [box for box in boxes if not box or box["x"] + box["width"] > size[0]] == []
    assert faults_of(page) == []


def test_the_passing_board_has_no_faults(
    visit: Visit, url: str, faults_of: Callable[[Page], list[str]]
) -> None:
    page = visit(url=url, reduced_motion="no-preference", bypass_csp=True)
    expect(page.locator("[data-part=hold]")).to_be_visible()
    assert faults_of(page) == []
