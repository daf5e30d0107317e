"""The numbers of the house, so that a room that fills up is noticed before it is a corridor."""

import ast
import statistics
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

HOME = Path(__file__).parents[1]
ROOMS = ("kiosk", "capture", "transcribe", "redact", "store", "training", "release_kiosk")
MOST_MODULES = 25  # in one folder
MOST_LINES = 350  # of one module or style sheet
MEDIAN_LINES = 100
WIDEST = 140  # columns of a template


def modules() -> list[Path]:
    return [path for room in ROOMS for path in sorted((HOME / room).rglob("*.py"))]


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def told(path: Path) -> str:
    return path.relative_to(HOME).as_posix()


def test_no_folder_has_more_modules_than_one_can_look_through() -> None:
    folders = Counter(told(path.parent) for path in modules())
    assert sum(folders.values()) > 150
    assert {name: count for name, count in folders.items() if count > MOST_MODULES} == {}


def test_no_module_and_no_sheet_is_longer_than_one_idea() -> None:
    pages = [path for kind in ("css", "js") for path in (HOME / "static" / kind).rglob(f"*.{kind}")]
    assert len(pages) > 60
    sizes = {told(path): len(lines_of(path)) for path in [*modules(), *pages]}
    assert {name: size for name, size in sizes.items() if size > MOST_LINES} == {}


def test_half_of_the_modules_are_read_in_a_minute() -> None:
    assert statistics.median(len(lines_of(path)) for path in modules()) <= MEDIAN_LINES


def test_no_line_of_a_template_is_wider_than_a_screen() -> None:
    """`./dev format` wraps them."""
    templates = list((HOME / "kiosk" / "templates").rglob("*.html"))
    assert len(templates) > 30
    assert [
        f"{told(path)}:{number}"
        for path in templates
        for number, line in enumerate(lines_of(path), start=1)
        if len(line) > WIDEST
    ] == []


def arrows() -> dict[str, set[str]]:
    """Which module imports which, of ours, at its top: later is how a cycle is hidden."""
    names = {
        told(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__"): path
        for path in modules()
    }
    return {
        name: set(imported(ast.parse(path.read_text(encoding="utf-8")), names)) - {name}
        for name, path in names.items()
    }


def imported(tree: ast.Module, names: dict[str, Path]) -> Iterator[str]:
    for node in ast.walk(tree):  # an import inside a function is an arrow, too
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name in names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for each in node.names:
                inner = f"{node.module}.{each.name}"
                yield from (name for name in (inner, node.module) if name in names)


def cycles(graph: dict[str, set[str]]) -> set[str]:
    """Every module from which a way leads back to itself."""

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        todo = list(graph[start])
        while todo:
            each = todo.pop()
            if each not in seen:
                seen.add(each)
                todo += graph.get(each, ())
        return seen

    return {name for name in graph if name in reached(name)}


def test_nothing_imports_itself_by_a_detour() -> None:
    assert cycles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == {"b", "c"}
    graph = arrows()
    assert sum(len(each) for each in graph.values()) > 300
    # A package's front names what is in it, and what is in it may ask the front for a neighbour.
    fronts = {told(path.parent).replace("/", ".") for path in modules() if path.stem == "__init__"}
    assert cycles({name: to - fronts for name, to in graph.items() if name not in fronts}) == set()
