"""Style sheets, modules, icons from the `static` package, without a file's time in any header."""

import gzip
import hashlib
import mimetypes
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from flask import Response, has_request_context, request
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


TEXTS = {".js", ".mjs", ".css", ".svg"}  # a font is compressed already
FOR_GOOD = "public, max-age=31536000, immutable"


def static_file(filename: str) -> Response:
    """One file of `static/`; under the name of this version of all files, a browser may keep it.

    Only the desk asks for it so. At the kiosk nothing is kept: a cache's own times would tell when
    somebody was there.
    """
    root = str(resources.files("static"))
    first, _slash, rest = filename.partition("/")
    is_versioned = first == version()
    path = safe_join(root, rest if is_versioned else filename)
    if path is None or filename.endswith(".py"):
        raise NotFound
    try:
        with open(path, "rb") as file:  # noqa: PTH123  # safe_join gives a text
            body = file.read()
    except (OSError, ValueError):
        raise NotFound from None
    suffix = path[path.rfind(".") :]
    kind = TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    response = compressed(body, kind, is_lasting=True) if suffix in TEXTS else Response(body)
    response.mimetype = kind
    if is_versioned:
        response.headers["Cache-Control"] = FOR_GOOD
    return response


def compressed(body: bytes, mimetype: str, *, is_lasting: bool) -> Response:
    """A text as small as the browser that asks can read it.

    Args:
        body: The text; never one in which something secret stands beside something asked for.
        mimetype: Of the text.
        is_lasting: The same for as long as the kiosk runs: it is compressed well, and once.
    """
    headers = {"Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
        body = _best(body) if is_lasting else gzip.compress(body, compresslevel=8, mtime=0)
    return Response(body, mimetype=mimetype, headers=headers)


@cache
def _best(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=9, mtime=0)


@cache
def version() -> str:
    """Name all files of `static/` by what is in them, so that a new release is a new name."""
    root = Path(str(resources.files("static")))
    content = hashlib.blake2b(digest_size=8)
    for path in sorted(each for each in root.rglob("*") if each.suffix in TYPES):
        content.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return f"v-{content.hexdigest()}"


def name_version(endpoint: str, values: dict[str, Any]) -> None:
    """Let addresses on the desk's pages name the version."""
    if endpoint == "static" and has_request_context() and request.path.startswith("/review"):
        values["filename"] = f"{version()}/{values['filename']}"


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
