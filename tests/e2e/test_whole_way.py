"""From a person at the tablet to a line in an export, on real parts: the reason for everything."""

import json
import os
import re
import shutil
import wave
from collections.abc import Iterator
from pathlib import Path

import av
import pytest
from running import PASSPHRASE, init, kiosk, running

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs chromium"),
]
DATA = Path(__file__).parents[1] / "data"
SPOKEN = DATA / "asr" / "samples" / "01-manager.flac"  # "My manager Sarah never listens."


def microphone_file(folder: Path) -> Path:
    """The sample as a WAV of 48 kHz, which Chromium plays into its fake microphone."""
    resampler = av.AudioResampler(format="s16", layout="mono", rate=48_000)
    with av.open(str(SPOKEN)) as container:
        frames = [each for frame in container.decode(audio=0) for each in resampler.resample(frame)]
        frames += resampler.resample(None)
    path = folder / "microphone.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        for frame in frames:
            file.writeframes(frame.to_ndarray().tobytes())
        file.writeframes(b"\0\0" * 48_000 * 3)
    return path


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[playwright.Browser]:
    sound = microphone_file(tmp_path_factory.mktemp("sound"))
    with playwright.sync_playwright() as engine:
        launched = engine.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                *(["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []),
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-audio-capture={sound}%noloop",
            ],
        )
        yield launched
        launched.close()


@pytest.fixture
def page(browser: playwright.Browser) -> Iterator[playwright.Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, has_touch=True)
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert faults == []


def keep(page: playwright.Page) -> str:
    """Press Keep; the four words."""
    page.get_by_role("button", name="Keep", exact=True).click()
    page.get_by_role("heading", name=re.compile("Thank you")).wait_for()
    words = page.locator(".kept__words").inner_text()
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("button", name=re.compile("^Speak")).wait_for()
    return " ".join(words.split())


def speak(page: playwright.Page) -> None:
    page.get_by_role("button", name=re.compile("^Speak")).click()
    page.locator("[data-act=record]").click()
    page.locator("[data-screen=speak] [data-act=done]").wait_for()
    page.wait_for_timeout(4_500)  # the sentence takes 2.7 s; speech cannot be hurried
    page.locator("[data-screen=speak] [data-act=done]").click()
    page.locator("strike-words").wait_for()


def write(page: playwright.Page, words: str) -> None:
    page.get_by_role("button", name=re.compile("^Write")).click()
    page.locator("textarea").fill(words)
    page.locator("[data-screen=write] [data-act=done]").click()


def draw(page: playwright.Page) -> None:
    page.get_by_role("button", name=re.compile("^Draw")).click()
    box = page.locator("canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 200, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 500, box["y"] + 300, steps=12)
    page.mouse.up()
    page.locator("[data-screen=draw] [data-act=done]").click()
    page.locator("cover-board img").wait_for()


def leave_three(page: playwright.Page) -> None:
    """Speak, write and draw, as a visitor; strike one more word of what was spoken."""
    speak(page)
    preview = page.locator("strike-words")
    playwright.expect(preview).to_contain_text("never listens")
    playwright.expect(preview).to_contain_text("[PERSON 1]")
    playwright.expect(preview).not_to_contain_text("Sarah")
    preview.get_by_text("manager", exact=True).click()
    assert len(keep(page).split()) == 4
    write(page, "Ask joe@example.com why the canteen is cold.")
    playwright.expect(page.locator("strike-words")).to_contain_text("[EMAIL]")
    keep(page)
    draw(page)
    keep(page)


def close_and_approve(page: playwright.Page) -> str:
    """Unlock, close, read and approve all three, by keyboard; what was on the screen."""
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Unlock").click()
    page.get_by_role("link", name="Feedback").first.click()
    page.get_by_role("link", name=re.compile("^Close")).click()
    page.get_by_role("button", name=re.compile("^Close")).click()
    page.get_by_role("link", name=re.compile("^Read")).first.click()
    seen = []
    for _item in range(3):
        seen.append(page.locator(".reader__item").inner_text())
        page.keyboard.press("a")
        page.wait_for_load_state()
        page.wait_for_timeout(300)
    return "\n".join(seen)


def test_from_the_tablet_to_the_export(page: playwright.Page, tmp_path: Path):
    """With a restart between keeping and reading; only the passphrase opens what was kept."""
    data = tmp_path / "data"
    init(data)
    micro = ("--model", DATA / "whisper-micro")
    with running(data, *micro) as first:
        page.goto(first.url)
        leave_three(page)
    with running(data, *micro) as second:
        page.goto(f"{second.url}/review/")
        seen = close_and_approve(page)
    assert "[REMOVED] [PERSON 1] never listens." in seen
    assert "Ask [EMAIL] why the canteen is cold." in seen

    listed = json.loads(kiosk("gathering", "list", "--json", "--data-dir", data).stdout)
    target = tmp_path / "out.jsonl"
    done = kiosk(
        *("export", "--data-dir", data, "--gathering", listed[0]["id"], "--format", "jsonl"),
        *("--passphrase-file", data.parent / "passphrase", "-o", target),
    )
    assert done.returncode == 0, done.stderr
    rows = {row["kind"]: row for row in map(json.loads, target.read_text().splitlines())}
    assert sorted(rows) == ["drawing", "memo", "note"]
    assert {row["status"] for row in rows.values()} == {"approved"}
    assert rows["memo"]["text"] == "My [REMOVED] [PERSON 1] never listens."
    assert rows["note"]["text"] == "Ask [EMAIL] why the canteen is cold."
