"""The visitor's style sheets and modules, each as one compressed answer instead of thirty.

Nothing is built beforehand: the files of `static/` are joined when the first page asks. Each module
becomes a function that gives what the module exports, so that two of them may use the same name.
"""

import posixpath
import re
from collections.abc import Callable
from functools import cache
from importlib import resources

from flask import Response
from werkzeug.exceptions import NotFound

from kiosk.static_files import TYPES, compressed

ENTRIES = {
    "visit.css": ("css/main.css", "css/visit.css"),
    "visit.js": ("js/visit/visit-flow.js",),
    # These come once the page can be used.
    "later.css": ("css/later.css",),
    "later.js": ("js/visit/later.js",),
}
SHEET = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);')
IMPORT = re.compile(r'^import (?:\{ ([^}]+) \} from )?"([^"]+)"\n', re.MULTILINE)
EXPORT = re.compile(r"^export ((?:async function|function|class|const) (\w+))", re.MULTILINE)
BLOCK_COMMENT = re.compile(r"/\*.*?\*/[ \t]*\n?", re.DOTALL)
LINE_COMMENT = re.compile(r"^\s*//.*\n", re.MULTILINE)
AFTER_CODE = re.compile(r" // [^\"'`\n]*$", re.MULTILINE)  # without quotes it is in no text
BLANKS, AROUND = re.compile(r"\s+"), re.compile(r" ?([{};,]) ?|(:) ")  # of a sheet
INDENT = re.compile(r"^\s+", re.MULTILINE)


def joined_file(name: str) -> Response:
    """One of the entries; never kept by a browser, whose cache would tell of a visit."""
    if name not in ENTRIES:
        raise NotFound
    kind = TYPES[posixpath.splitext(name)[1]]
    return compressed(joined(name).encode(), kind, is_lasting=True)


@cache
def joined(name: str) -> str:
    """All that a page needs of one sort, as one text."""
    if name.endswith(".css"):
        return "".join(_style(path) for path in ENTRIES[name])
    return _script(ENTRIES[name][0])


def _read(path: str) -> str:
    return resources.files("static").joinpath(*path.split("/")).read_text("utf-8")


def _style(path: str) -> str:
    """A list of sheets as the sheets themselves, each in its layer."""

    def sheet(found: re.Match[str]) -> str:
        text = BLOCK_COMMENT.sub("", _read(f"css/{found[1]}"))
        # From css/visit/ or css/parts/ as from css/: the joined sheet lies as deep as the latter.
        return f"@layer {found[2]} {{{text.replace('../../', '../')}}}"

    text = SHEET.sub(sheet, BLOCK_COMMENT.sub("", _read(path)))
    return AROUND.sub(r"\1\2", BLANKS.sub(" ", text))


def _script(entry: str) -> str:
    """A module and all that it imports, each before those that need it."""
    names: dict[str, str] = {}  # of what holds a module's exports, by its path
    outside: list[str] = []  # modules of others, imported as they are
    parts: list[str] = []

    def add(path: str) -> str:
        if path in names:
            return names[path]
        names[path] = f"m{len(names)}"
        parts.append(_module(path, names[path], add, outside))
        return names[path]

    add(entry)
    return INDENT.sub("", "".join([*outside, *parts]))


def _module(path: str, name: str, add: Callable[[str], str], outside: list[str]) -> str:
    text = AFTER_CODE.sub("", LINE_COMMENT.sub("", BLOCK_COMMENT.sub("", _read(path))))
    needs = []
    for wanted, where in IMPORT.findall(text):
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), where))
        if target.startswith("vendor/"):
            outside.append(f'import {{ {wanted} }} from "../{target}"\n')
            continue
        module = add(target)
        if wanted:
            needs.append(f"const {{ {wanted.replace(' as ', ': ')} }} = {module}\n")
    exports = ", ".join(found[1] for found in EXPORT.findall(text))
    body = EXPORT.sub(r"\1", IMPORT.sub("", text))
    return f"const {name} = (() => {{\n{''.join(needs)}{body}return {{ {exports} }}\n}})()\n"
