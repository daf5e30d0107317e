"""One table says what happens to a memo: every pair is tried, and nothing else sets a stage."""

import ast

import pytest

from kiosk.hearing.stages import AFTER, Event, Fault, Stage, WrongStageError, after
from tests.support.places import HOME

KIOSK = HOME / "kiosk"


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("event", Event)
def test_every_pair_is_taken_or_refused_as_the_table_says(stage: Stage, event: Event) -> None:
    if (stage, event) in AFTER:
        assert after(stage, event) is AFTER[stage, event]
    else:
        with pytest.raises(WrongStageError):
            after(stage, event)


def test_nothing_happens_after_the_end_and_all_else_may_fail() -> None:
    for stage in Stage:
        assert stage.is_over == (not any(before is stage for before, _ in AFTER))
        assert stage.is_over != ((stage, Event.FAULT_FOUND) in AFTER)
        assert stage.is_started == ((stage, Event.CHILD_LOST) in AFTER)


def test_every_stage_can_be_reached_from_the_first() -> None:
    reached = {Stage.WAITING}
    for _ in Stage:
        reached |= {to for (before, _), to in AFTER.items() if before in reached}
    assert reached == set(Stage)


def test_a_fault_that_may_pass_keeps_the_sound() -> None:
    """Sound waits for a better model only where the recording is not to blame."""
    assert {fault for fault in Fault if fault.keeps_sound} == {Fault.GAVE_UP, Fault.NO_MODEL}
    assert not any(fault.keeps_sound and fault.is_final for fault in Fault)
    assert {f for f in Fault if not (f.keeps_sound or f.is_final)} == {Fault.UNKNOWN}


def test_the_codes_are_what_browsers_know() -> None:
    assert {str(fault) for fault in Fault} == {
        "wrong_type", "unreadable", "too_large", "nothing_heard", "gave_up", "no_model", "unknown",
    }  # fmt: skip


def assignments(source: str) -> list[str]:
    """What is assigned to an attribute called `stage`."""
    found = []
    for node in ast.walk(ast.parse(source)):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = [part for each in node.targets for part in ast.walk(each)]
        elif isinstance(node, ast.AnnAssign | ast.AugAssign):
            targets = [node.target]
        if any(isinstance(each, ast.Attribute) and each.attr == "stage" for each in targets):
            found.append(ast.unparse(node.value) if node.value else "")
    return found


def test_nothing_else_sets_a_stage() -> None:
    assert assignments("memo.stage = Stage.READY") == ["Stage.READY"]
    assert assignments("memo.stage, x = y") == ["y"]
    found = [each for path in KIOSK.rglob("*.py") for each in assignments(path.read_text("utf-8"))]
    assert found == ["after(self.stage, event)"]
