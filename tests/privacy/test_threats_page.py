"""The threats page names tests; a page whose tests are gone would be a promise without proof."""

import ast
import functools
import re

import pytest

from tests.support.places import HOME

PAGE = (HOME / "docs" / "threats.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
CHECKS = re.compile(r"(pytest\.)?(raises|fail)|expect")


@functools.cache
def functions_in(path: str) -> dict[str, ast.FunctionDef]:
    """The functions of a test file; none if it is not there."""
    file = HOME / path
    return functions_of(file.read_text(encoding="utf-8")) if file.exists() else {}


def functions_of(source: str) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}


def calls_in(function: ast.FunctionDef) -> set[str]:
    called = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return {ast.unparse(each) for each in called}


def reached_from(function: ast.FunctionDef, around: dict[str, ast.FunctionDef]) -> set[str]:
    """The functions of the same file that a test calls, and it."""
    found, new = {function.name}, {function.name}
    while new:
        new = {name for each in new for name in calls_in(around[each]) if name in around} - found
        found |= new
    return found


def checks_in(function: ast.FunctionDef) -> bool:
    return any(isinstance(node, ast.Assert) for node in ast.walk(function)) or any(
        CHECKS.fullmatch(each) for each in calls_in(function)
    )


def finds_something(function: ast.FunctionDef) -> bool:
    """Whether any of its checks would fail if nothing were there at all."""
    asserts = [node for node in ast.walk(function) if isinstance(node, ast.Assert)]
    return any(not is_of_nothing(each.test) for each in asserts) or any(
        CHECKS.fullmatch(each) for each in calls_in(function)
    )


def is_of_nothing(test: ast.expr) -> bool:
    """`assert not x`, `x not in y`, `x == []` and their like."""
    if isinstance(test, ast.UnaryOp):
        return isinstance(test.op, ast.Not)
    if not isinstance(test, ast.Compare):
        return False
    last = ast.unparse(test.comparators[-1])
    is_empty = last in {"[]", "{}", "()", "set()", "None", "False", "0", "''", "b''"}
    return isinstance(test.ops[-1], ast.NotIn) or (
        isinstance(test.ops[-1], ast.Eq | ast.Is) and is_empty
    )


def is_left_out(function: ast.FunctionDef) -> bool:
    """Whether it may fail, or never runs: `skipif` says for which machine it is not."""
    marks = [ast.unparse(each) for each in function.decorator_list]
    return any(re.match(r"pytest\.mark\.(xfail|skip)\b(?!if)", each) for each in marks)


def rows(heading: str) -> list[str]:
    section = PAGE.split(f"\n## {heading}")[1].split("\n## ")[0]
    return [line for line in section.splitlines() if line.startswith("| ")][1:]


PLANTED = """
@pytest.mark.xfail
def test_may_fail(): assert found() == ["planted"]
@pytest.mark.skip(reason="later")
def test_never_runs(): assert 1
@pytest.mark.skipif(True, reason="not here")
def test_elsewhere(): assert found() == ["planted"]
def test_says_nothing(): found()
def test_asks_another(): asks()
def asks(): assert found()
def test_silent():
    assert found() == []
    assert "x" not in found()
    assert not found()
    assert found() is None
"""


def test_what_proves_nothing_would_be_seen():
    made = functions_of(PLANTED)
    assert [n for n, each in made.items() if is_left_out(each)] == [
        "test_may_fail", "test_never_runs"
    ]  # fmt: skip
    assert not checks_in(made["test_says_nothing"])
    assert any(checks_in(made[n]) for n in reached_from(made["test_asks_another"], made))
    assert not finds_something(made["test_silent"])
    assert finds_something(made["test_elsewhere"])
    assert "test_this_is_planted" not in functions_in("tests/privacy/test_threats_page.py")
    assert functions_in("tests/privacy/test_that_is_not_there.py") == {}


def test_each_named_test_is_there_runs_and_checks_something():
    named = NAMED.findall(PAGE)
    assert len(named) > 150
    missing = [f"{path}::{name}" for path, name in named if name not in functions_in(path)]
    assert missing == []
    left_out = [name for path, name in named if is_left_out(functions_in(path)[name])]
    assert left_out == []
    mute = [
        f"{path}::{name}"
        for path, name in named
        for around in [functions_in(path)]
        if not any(checks_in(around[each]) for each in reached_from(around[name], around))
        or not name.startswith("test_")
    ]
    assert mute == []


@pytest.mark.parametrize(("heading", "least"), [("4.", 57), ("5.", 37)])
def test_each_row_is_shown_by_a_test_that_would_find_something(heading: str, least: int):
    """Tests that find nothing are no proof alone: one of each row's shows what there is to find."""
    found = rows(heading)
    assert len(found) >= least
    unproven = [
        row[:60]
        for row in found
        if not any(finds_something(functions_in(path)[name]) for path, name in NAMED.findall(row))
    ]
    assert unproven == []


def test_the_leaks_are_numbered_without_a_gap():
    numbers = [int(row.split("|")[1]) for row in rows("4.")]
    assert numbers == list(range(1, len(numbers) + 1))
