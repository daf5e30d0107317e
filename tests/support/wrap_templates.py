"""Break a template's long lines where the page stays the same.

    python tests/support/wrap_templates.py     every template of the kiosk, in place

A space between two attributes, or within `{{ }}` and `{% %}`, may be a line's end as well; within
quotes it may not. Between words of a page it may, since no template shows its own line ends. A
sentence that is longer than a line becomes two literals, which Jinja joins.
"""

import re
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "kiosk" / "templates"
WIDTH = 140


def wrapped(text: str) -> str:
    """The template with no line over `WIDTH`, as far as there are places to break it."""
    places = breakable(text)
    lines: list[str] = []
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        deeper = " " * (len(text[start:end]) - len(text[start:end].lstrip()) + 2)
        at, before = start, ""
        while len(before) + end - at > WIDTH:
            room = at + WIDTH - len(before) - 1
            fitting = [
                each
                for each, (_, quote) in places.items()
                if at + len(deeper) < each <= room - len(quote)
            ]
            if not fitting:
                break
            best = max(fitting, key=lambda each: (places[each][0], each))
            quote = places[best][1]
            lines.append(
                before + (text[at : best + 1] + quote if quote else text[at:best].rstrip())
            )
            at, before = best + 1, deeper + quote
        lines.append(before + text[at:end])
        start = end + 1
    return "\n".join(lines) + ("\n" if text.endswith("\n") else "")


def breakable(text: str) -> dict[int, tuple[int, str]]:
    """Spaces that may become line ends.

    Each with how good it is (3 between attributes, 2 in Jinja, 1 in words, 0 in a sentence that
    Jinja joins again) and, for the last, the quote that ends one half and begins the other.
    """
    places: dict[int, tuple[int, str]] = {}
    at, state = 0, ""
    for piece in re.split(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", text, flags=re.DOTALL):
        if piece.startswith(("{{", "{%")):
            places |= {at + place: each for place, each in in_jinja(piece).items()}
        elif not piece.startswith("{#"):
            found, state = in_page(piece, state)
            places |= {at + place: each for place, each in found.items()}
        at += len(piece)
    return places


def in_jinja(piece: str) -> dict[int, tuple[int, str]]:
    """The places of one pair of brackets, but for those beside the brackets."""
    places: dict[int, tuple[int, str]] = {}
    for found in re.finditer(r'"[^"]*"|\'[^\']*\'| ', piece):
        if found[0] != " " and piece.startswith("{{"):
            places |= {
                found.start() + place: (0, found[0][0])
                for place, letter in enumerate(found[0])
                if letter == " "
            }
        elif found[0] == " " and 2 < found.start() < len(piece) - 3:
            places[found.start()] = (2, "")
    return places


def in_page(piece: str, state: str) -> tuple[dict[int, tuple[int, str]], str]:
    """The places between two pairs of brackets, and where it ends: in words, `<` or a quote."""
    places: dict[int, tuple[int, str]] = {}
    for place, letter in enumerate(piece):
        if letter == " " and state in {"", "<"}:
            places[place] = (3 if state else 1, "")
        elif state == "" and letter == "<" and piece[place + 1 : place + 2].isalpha():
            state = "<"
        elif state == "<" and letter in "\"'>":
            state = "" if letter == ">" else letter
        elif state == letter and state:
            state = "<"
    return places, state


if __name__ == "__main__":
    for path in sorted(TEMPLATES.rglob("*.html")):
        path.write_text(wrapped(path.read_text(encoding="utf-8")), encoding="utf-8")
