"""The papers say what is so: each record in the index, each path there, each word told once."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.support import decision_index

HOME = Path(__file__).parents[1]
DOCS = HOME / "docs"
NOTICES = sorted((DOCS / "notices").glob("??.md"))
GUIDES = sorted(
    [
        *DOCS.glob("*.md"),
        DOCS / "notices" / "README.md",
        DOCS / "decisions" / "README.md",
        HOME / "README.md",
    ],
    key=str,
)


def test_every_decision_is_in_the_index_with_its_title_and_a_status() -> None:
    """Who looks for a reason finds it by its title, and sees whether it still holds."""
    index = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    assert decision_index.written(index) == index, "./dev format brings it up to date"
    said = decision_index.statuses(index)
    assert said.keys() == decision_index.records().keys()
    assert [each for each in said.values() if not decision_index.STATUS.fullmatch(each)] == []


def test_the_index_keeps_what_it_says_and_takes_what_is_new(tmp_path: Path) -> None:
    (tmp_path / "0001-one.md").write_text("# 1. One\n")
    index = decision_index.written("", tmp_path).replace("holds |", "superseded by 0002 |")
    (tmp_path / "0002-two.md").write_text("# 0002: Two\n")
    assert decision_index.statuses(decision_index.written(index, tmp_path)) == {
        "0001-one.md": "superseded by 0002",
        "0002-two.md": "holds",
    }


def missing_paths(text: str, beside: Path) -> list[str]:
    """Links and quoted paths of a paper that lead nowhere."""
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text)
    quoted = re.findall(r"`((?:[a-z_]+/)+[\w.-]+\.(?:py|md|txt|html|css|js|toml|pot))`", text)
    return [each for each in links if not (beside / each).exists()] + [
        each
        for each in quoted
        if not re.search("NNNN|CODE", each)
        and not any((root / each).exists() for root in (HOME, beside))
    ]


def test_a_path_that_leads_nowhere_is_found() -> None:
    text = "[a](nowhere.md) [b](style.md) `kiosk/gone.py` `kiosk/pipeline.py` `docs/style.md`"
    assert missing_paths(text, DOCS) == ["nowhere.md", "kiosk/gone.py"]


@pytest.mark.parametrize("paper", GUIDES, ids=lambda path: path.name)
def test_no_paper_names_a_place_that_is_not_there(paper: Path) -> None:
    assert missing_paths(paper.read_text(encoding="utf-8"), paper.parent) == []


@pytest.mark.parametrize("notice", NOTICES, ids=lambda path: path.stem)
def test_a_notice_for_the_wall_names_the_buttons_as_the_screen_does(notice: Path) -> None:
    """And there is one in each language of the screen."""
    folder = HOME / "kiosk" / "translations"
    assert {each.stem for each in NOTICES} == {"en", *(each.stem for each in folder.glob("*.po"))}
    text = notice.read_text(encoding="utf-8")
    buttons = ["Keep", "Forget"]
    if notice.stem != "en":
        with (folder / f"{notice.stem}.po").open("rb") as file:
            known = read_po(file)
        buttons = [str(known[each].string) for each in buttons]
    assert all(buttons)
    assert [each for each in buttons if each not in text] == []


def test_the_glossary_tells_each_word_once() -> None:
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    words = [
        word
        for row in re.findall(r"(?m)^\| (?!Word|---)([^|]+) \|", text)
        for word in re.split(r", ", row.strip())
    ]
    assert len(words) > 40
    assert sorted(words) == sorted(set(words))


def test_the_changelog_tells_of_the_version_that_the_project_has() -> None:
    """Unreleased stands first; the version that people install has its own heading and date."""
    project = (HOME / "pyproject.toml").read_text(encoding="utf-8")
    version = re.findall(r'(?m)^version = "(.+)"', project)[0]
    heads = re.findall(r"(?m)^## (.+)", (HOME / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert heads[0] == "[Unreleased]"
    assert re.fullmatch(rf"\[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d", heads[1])
