"""Which classes the style sheets have and which the pages, modules and views name.

    python tests/support/css_classes.py     one line for each that only one side knows

A class is named where a template or module can only mean a class: `class="..."`, a block or macro
argument that fills one, `className`, `classList`. A name that ends in a template's expression
(`swatch--{{ loop.index }}`) names every class that begins so. A name without a look of its own is
fine where its parts have one (`draw`, of `draw__sheet`), or where a module finds a place by it.
"""

import re
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]


def styled(css: str) -> set[str]:
    """Every class that a selector of this style sheet has."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    preludes = re.findall(r"([^{};]+)\{", css)
    return {
        name
        for prelude in preludes
        if not prelude.strip().startswith("@")
        for name in re.findall(r"\.(-?[A-Za-z_][\w-]*)", prelude)
    }


def named_in_page(html: str) -> set[str]:
    """Every class that a template gives; `name--*` stands for all that begin so."""
    html = re.sub(r"\{#.*?#\}", "", html, flags=re.DOTALL)
    values = re.findall(r"""(?s)\bclass="((?:\{\{.*?\}\}|\{%.*?%\}|[^"])*)\"""", html)
    values += re.findall(r"\{% block (?:room|main_class) %\}(.*?)\{% endblock %\}", html)
    values += re.findall(r"""\b(?:style|class)=["']([\w -]+)["']\s*[,)]""", html)
    found: set[str] = set()
    for value in values:
        plain = re.sub(r"(?s)\{%.*?%\}", "", re.sub(r"(?s)(?<=\S)\{\{.*?\}\}", "*", value))
        found |= set(re.sub(r"(?s)\{\{.*?\}\}", "", plain).split())
    return found


def named_in_module(js: str) -> set[str]:
    """Every class that a module gives an element."""
    values = re.findall(r"""\bclassName = ["'`]([^"'`]+)""", js)
    values += re.findall(r"""\bclassList\.\w+\(["'`]([^"'`]+)""", js)
    values += re.findall(r"""["'`]class["'`], ["'`]([^"'`]+)""", js)
    return {name for value in values for name in value.split()}


def sought_by_module(js: str) -> set[str]:
    """Every class by which a module finds a place."""
    selectors = re.findall(r"""\b(?:querySelector(?:All)?|closest|matches)\(["'`]([^"'`]+)""", js)
    return {name for each in selectors for name in re.findall(r"\.([A-Za-z_][\w-]*)", each)}


def faults(css: str, html: str, js: str) -> list[str]:
    """A sentence for each class that only one side knows, of all sheets, templates and modules."""
    own = "\n".join(re.findall(r"<style>(.*?)</style>", html, re.DOTALL))
    has, named = styled(f"{css}\n{own}"), named_in_page(html) | named_in_module(js)
    dead = [f".{name} has a look, and nothing is called so" for name in has - named]
    beginnings = tuple(name[:-1] for name in named if name.endswith("*"))
    dead = [each for each in dead if not each[1:].startswith(beginnings)]
    bare = [
        f'"{name}" is given to an element, and has no look'
        for name in named - has - sought_by_module(js)
        if not any(each.startswith(name[:-1] if name[-1] == "*" else f"{name}__") for each in has)
    ]
    return sorted(dead) + sorted(bare)


def of_this_tree() -> list[str]:
    """The faults of this tree."""

    def all_of(folder: str, kind: str) -> str:
        files = sorted((HOME / folder).rglob(f"*.{kind}"))
        return "\n".join(path.read_text(encoding="utf-8") for path in files)

    sheets, pages = all_of("static/css", "css"), all_of("kiosk/templates", "html")
    return faults(sheets, pages, all_of("static/js", "js"))


if __name__ == "__main__":
    sys.exit("\n".join(of_this_tree()) or None)
