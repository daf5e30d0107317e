"""The translation catalogue: English in the source, other languages as `translations/<code>.po`.

A catalogue is read as it is, without a compiled copy that could be forgotten.
"""

import gettext
import io
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

from flask import Flask, g, has_request_context, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

CATALOGUES = Path(__file__).parent / "translations"
SOURCE_LANGUAGE = "en"
VISITORS_ONLY = ("ar", "fr")  # without the desk's words: a desk in them would be in two languages
DESK = ("review", "setup", "tablet")


@cache
def languages() -> dict[str, str]:
    """Language codes with their own names, English first."""
    from babel import Locale  # noqa: PLC0415  # slow to import; not needed before the first page

    codes = [SOURCE_LANGUAGE, *sorted(path.stem for path in CATALOGUES.glob("*.po"))]
    return {code: (Locale.parse(code).get_language_name(code) or code).title() for code in codes}


def offered_languages() -> dict[str, str]:
    """The languages of the page that is asked for: the desk speaks fewer than the visitors'."""
    if not has_request_context() or not set(DESK) & set(request.blueprints):
        return languages()
    return {code: name for code, name in languages().items() if code not in VISITORS_ONLY}


def direction() -> str:
    """How the language of this request is written: `ltr` or `rtl`."""
    from babel import Locale  # noqa: PLC0415

    return str(Locale.parse(current_language()).text_direction)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    path = CATALOGUES / f"{language}.po"
    if language == SOURCE_LANGUAGE or language not in languages():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def current_language() -> str:
    """The language of this request: as asked for with `?lang=`, else as the browser prefers."""
    try:
        chosen: str = g.language  # of a page's five hundred sentences all but the first end here
    except (AttributeError, RuntimeError):
        chosen = _find_language()
    return chosen


def _find_language() -> str:
    if not has_request_context():
        return SOURCE_LANGUAGE
    best = request.accept_languages.best_match(list(offered_languages()))
    g.language = asked_language() or best or SOURCE_LANGUAGE
    return str(g.language)


def language_for(accepted: str, query: str = "") -> str:
    """The same for a request that the application never sees, by its head.

    Args:
        accepted: `Accept-Language`, as it came.
        query: The address after its question mark, as it came.
    """
    asked = parse_qs(query).get("lang", [""])[0]
    best = parse_accept_header(accepted, LanguageAccept).best_match(list(languages()))
    return asked if asked in languages() else best or SOURCE_LANGUAGE


def asked_language() -> str:
    """The language that this request asks for with `?lang=`; empty: none, or none of ours."""
    asked = request.args.get("lang", "")
    return asked if asked in offered_languages() else ""


def answer_in(language: str) -> None:
    """Answer this request in a language that was chosen before."""
    g.language = language


def gettext_(message: str, **values: object) -> str:
    """A sentence in the language of this request, with its `%(name)s` filled in."""
    text = _catalogue(current_language()).gettext(message)
    return text % values if values else text


def said_in(language: str, message: str) -> str:
    """A sentence of the catalogue in a language, whatever that of this request is."""
    return _catalogue(language).gettext(message)


def ngettext_(singular: str, plural: str, count: int, **values: object) -> str:
    """The form of a sentence that fits a number, given to it as `%(count)s` or `%(num)s`."""
    text = _catalogue(current_language()).ngettext(singular, plural, count)
    return text % {"count": count, "num": count, **values}


_ = gettext_
ngettext = ngettext_


def install(app: Flask) -> None:
    """Give templates `_()` and `ngettext()`, and the page its language."""
    app.jinja_env.globals.update(
        _=gettext_,
        gettext=gettext_,
        ngettext=ngettext_,
        offered_languages=offered_languages,
        direction=direction,
        current_language=current_language,
    )
