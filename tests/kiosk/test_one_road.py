"""Whatever a visitor makes goes one way: stages are called from the pipeline and nowhere else."""

import ast
from pathlib import Path

import pytest

from tests.support.places import HOME

KIOSK = HOME / "kiosk"
ROADS = {"pipeline.py", "by_hand.py"}  # the second: operators and facilitators, by hand
# What stages do. Their errors, their values and the parts that are put together at the start are
# everybody's; a child runs its stage.
STAGES = {
    "capture.drawing": {"*"},
    "capture.note": {"*"},
    "capture.sound": {"*"},
    "capture.container": {"*"},
    "redact": {"redact", "engine", "stream"},
    "redact.engine": {"*"},
    "redact.stream": {"*"},
    "transcribe.engine": {"*"},
    "store.items": {"keep", "hold_sound"},
}
VALUES = {"DrawingTooLargeError", "UnreadableDrawingError", "Pixels"}


def stage_calls(source: str) -> set[str]:
    """Names of the stage functions that a module imports, or calls by their full name."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{each.name}" for each in node.names}
        elif isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.Attribute):
            found.add(ast.unparse(node))
    return {name for name in found if _is_stage(name)}


def _is_stage(name: str) -> bool:
    if name in STAGES:
        return STAGES[name] == {"*"}
    module, _, last = name.rpartition(".")
    names = STAGES.get(module, set())
    return last in names or (names == {"*"} and last not in VALUES)


@pytest.mark.parametrize(
    "planted",
    [
        "import store\nstore.items.keep(1, 2, token=3)",
        "from store.items import hold_sound",
        "from redact import redact",
        "def f():\n    from redact.stream import redact_lines",
        "from capture import drawing",
        "import capture.sound",
        "from capture.drawing import encode, DrawingTooLargeError",
        "from transcribe.engine import WhisperTranscriber",
    ],
)
def test_a_planted_call_would_be_found(planted: str) -> None:
    assert stage_calls(planted)


def test_values_and_errors_are_everybodys() -> None:
    assert not stage_calls("from capture.drawing import DrawingTooLargeError\nimport redact")
    assert not stage_calls("from redact import EMPTY, LocalLists\nimport store\nstore.items.find")


def test_only_the_pipeline_calls_a_stage() -> None:
    modules = {
        path.relative_to(KIOSK): path.read_text(encoding="utf-8") for path in KIOSK.rglob("*.py")
    }
    others = {
        str(path): stage_calls(source)
        for path, source in modules.items()
        if str(path) not in ROADS and path.parts[0] != "children"
    }
    assert len(others) > 40
    assert {path: calls for path, calls in others.items() if calls} == {}
    assert stage_calls(modules[Path("pipeline.py")])
