"""The visitor's sheets and modules as one answer each: whole, and small."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kiosk.i18n import languages
from kiosk.static_files import sheets
from kiosk.visit.joined import joined
from tests.support.places import HOME

STATIC = HOME / "static"
NODE = shutil.which("node")
MOST_BYTES = 100 * 1024
LETTERS_EXT = ("pl",)  # languages whose letters lie in a second file


def sent(client: FlaskClient, path: str, *, encoding: str = "gzip") -> int:
    answer = client.get(path, headers={"Accept-Encoding": encoding})
    assert answer.status_code == 200, path
    return len(answer.data) + len(str(answer.headers))


def of_first_page(client: FlaskClient, language: str, *, encoding: str = "gzip") -> int:
    """What comes over the wire until the start can be used."""
    page = f"/?lang={language}"
    named = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', client.get(page).text))
    if language in LETTERS_EXT:
        named |= {
            f"vendor/{path.relative_to(STATIC / 'vendor')}" for path in STATIC.rglob("*-ext-wght*")
        }
    addresses = {each if each.startswith("/") else f"/static/{each}" for each in named}
    return sum(sent(client, each, encoding=encoding) for each in {page, *addresses})


@pytest.mark.parametrize("language", languages())
def test_the_first_page_is_small(client: FlaskClient, language: str):
    assert of_first_page(client, language, encoding="identity") > MOST_BYTES
    assert of_first_page(client, language) <= MOST_BYTES


def test_no_sheet_and_no_module_is_left_out_or_comes_twice():
    style, script = joined("visit.css"), joined("visit.js")
    assert style.index("@layer reset,tokens") < style.index("@layer reset{")
    for name in sheets("visit"):
        first = re.search(
            r"^([^@/}\s][^{]+) {", (STATIC / "css" / name).read_text("utf-8"), re.MULTILINE
        )
        assert first, name
        assert re.sub(r",\s+", ",", first[1]) in style, name
    assert "@import" not in style
    for name, module in re.findall(
        r"^const (m\d+) = \(\(\) => {$([^\0]*?)^}\)\(\)$", script, re.MULTILINE
    ):
        assert "\nexport " not in module, name
    defined = re.findall(r'^customElements.define\("([a-z-]+)"', script, re.MULTILINE)
    assert sorted(defined) == sorted(
        found
        for path in (STATIC / "js").rglob("*.js")
        if reaches(path)
        for found in re.findall(
            r'^customElements.define\("([a-z-]+)"', path.read_text("utf-8"), re.MULTILINE
        )
    )
    assert {"visit-flow", "strike-words", "memo-recorder"} <= set(defined)


def reaches(wanted: Path, path: Path = STATIC / "js/visit/visit-flow.js") -> bool:
    """Whether a module is among those that the visitor's page imports."""
    if wanted == path:
        return True
    imported = re.findall(r'^import .*?"(\.[^"]+\.js)"$', path.read_text("utf-8"), re.MULTILINE)
    return any(reaches(wanted, (path.parent / each).resolve()) for each in imported)


@pytest.mark.skipif(not NODE, reason="needs node")
def test_the_joined_script_is_one_that_engines_read(tmp_path: Path):
    def is_read(script: str) -> bool:
        file = tmp_path / "visit.mjs"
        file.write_text(script, encoding="utf-8")
        done = subprocess.run([str(NODE), "--check", file], capture_output=True, check=False)
        return done.returncode == 0

    assert not is_read(joined("visit.js") + "}")
    assert is_read(joined("visit.js"))
    assert is_read(joined("later.js"))


def test_who_cannot_unpack_gets_it_plain_and_nobody_keeps_it(client: FlaskClient):
    plain = client.get("/static/joined/visit.css", headers={"Accept-Encoding": ""})
    assert plain.text == joined("visit.css")
    for name in ("visit.css", "visit.js"):
        assert client.get(f"/static/joined/{name}").headers["Cache-Control"] == "no-store"
    assert client.get("/static/joined/desk.css").status_code == 404
