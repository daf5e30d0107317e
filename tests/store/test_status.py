"""One table for items, one for gatherings: every pair is tried, and nothing else sets a status."""

import ast
import re
from pathlib import Path

import pytest

import store
from store import items, status
from store.errors import WrongStateError
from store.items import Note
from store.status import State, Status, step
from tests.support.store_folder import DAY, token

TREE = Path(store.__file__).parent
MAKERS = {"Head", "GatheringRow", "ItemRow", "rewrite", "_rewrite", "_replace", "update", "put"}
COLUMNS = {"status", "state"}
FIFTH_OF_HEAD = 3  # where a status would stand in a Head without names


@pytest.mark.parametrize(
    ("table", "values"), [(status.OF_ITEMS, Status), (status.OF_GATHERINGS, State)]
)
def test_every_pair_is_taken_or_refused_as_the_table_says(table, values):
    assert set(table) == {None, *values}
    for before in (None, *values):
        for after in values:
            if after in table[before]:
                assert step(before, after) is after
                assert step(before and before.value, after) is after  # as it is read from a row
            else:
                with pytest.raises(WrongStateError):
                    step(before, after)


def test_what_no_table_knows_leads_nowhere():
    with pytest.raises(WrongStateError):
        step("half open", State.CLOSED)


def test_every_status_and_state_can_be_reached_and_none_leads_back_to_nothing():
    for table in (status.OF_ITEMS, status.OF_GATHERINGS):
        reached, at = set(), set(table[None])
        while at - reached:
            reached |= at
            at = {after for before in reached for after in table[before]}
        assert reached == set(table) - {None}


def settings_of(source: str) -> list[int]:
    """Lines that set a status or state without asking the table."""
    found = []
    for node in ast.walk(ast.parse(source)):
        values = []
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in MAKERS:
                values += [each.value for each in node.keywords if each.arg in COLUMNS]
            if name == "Head":
                values += node.args[FIFTH_OF_HEAD:]
            if name == "setattr":
                values += [each for each in node.args[1:2] if _text(each) in COLUMNS]
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            values += [node.value for each in targets if _column(each) in COLUMNS]
        elif isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            values += [value for key, value in pairs if _text(key) in COLUMNS]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = re.findall(r"\w+", node.value)
            in_set = "SET" in words and COLUMNS & set(words[words.index("SET") :])
            values += [node] if in_set or ("INSERT" in words and COLUMNS & set(words)) else []
        found += [value.lineno for value in values if not _asks(value)]
    return found


def _column(target: ast.expr) -> str:
    """The column that an assignment goes to; a plain variable is none."""
    if isinstance(target, ast.Attribute):
        return target.attr
    return _text(target.slice) if isinstance(target, ast.Subscript) else ""


def _text(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _asks(node: ast.expr) -> bool:
    """`step(...)`, or the one place that turns the text of a stored row into its status again."""
    if isinstance(node, ast.Subscript):
        return ast.unparse(node) == "_STATUS_OF[values['status']]"
    called = node.func if isinstance(node, ast.Call) else None
    # What facilitators say of an answer on the board follows on nothing: any word, at any time.
    return getattr(called, "attr", getattr(called, "id", "")) in {"step", "AnswerState"}


PLANTED = (
    "head._replace(status=Status.SEALED)",
    "row.rewrite(state=State.CLOSED, closes=day)",
    "row.rewrite(state=wanted)",
    "_rewrite(db, 'item', item, status='failed')",
    "GatheringRow(id=owner, state='open').put()",
    "vault.Head(owner, key, owner, status, 0, mark, sealed, None)",
    "row.status = Status.APPROVED",
    "values['status'] = 'released'",
    "new = {'id': key, 'state': 'open'}",
    "db.execute('UPDATE item SET version = 1, status = ?', (wanted,))",
    "db.execute('INSERT INTO item (id, status) VALUES (?, ?)')",
    "setattr(row, 'state', wanted)",
)


@pytest.mark.parametrize("planted", PLANTED)
def test_the_search_finds_a_status_that_is_set_by_hand(planted):
    assert settings_of(planted)


def test_nothing_but_the_table_sets_a_status_or_a_state():
    asked = 0
    for path in TREE.rglob("*.py"):
        source = path.read_text("utf-8")
        assert not settings_of(source), path
        asked += source.count("step(") if path.name != "status.py" else 0
    assert asked > 10


def test_a_memo_without_words_can_be_discarded_and_brought_back(gathering, master):
    """Once it was discarded, nothing opened it any more: its sound is gone since release."""
    items.hold_sound(b"sound" * 9_000, gathering, token=token())
    for text in "abc":
        items.keep(Note(text), gathering, token=token())
    store.gatherings.close(gathering.id, today=DAY)
    store.gatherings.release_without_sound(gathering.id, today=DAY)
    (found,) = [i for i in items.released(gathering.id, master) if i.status == Status.FAILED]
    for after in (Status.DISCARDED, Status.RELEASED):
        version = items.find(found.id, master).version
        items.move(found.id, after, version=version)
        again = items.find(found.id, master)
        assert (again.status, again.payload) == (after, found.payload)
    assert items.released(gathering.id, master).damaged == 0
