"""The neutral voice, pressed in a browser: what it reads, and that its sound is made here.

A stand-in for the voice program answers with what it was asked to read and then with silence, in
a WAV of unknown length, as espeak-ng does; `tests/transcribe/test_voice.py` hears the real one.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

import store
from store.payloads import Gap, Note
from store.seals import derive
from tests.support.desk_helpers import filled, new_gathering
from tests.support.places import PASSPHRASE
from tests.support.running import Running, running

Visit = Callable[..., Page]
Screen = Callable[[Page, str], None]

CHEAP = derive.Cost(passes=1, memory_bytes=8 << 20)
STAND_IN = """#!{python}
import struct, sys
asked = " ".join(sys.argv[1:]) + " | " + sys.stdin.buffer.read().decode()
head = struct.pack("<4sI8sIHHIIHH4sI", b"RIFF", 0x7FFFF024, b"WAVEfmt ", 16, 1, 1, 8000, 16000,
                   2, 16, b"data", 0x7FFFF000)
sys.stdout.buffer.write(head + asked.encode().ljust(2 * 8000 * 3, bytes(1)))
"""


def start(folder: Path) -> Iterator[Running]:
    """A kiosk that finds programs in one folder only; with something to read at its desk."""
    data_dir = folder / "data"
    store.open(data_dir, receipt_cost=CHEAP)
    store.keys.set_up(PASSPHRASE, name="Ada", cost=CHEAP)
    note = Note("The canteen is too loud, says [PERSON 1].", spans=(Gap(30, 40, "PERSON"),))
    (folder / "released").write_text(filled(note, note, note).id)
    new_gathering("open")
    store.close()
    with running(data_dir, PATH=str(folder)) as kiosk:
        yield kiosk


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("voice")
    program = made / "espeak-ng"
    program.write_text(STAND_IN.format(python=sys.executable), encoding="utf-8")
    program.chmod(0o755)
    return made


@pytest.fixture(scope="module")
def speaking(folder: Path) -> Iterator[Running]:
    yield from start(folder)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("mute")
    return made


@pytest.fixture(scope="module")
def mute(empty: Path) -> Iterator[Running]:
    yield from start(empty)


def preview(page: Page, screen: Screen) -> Locator:
    """Write a note and go to its preview; returns the button of the voice."""
    page.locator(".door--write").click()
    page.get_by_label("What you want to say").fill("Mail anna@example.org about the loud fan.")
    page.get_by_role("button", name="Done").click()
    screen(page, "preview")
    return page.get_by_role("button", name="Hear it in a neutral voice")


def read_page(browser: Browser, kiosk: Running, gathering: str) -> Page:
    """The reader at the unlocked desk."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(kiosk.url + "/review/")
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Gatherings", exact=True)).to_be_visible()
    page.goto(f"{kiosk.url}/review/gatherings/{gathering}/read")
    return page


def sounds(page: Page, address: str) -> list[tuple[str, bytes]]:
    """Fills up with what an address answers: its type and its bytes."""
    answers: list[tuple[str, bytes]] = []

    def pass_on(route: Route) -> None:
        answer = route.fetch()
        answers.append((answer.headers["content-type"], answer.body()))
        route.fulfill(response=answer)

    page.route(address, pass_on)
    return answers


def is_whole_wav(sound: tuple[str, bytes]) -> bool:
    """Three seconds, in a file that knows its length."""
    kind, body = sound
    sized = int.from_bytes(body[4:8], "little") == len(body) - 8
    return kind == "audio/wav" and body[:4] == b"RIFF" and sized and len(body) == 44 + 48_000


def asked_in(sound: tuple[str, bytes]) -> str:
    """What the stand-in was asked to read: it says so in its sound, since it may write no file."""
    return sound[1][44:].rstrip(bytes(1)).decode()


def is_playing(page: Page, audio: str) -> None:
    page.wait_for_function(
        "s => { const a = document.querySelector(s); return !a.paused && a.currentTime > 0.1 }",
        arg=audio,
    )


def test_a_visitor_hears_the_words_as_they_would_be_kept(
    visit: Visit, screen: Screen, speaking: Running
) -> None:
    """Without the details, without what is struck; a second press is silence."""
    page = visit(url=speaking.url)
    button = preview(page, screen)
    page.locator(".word", has_text="loud").click()
    answers = sounds(page, f"{speaking.url}/api/drafts/*/reading")
    button.click()
    is_playing(page, "draft-preview audio")
    assert [is_whole_wav(each) for each in answers] == [True]
    expect(button).to_have_attribute("aria-pressed", "true")
    assert page.locator("draft-preview audio").get_attribute("src").startswith("blob:")
    heard = asked_in(answers[0])
    assert heard.split(" | ")[1] == "Mail email about the removed fan."
    assert "-v en" in heard
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.locator("draft-preview audio").get_attribute("src") is None


def test_the_voice_ends_by_itself_and_forgetting_ends_it_at_once(
    visit: Visit, screen: Screen, speaking: Running
) -> None:
    page = visit(url=speaking.url)
    button = preview(page, screen)
    button.click()
    is_playing(page, "draft-preview audio")
    expect(button).to_have_attribute("aria-pressed", "false", timeout=60_000)
    button.click()
    is_playing(page, "draft-preview audio")
    page.get_by_role("button", name="Forget").click()
    assert page.locator("draft-preview audio").get_attribute("src") is None  # before it is asked
    page.get_by_role("button", name="Yes, forget it").click()
    screen(page, "forgotten")
    assert page.locator("draft-preview audio").get_attribute("src") is None


def test_at_the_desk_a_note_is_read_by_the_same_voice(
    browser: Browser, speaking: Running, folder: Path
) -> None:
    page = read_page(browser, speaking, (folder / "released").read_text())
    try:
        page.get_by_text("Listen to the words").click()
        answers = sounds(page, f"{speaking.url}/review/gatherings/*/read/*/voice.wav*")
        page.locator("audio").first.focus()
        page.keyboard.press("Space")
        is_playing(page, "audio")
        assert is_whole_wav(answers[0])
        heard = asked_in(answers[0])
        assert heard.endswith(" | The canteen is too loud, says person 1.")
    finally:
        page.context.close()


def test_without_a_voice_there_is_no_button(
    visit: Visit, screen: Screen, browser: Browser, mute: Running, empty: Path
) -> None:
    """Neither at the preview nor at the desk; the rest is there."""
    page = visit(url=mute.url)
    button = preview(page, screen)
    expect(page.get_by_role("button", name="Keep")).to_be_visible()
    expect(button).to_have_count(0)
    desk = read_page(browser, mute, (empty / "released").read_text())
    try:
        expect(desk.get_by_text("The canteen is too loud").first).to_be_visible()
        assert desk.locator("audio").count() == 0
        assert desk.get_by_text("Listen to the words").count() == 0
    finally:
        desk.context.close()
