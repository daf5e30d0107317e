"""The visitor's page as tests meet it: when touches count again, and what is left of a draft."""

from playwright.sync_api import Error, Page, Response, Route, expect


def settle(page: Page) -> None:
    """Wait until touches and keys count again."""
    expect(page.locator("visit-flow:defined")).to_be_attached()
    expect(page.locator("body[data-still]")).to_have_count(0)


# By the recorder's own ring, as a person sees it: a sound, and then a moment without one.
HEARD = """() => new Promise(done => {
  const ring = document.querySelector("memo-recorder .ring")
  let heard = 0
  const look = setInterval(() => {
    const isLoud = Number(ring.style.getPropertyValue("--level")) > 0.12
    if (isLoud) heard = performance.now()
    if (!heard || performance.now() - heard < 600) return
    clearInterval(look)
    done()
  }, 30)
})"""


def hear(page: Page) -> None:
    """Wait until the recorder has heard the sentence that the microphone plays, to its end."""
    page.evaluate(HEARD)


def drafted(made: Response) -> tuple[str, str]:
    """The draft of an answer and the key of its visit; read before the page goes away."""
    return made.json()["draft"], made.request.headers["x-visit"]


def draft_answer(page: Page, draft: tuple[str, str], method: str = "GET") -> int:
    """The status that a draft has now, asked for with the key of its visit."""
    ask = """([draft, visit, method]) =>
        fetch('/api/drafts/' + draft, {method, headers: {'X-Visit': visit}}).then(a => a.status)"""
    return int(page.evaluate(ask, [*draft, method]))


def until_forgotten(page: Page, draft: tuple[str, str]) -> None:
    """Wait until the kiosk knows a draft no more: a page that goes away may ask for that last."""
    for _try in range(300):
        if draft_answer(page, draft) == 404:
            return
        page.wait_for_timeout(100)
    raise AssertionError("the draft is still there")


def until_asked(page: Page, held: list[Route]) -> None:
    """Wait until a request is held that a test lets pass later."""
    for _try in range(300):
        if held:
            return
        page.wait_for_timeout(100)
    raise AssertionError("nothing was asked")


def new_document(page: Page) -> None:
    """Wait until `planted`, a name that a test left in this document, is gone with it."""
    for _try in range(300):
        try:
            if page.evaluate("typeof planted === 'undefined'"):
                break
        except Error:
            pass  # just then the page went away
        page.wait_for_timeout(200)
    else:
        raise AssertionError("the document is still the same")
    settle(page)


def draw_a_line(page: Page) -> None:
    """Leave one stroke on the pad."""
    box = page.locator("drawing-board canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 90, steps=5)
    page.mouse.up()
