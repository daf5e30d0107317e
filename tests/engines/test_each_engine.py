"""The whole way of a visitor in Firefox and in WebKit: write, draw, speak, keep, come back."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from capture.container import container_of
from tests.support.microphone_file import microphone_file
from tests.support.recordings import decoded
from tests.support.running import Running, init, running

from .browsers import Microphone, opened, why_not
from .conftest import PIN
from .steering import Page

# What its recorder makes, and what draws on its sheet.
ENGINES = {"firefox": ("matroska", "touch"), "webkit": ("mov", "mouse")}
RECORDED = """
const sound = document.querySelector("memo-recorder").source.sound()
return sound.arrayBuffer().then((buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))))
"""
# A preview, or a sentence that says why there is none.
CAME_OF_IT = """
const screens = [...document.querySelectorAll("section[data-screen]")]
const shown = screens.find((each) => each.checkVisibility())
const { screen } = shown?.dataset ?? {}
const isRefused = screen === "speak" && shown.querySelector(".problem").checkVisibility()
return screen === "preview" || isRefused ? screen : null
"""
TRIES = 3
POINTERS = """
window.pointers = new Set()
addEventListener("pointermove", ({ buttons, pointerType }) => buttons && pointers.add(pointerType))
"""


@pytest.fixture(params=sorted(ENGINES))
def engine(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[str, Page, Microphone]]:
    """Its name, a window, and the microphone that it hears."""
    if missing := why_not(request.param):
        pytest.skip(missing)
    with opened(request.param, tmp_path) as (page, heard):
        yield request.param, page, heard


def test_a_visitor_writes_draws_speaks_and_comes_back(
    engine: tuple[str, Page, Microphone], kiosk: Running, tmp_path: Path
) -> None:
    name, page, heard = engine
    container, pointer = ENGINES[name]
    page.goto(kiosk.url)
    page.screen("start")
    words = write(page)
    assert draw(page) == [pointer]
    sound = speak(page, heard, microphone_file(tmp_path / "spoken.wav", rest_seconds=2))
    assert container_of(sound) == container
    assert decoded(sound).seconds > 3  # a breath, the sentence, and a breath
    assert come_back(page, words) == "It is here, sealed with the others. Nobody has read it."
    assert come_back(page, [*words[1:], words[0]]) == "Nothing is kept under these words."


def test_a_kiosk_that_has_gone_is_awaited_on_our_own_page(
    engine: tuple[str, Page, Microphone], tmp_path: Path
) -> None:
    """A change of language meets no server: the browser's own error page never shows."""
    _name, page, _heard = engine
    data_dir = tmp_path / "kiosk" / "data"
    init(data_dir)
    with running(data_dir) as kiosk:
        page.goto(kiosk.url)
        page.screen("start")
    page.touch("a[data-language=de]")
    page.screen("between")
    page.until("return document.querySelector('[data-part=between]').innerText")
    assert page.text("[data-part=between]").startswith("The kiosk does not answer.")
    with running(data_dir, "--port", kiosk.url.rsplit(":", 1)[1]):
        page.until("return document.documentElement.lang === 'de'")
        page.screen("start")


def test_staff_leave_by_a_long_press_and_the_pin(
    engine: tuple[str, Page, Microphone], kiosk: Running
) -> None:
    """The kiosk tells `kiosk launch`, whose part is played here, to end the browser: once."""
    _name, page, _heard = engine
    with launch_asks(kiosk) as told:
        page.goto(kiosk.url)
        page.screen("start")
        page.until("return Boolean(customElements.get('board-drift'))")  # what listens is here
        page.hold(".brand", 7)
        page.until("return location.pathname === '/exit/'")
        for digit in PIN:
            page.touch(f"[data-digit='{digit}']")
        assert not told.is_set()
        page.touch("[type=submit]")
        said = "document.querySelector('[data-part=said]').innerText"  # first it says to wait
        page.until(f"return {said} === 'The screen ends now.'")
        assert told.wait(timeout=60)


@contextmanager
def launch_asks(kiosk: Running) -> Iterator[Event]:
    """Ask each second whether to end the browser, as `kiosk launch` does; set once it is to."""
    told, over = Event(), Event()

    def ask() -> None:
        while not over.wait(timeout=1):
            if kiosk.call("POST", "/exit/asked")[1]["end"]:
                told.set()

    kiosk.call("POST", "/exit/asked")
    asking = Thread(target=ask)
    asking.start()
    try:
        yield told
    finally:
        over.set()
        asking.join()


def write(page: Page) -> list[str]:
    """Keep a note; its four words."""
    page.touch(".door--write")
    page.screen("write")
    page.write("#note", "Ask joe@example.com why the canteen is cold.")
    page.touch("[data-screen=write] [data-act=done]")
    page.screen("preview")
    assert page.text("strike-words") == "Ask an e-mail address why the canteen is cold."
    return keep(page)


def draw(page: Page) -> list[str]:
    """Keep a drawing; what moved over the sheet."""
    page.touch(".door--draw")
    page.screen("draw")
    page.until("return document.querySelector('drawing-board').matches(':defined')")
    page.run(POINTERS)
    left, top, width, height = page.box(".draw__canvas")
    page.stroke(
        [(left + width * at // 20, top + height * (6 + at % 4) // 20) for at in range(4, 16)]
    )
    pointers: list[str] = page.run("return [...pointers]")
    page.touch("[data-screen=draw] [data-act=done]")
    page.screen("preview")
    dark = page.until(DARK_PIXELS)
    assert dark > 500
    keep(page)
    return pointers


# Of the picture that would be kept: the line is in it.
DARK_PIXELS = """
const picture = document.querySelector("cover-board img")
if (!picture.complete || !picture.naturalWidth) return 0
const sheet = new OffscreenCanvas(picture.naturalWidth, picture.naturalHeight)
const pen = sheet.getContext("2d")
pen.drawImage(picture, 0, 0)
const { data } = pen.getImageData(0, 0, sheet.width, sheet.height)
let dark = 0
for (let at = 0; at < data.length; at += 4) dark += data[at] < 100 ? 1 : 0
return dark
"""


def speak(page: Page, heard: Microphone, sentence: Path) -> bytes:
    """Keep what was spoken; the recording as the browser made it.

    On a busy machine the sound server drops pieces of it. Then we do what a person does who reads
    something else than they said: forget it, and say it again.
    """
    said = ""
    for _try in range(TRIES):
        page.touch(".door--speak")
        page.screen("speak")
        page.touch("[data-act=record]")
        page.until("return document.querySelector('memo-recorder').dataset.state === 'recording'")
        heard.hears(sentence)
        page.touch("[data-screen=speak] [data-act=done]")
        if page.until(CAME_OF_IT) == "preview":
            page.screen("preview")
            said = page.text("strike-words")
            sound = base64.b64decode(page.run(RECORDED))
            if said == "My trainer a person is always late.":
                keep(page)
                return sound
            page.touch("[data-screen=preview] [data-act=forget]")
            page.touch("#sure [value=yes]")
            page.screen("forgotten")
            page.touch("[data-screen=forgotten] [data-act=finish]")
        else:
            page.touch("[data-screen=speak] .screen__back")
        page.screen("start")
    raise AssertionError(f"heard last: {said}")


def keep(page: Page) -> list[str]:
    """Keep it and go on to the first page; the four words."""
    page.touch("[data-act=keep]")
    page.screen("kept")
    words = page.text(".kept__words").split()
    assert len(words) == 4
    page.touch("[data-act=finish]")
    page.screen("start")
    return words


def come_back(page: Page, words: list[str]) -> str:
    """What the kiosk says of four words."""
    page.touch("[data-go=receipt]")
    page.screen("receipt")
    for number, word in enumerate(words, 1):
        page.write(f"#receipt-word-{number}", word)
    page.touch("[data-screen=receipt] [type=submit]")
    page.until("return document.querySelector('[data-part=found]').checkVisibility()")
    said = page.text("#receipt-state")
    page.touch("[data-screen=receipt] .screen__back")
    page.screen("start")
    return said
