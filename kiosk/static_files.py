"""Style sheets, modules, icons from the `static` package, without a file's time in any header."""

import mimetypes
import re
from functools import cache
from importlib import resources

from flask import Response
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


def static_file(filename: str) -> Response:
    """One file of `static/`."""
    root = str(resources.files("static"))
    path = safe_join(root, filename)
    if path is None or filename.endswith(".py"):
        raise NotFound
    try:
        with open(path, "rb") as file:  # noqa: PTH123  # safe_join gives a text
            body = file.read()
    except (OSError, ValueError):
        raise NotFound from None
    suffix = path[path.rfind(".") :]
    kind = TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    return Response(body, mimetype=kind)


@cache
def sheets(room: str = "") -> tuple[str, ...]:
    """Every style sheet of a page, in order, so that a browser can fetch all of them at once.

    Args:
        room: `visit` or `desk`; empty: what all pages share.
    """
    named: list[str] = []
    for entry in ("main", *([room] if room else [])):
        list_of_sheets = resources.files("static").joinpath("css", f"{entry}.css")
        named += re.findall(r'@import url\("([^"]+)"\)', list_of_sheets.read_text("utf-8"))
    return tuple(named)
