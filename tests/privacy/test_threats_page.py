"""The threats page names tests; a page whose tests are gone would be a promise without proof."""

import ast
import functools
import re

import pytest

from tests.support.places import HOME

PAGE = (HOME / "docs" / "threats.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@functools.cache
def names_in(path: str) -> frozenset[str]:
    """The names of the tests in a file; none if it is not there."""
    file = HOME / path
    if not file.exists():
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def rows(heading: str) -> list[str]:
    section = PAGE.split(f"\n## {heading}")[1].split("\n## ")[0]
    return [line for line in section.splitlines() if line.startswith("| ")][1:]


def test_each_named_test_exists():
    assert "test_this_is_planted" not in names_in("tests/privacy/test_threats_page.py")
    named = NAMED.findall(PAGE)
    assert len(named) > 60
    missing = [f"{path}::{name}" for path, name in named if name not in names_in(path)]
    assert missing == []


@pytest.mark.parametrize(("heading", "least"), [("4.", 34), ("5.", 22)])
def test_each_row_is_shown_by_a_test_or_says_not_yet(heading: str, least: int):
    found = rows(heading)
    assert len(found) >= least
    assert [row for row in found if not NAMED.search(row) and "not yet" not in row] == []


def test_the_leaks_are_numbered_without_a_gap():
    numbers = [int(row.split("|")[1]) for row in rows("4.")]
    assert numbers == list(range(1, len(numbers) + 1))
