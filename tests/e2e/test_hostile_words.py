"""Two hundred scripts as words: wherever people can type, on every page, and none of them runs."""

import re
from collections.abc import Iterator
from itertools import product
from urllib.parse import urldefrag

import pytest

import store
from tests.support.desk_helpers import today
from tests.support.places import PASSPHRASE
from tests.support.running import Running, running

pytest.importorskip("playwright")
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kiosk.meaning import kept
from kiosk.meaning.book import add
from store.house_words import HouseWords
from store.items import Note
from store.payloads import Said
from store.promise import Promise
from store.seals import derive

CHEAP = derive.Cost(passes=1, memory_bytes=8 << 20)
ENDS = ("", "'\">", "</textarea>", "</title>", "--!>", "]]>", "</script>", '"><', "{{7*7}}", "%3E")
BODIES = (
    "<script data-planted>ran()</script>",
    "<img data-planted src=x onerror=ran()>",
    "<svg data-planted onload=ran()>",
    "<body data-planted onload=ran()>",
    '<iframe data-planted srcdoc="<script>parent.ran()</script>"></iframe>',
    '<a data-planted href="javascript:ran()">x</a>',
    "<details data-planted open ontoggle=ran()>",
    "<input data-planted autofocus onfocus=ran()>",
    "<video data-planted><source onerror=ran()></video>",
    '<math data-planted><mi xlink:href="javascript:ran()">',
    '<object data-planted data="javascript:ran()"></object>',
    '<embed data-planted src="javascript:ran()">',
    '<form data-planted action="javascript:ran()"><button>x</button>',
    "<style data-planted>@import 'http://planted.invalid/'</style>",
    "<link data-planted rel=stylesheet href=//planted.invalid/>",
    '<meta data-planted http-equiv=refresh content="0;url=javascript:ran()">',
    "<base data-planted href=//planted.invalid/>",
    "<template data-planted shadowrootmode=open><img src=x onerror=ran()></template>",
    "<img data-planted src=`x` onerror=ran()>",
    "<ScRiPt data-planted>ran()</sCrIpT>",
)
SCRIPTS = [end + body for end, body in product(ENDS, BODIES)]
SOME = " ".join(SCRIPTS[::9])
NOT_PAGES = re.compile(r"voice\.wav|drawing\.png|/static/|\?lang=")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Iterator[tuple[Running, str]]:
    """A kiosk whose every word is a script, and the gathering that was read."""
    data_dir = tmp_path_factory.mktemp("hostile") / "data"
    store.open(data_dir, receipt_cost=CHEAP)
    store.keys.set_up(PASSPHRASE, name=f"Ada {SCRIPTS[1]}", cost=CHEAP)
    store.house_words.write(HouseWords(helpline=SOME[:300], when_worried=SOME))
    promise = Promise(readers=(SOME[:500],), threshold=3)
    words = {"questions": (SOME,), "promise": promise, "today": today()}
    read = store.gatherings.new(f"Title {SOME}", **words)
    quarter = len(SCRIPTS) // 4
    for at in range(4):
        text = "\n".join(SCRIPTS[at * quarter : (at + 1) * quarter])
        said = Said(question=SOME)
        store.items.keep(Note(text, said=said), read, token=f"{read.id}-{at:05}")
    store.gatherings.close(read.id, today=today())
    with store.keys.unlock(PASSPHRASE) as master:
        store.lists.save(master, '{"staff": ["<img data-planted src=x onerror=ran()>"]}')
        for item in store.items.released(read.id, master):
            version = store.items.label(item.id, [SCRIPTS[0], SCRIPTS[21]], master, version=1)
            version = store.items.annotate(item.id, SOME, master, version=version)
            store.items.move(item.id, "approved", version=version)
        kept.change(read.id, master, lambda book: add(book, SOME[:80]))
    store.board.publish(read.id, SOME[:120], SOME[:1_000])
    store.gatherings.new(f"Open {SOME}", **words)
    store.close()
    with running(data_dir) as found:
        yield found, read.id


class Watched:
    """A window, and all that it did which no word may make it do."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.faults: list[str] = []
        context.expose_function("ran", lambda: self.faults.append("a script ran"))
        self.page: Page = context.new_page()
        self.page.set_default_timeout(60_000)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: self.faults.append("dialog") or dialog.dismiss())
        self.page.on(
            "console",
            lambda said: self.faults.append(said.text) if "Security Policy" in said.text else None,
        )
        self.page.on(
            "request",
            lambda asked: (
                None if asked.url.startswith((home, "data:", "blob:", "about:"))
                else self.faults.append(asked.url)
            ),
        )  # fmt: skip

    def look(self) -> None:
        """Count what words made into elements."""
        planted = self.page.locator("[data-planted]").count()
        self.faults += [f"{self.page.url}: {planted} elements"] if planted else []


@pytest.fixture
def watch(browser: Browser, hostile: tuple[Running, str]):
    contexts = []

    def open_window(**options) -> Watched:
        contexts.append(browser.new_context(**options))
        return Watched(contexts[-1], hostile[0].url)

    yield open_window
    for context in contexts:
        context.close()


def test_a_script_that_is_not_made_harmless_would_be_noticed(watch, hostile):
    """The control: the same words as markup, without our content policy."""
    window = watch(bypass_csp=True)
    window.page.goto(hostile[0].url + "/healthz")
    window.page.evaluate("words => { document.body.innerHTML = words }", "\n".join(SCRIPTS))
    window.page.wait_for_function("() => document.querySelectorAll('[data-planted]').length > 99")
    window.look()
    expect(window.page.locator("img[data-planted]").first).to_be_attached()
    window.page.evaluate("() => window.ran()")
    assert any("elements" in each for each in window.faults)
    assert "a script ran" in window.faults
    assert any("planted.invalid" in each for each in window.faults)


def test_two_hundred_scripts_as_words_run_nowhere(watch, hostile, tmp_path):
    """Every page that a link leads to, items by key, found words, a file, the board."""
    kiosk, read = hostile
    assert len(SCRIPTS) == 200
    window = watch()
    page = window.page
    page.goto(kiosk.url + "/review/")
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Gatherings", exact=True)).to_be_visible()
    ahead, seen = [kiosk.url + "/review/"], set()
    while ahead:
        seen.add(url := ahead.pop())
        page.goto(url)
        window.look()
        links = page.locator("a[href]").evaluate_all("all => all.map(each => each.href)")
        for link in (urldefrag(each)[0] for each in links):
            if link.startswith(kiosk.url) and link not in {*seen, *ahead}:
                ahead += [] if NOT_PAGES.search(link) else [link]
    assert len(seen) > 30
    page.goto(f"{kiosk.url}/review/gatherings/{read}/read")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("1 of 4")
    page.locator("desk-keys:defined").wait_for(state="attached")
    for place in range(2, 5):
        page.keyboard.press("j")
        expect(heading).to_have_text(f"{place} of 4")
        window.look()
    page.keyboard.press("/")
    page.keyboard.type("script onerror")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_be_visible()
    window.look()
    with page.expect_download() as loaded:
        page.goto(f"{kiosk.url}/review/gatherings/{read}/export")
        page.get_by_label(re.compile("^HTML")).check()
        page.get_by_role("button", name="Download").click()
    page.goto(f"{kiosk.url}/healthz")
    outside = watch(bypass_csp=True)  # the file stands for itself
    loaded.value.save_as(tmp_path / "items.html")
    outside.page.goto((tmp_path / "items.html").as_uri())
    expect(outside.page.locator("h1")).to_be_visible()
    outside.look()
    page.goto(kiosk.url + "/")
    window.look()
    faults = [each for each in outside.faults if not each.startswith("file:")]
    assert window.faults + faults == []
