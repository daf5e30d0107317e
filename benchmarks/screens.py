"""Walk the kiosk in Chromium and take a picture of every screen.

    ./dev screens                  the pictures of the README and the guides, into docs/screens
    ./dev screens --all FOLDER     every screen in every size and look, to check a change by eye

Everything shown is invented; the kiosk is `kiosk demo` with the sample speech model.
"""

import argparse
import io
import math
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HOME = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HOME), str(HOME / "tests")]

from kiosk.commands.demo import PASSPHRASE  # noqa: E402
from tests.support.microphone_file import CHROMIUM, arguments, microphone_file  # noqa: E402
from tests.support.places import MICRO  # noqa: E402

LOOKS: dict[str, dict[str, Any]] = {
    "": {"viewport": {"width": 1280, "height": 800}},
    "portrait": {"viewport": {"width": 800, "height": 1280}},
    "phone": {"viewport": {"width": 390, "height": 844}},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "contrast": {"viewport": {"width": 1280, "height": 800}, "contrast": "more"},
}
NOTE = "The night shift is always one person short. Ask Sarah Miller (sarah.m@example.org)."
READY = re.compile(r"Kiosk ready at (http://\S+)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", metavar="FOLDER", type=Path, help="every screen in every look")
    chosen = parser.parse_args()
    if not CHROMIUM:
        sys.exit("Pictures need Chromium. On Debian: apt install chromium")
    folder = chosen.all or HOME / "docs" / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as temporary,
        sync_playwright() as playwright,
        kiosk("demo", "--model", str(MICRO)) as (url, _lines),
    ):
        spoken = microphone_file(Path(temporary) / "spoken.wav")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments(spoken))
        for look, options in LOOKS.items():
            walks = (visitor, desk) if chosen.all or not look else (glance,)
            for walk in walks:
                page = window(browser, url, options)
                walk(page, url, camera(page, folder, look))
                page.context.close()
        first_start(browser, Path(temporary), folder)
        browser.close()


def first_start(browser: Browser, temporary: Path, folder: Path) -> None:
    """A kiosk that is set up, and another one that joins its team."""
    with (
        kiosk("serve", "--data-dir", f"{temporary}/new") as (fresh, lines),
        kiosk("serve", "--data-dir", f"{temporary}/box") as (box, its_lines),
    ):
        page = window(browser, fresh, LOOKS[""])
        set_up(page, fresh, lines, camera(page, folder, ""))
        team(page, fresh, (box, its_lines), camera(page, folder, ""))


@contextmanager
def kiosk(*command: str) -> Iterator[tuple[str, str]]:
    """A kiosk on a free port: its address and what it printed, until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "kiosk", *command, "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=HOME,
    )
    lines = ""
    try:
        for line in process.stdout or ():
            lines += line
            if found := READY.search(line):
                break
        else:
            sys.exit("The kiosk did not start.")
        if command[0] == "serve":
            lines += process.stdout.readline() if process.stdout else ""
        yield found[1], lines
    finally:
        process.terminate()
        process.wait(timeout=30)


def window(browser: Browser, url: str, options: dict[str, Any]) -> Page:
    context = browser.new_context(locale="en-GB", reduced_motion="reduce", **options)
    context.grant_permissions(["microphone"], origin=url)
    page = context.new_page()
    page.set_default_timeout(30_000)
    return page


def camera(page: Page, folder: Path, look: str) -> Callable[[str], None]:
    """Takes a picture under a name, in few colours so that the repository stays small."""

    def take(name: str) -> None:
        page.wait_for_timeout(250)
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        few = picture.quantize(128, dither=Image.Dither.NONE)
        path = folder / f"{name}{'-' if look else ''}{look}.png"
        few.save(path, optimize=True)
        print(path.relative_to(HOME) if path.is_relative_to(HOME) else path)

    return take


def shows(page: Page, name: str) -> None:
    page.locator(f'section[data-screen="{name}"]').wait_for()


def glance(page: Page, url: str, take: Callable[[str], None]) -> None:
    """The two screens that the README shows in every look."""
    page.goto(url)
    take("start")
    write(page, lambda name: take(name) if name == "preview" else None)


def visitor(page: Page, url: str, take: Callable[[str], None]) -> None:
    page.goto(url)
    take("start")
    page.get_by_role("button", name="How this keeps you safe").click()
    take("safe")
    page.get_by_role("button", name="I understand").click()
    speak(page, take)
    draw(page, take)
    write(page, take)
    page.get_by_role("button", name="Worried").click()
    take("more")
    page.locator("[data-screen=more] .screen__back").click()
    page.get_by_role("button", name="I would rather not say yet").click()
    page.get_by_role("button", name="Leave this silence here?").wait_for()
    take("quiet")
    page.locator("[data-screen=quiet] .screen__back").click()
    page.get_by_role("button", name="I have four words").click()
    take("receipt")


def speak(page: Page, take: Callable[[str], None]) -> None:
    page.locator(".door--speak").click()
    take("speak")
    page.get_by_role("button", name="Start").click()
    page.wait_for_timeout(4000)
    take("recording")
    page.get_by_role("button", name="Pause").click()
    take("paused")
    draft = re.compile(r"/api/drafts/[^/?]+$")
    page.route(draft, lambda route: route.fulfill(json={"state": "working", "progress": 0.4}))
    page.get_by_role("button", name="Done").click()
    shows(page, "working")
    page.wait_for_timeout(800)
    take("working")
    page.unroute(draft)
    shows(page, "preview")
    take("preview-spoken")
    page.get_by_role("button", name="Keep").click()
    shows(page, "kept")
    take("kept")
    page.get_by_role("button", name="Finish").click()


def draw(page: Page, take: Callable[[str], None]) -> None:
    page.locator(".door--draw").click()
    page.locator("body:not([data-still])").wait_for()
    box = page.locator("canvas").bounding_box() or {}

    def stroke(*points: tuple[float, float]) -> None:
        placed = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in points]
        page.mouse.move(*placed[0])
        page.mouse.down()
        for x, y in placed[1:]:
            page.mouse.move(x, y, steps=3)
        page.mouse.up()

    stroke((0.12, 0.75), (0.12, 0.45), (0.3, 0.28), (0.48, 0.45), (0.48, 0.75), (0.12, 0.75))
    stroke((0.26, 0.75), (0.26, 0.57), (0.36, 0.57), (0.36, 0.75))
    colour(page, "Blue")
    for step in range(6):
        x = 0.6 + step * 0.06
        stroke((x, 0.2 + 0.05 * (step % 2)), (x - 0.03, 0.42 + 0.05 * (step % 2)))
    colour(page, "Orange")
    circle = [(0.74 + 0.05 * math.cos(a / 4), 0.62 + 0.07 * math.sin(a / 4)) for a in range(27)]
    stroke(*circle)
    take("draw")
    page.get_by_role("button", name="Done").click()
    shows(page, "preview")
    page.get_by_role("button", name="Add a cover").click()
    take("preview-drawing")
    page.get_by_role("button", name="Forget").click()
    take("sure")
    page.get_by_role("button", name="Yes, forget it").click()
    shows(page, "forgotten")
    take("forgotten")
    page.get_by_role("button", name="Back to the start").click()


def colour(page: Page, name: str) -> None:
    page.locator("[data-drawer=ink]").click()
    page.get_by_label(name).check()
    page.locator("[data-drawer=ink]").click()


def write(page: Page, take: Callable[[str], None]) -> None:
    page.locator(".door--write").click()
    page.get_by_label("What you want to say").fill(NOTE)
    take("write")
    page.get_by_role("button", name="Done").click()
    shows(page, "preview")
    page.locator(".word", has_text="always").click()
    take("preview")
    page.get_by_role("button", name="Forget").click()
    page.get_by_role("button", name="Yes, forget it").click()
    shows(page, "forgotten")
    page.get_by_role("button", name="Back to the start").click()


def desk(page: Page, url: str, take: Callable[[str], None]) -> None:
    page.goto(f"{url}/review")
    take("desk-unlock")
    page.locator("input[type=password]").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Autumn shift change").first.wait_for()
    take("desk")
    page.get_by_role("link", name="Autumn shift change").first.click()
    page.wait_for_load_state()
    take("desk-gathering")
    gathering = page.url
    set_apart(page, gathering)
    page.goto(f"{gathering}/read")
    # The order is drawn anew each time: on to an item from which something was taken out.
    while not page.locator("article .reader__text mark.placeholder").count():
        with page.expect_navigation():
            page.locator('a[data-key^="j"]').click()
    take("desk-reader")
    page.locator('a[data-key="c"]').click()
    page.wait_for_load_state()
    take("desk-cover")
    meaning(page, gathering, take)


def set_apart(page: Page, gathering: str) -> None:
    """Do with the note that worries what the guide says: it is on no wall, and in no theme."""
    page.goto(f"{gathering}/read")
    if page.get_by_role("button", name="set apart").count():
        return  # in an earlier look
    page.get_by_text("Filter and search").click()
    page.get_by_label("Search", exact=True).fill("burden nobody notice")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="1 of 1").wait_for()
    page.get_by_role("button", name="This worries me").click()
    page.locator(".desk-said .notice").wait_for()
    page.get_by_role("button", name="Show all").click()
    page.get_by_role("heading", name=re.compile("^1 of ")).wait_for()


def meaning(page: Page, gathering: str, take: Callable[[str], None]) -> None:
    """From approved items to themes, the wall, the shape of it and cards."""
    page.goto(f"{gathering}/read")
    page.get_by_text("All that are shown at once").click()
    page.get_by_role("button", name="Approve all").click()
    page.locator(".desk-said .notice").wait_for()
    page.goto(f"{gathering}/groups/")
    page.get_by_role("button", name="Suggest groups").click()
    page.get_by_role("heading", name="Said by few").wait_for()
    take("desk-groups")
    while (button := page.get_by_role("button", name="Make it a theme")).count():
        name = page.locator("input[name=name]").first
        if not name.input_value():
            name.fill("Cold, and planned too late")
        button.first.click()
        page.locator(".desk-said .notice").wait_for()
    for path, picture in (("themes", "desk-themes"), ("shape", "desk-shape"),
                          ("session", "desk-session"), ("session/cards", "desk-cards"),
                          ("wall", "desk-wall")):  # fmt: skip
        page.goto(f"{gathering}/{path}")
        take(picture)
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    take("desk-wall-theme")
    page.keyboard.press("d")
    page.get_by_role("dialog").wait_for()
    take("desk-wall-dots")
    page.goto(f"{gathering}/wall/drawings")
    page.locator(".choice").first.click()
    take("desk-wall-drawings")
    part(page, gathering, take)


def part(page: Page, gathering: str, take: Callable[[str], None]) -> None:
    """A note whose first words are ticked for a theme."""
    page.goto(f"{gathering}/read")
    while not (asked := page.get_by_role("link", name="A part of it")).count():
        with page.expect_navigation():
            page.locator('a[data-key^="j"]').click()
    asked.click()
    for word in page.locator(".part-word").all()[:4:3]:
        word.click()
    take("desk-part")


def set_up(page: Page, url: str, lines: str, take: Callable[[str], None]) -> None:
    page.goto(url)
    take("set-up-code")
    found = re.search(r"code (\S+)", lines)
    if not found:
        return
    page.locator("input").last.fill(found[1])
    page.keyboard.press("Enter")
    page.locator("input[type=password]").first.wait_for()
    page.get_by_label("Your name").fill("Ada")
    for field in page.locator("input[type=password]").all():
        field.fill(PASSPHRASE)
    page.wait_for_timeout(900)  # its strength is weighed a moment later
    take("set-up-passphrase")
    page.get_by_role("button", name="Make the keys").click()
    page.locator(".recovery").wait_for()
    take("set-up-recovery")
    page.get_by_role("link", name="I have it on paper").click()
    page.get_by_role("button", name="Open the kiosk").wait_for()
    take("set-up-gathering")
    page.get_by_label("Title").fill("Autumn")
    page.get_by_label("Who will read it?").first.fill("Two members of the works council")
    page.get_by_role("button", name="Open the kiosk").click()
    page.get_by_role("link", name="Not now").wait_for()


def team(page: Page, url: str, other: tuple[str, str], take: Callable[[str], None]) -> None:
    """Invite another box at the desk, let it join, and open its own page."""
    page.goto(f"{url}/review/")
    page.locator(".list__main a").first.click()
    page.get_by_role("link", name="Other boxes").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the invitation").click()
    page.get_by_role("button", name="Show it as a square code").click()
    page.locator(".square-code svg").wait_for()
    take("team-boxes")
    box, lines = other
    page.goto(box)
    found = re.search(r"code (\S+)", lines)
    page.locator("#code").fill(found[1] if found else "")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("^Does this box belong to a team")).click()
    take("team-join")
    page.get_by_label("Invitation").set_input_files(download.value.path())
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("button", name="Yes, collect for this team").wait_for()
    take("team-compare")
    page.get_by_role("button", name="Yes, collect for this team").click()
    page.get_by_role("link", name="Open the kiosk").wait_for()
    take("team-joined")
    code = page.locator(".recovery__code").inner_text()
    page.goto(f"{box}/team/")
    page.locator("#code").fill(code)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Pack it").wait_for()
    take("team-outpost")


if __name__ == "__main__":
    main()
