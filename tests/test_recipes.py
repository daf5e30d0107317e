"""The recipes of `docs/contributing.md`, walked: each step is where it says, and enough."""

import re
from pathlib import Path

import pytest

import redact
from kiosk import i18n
from kiosk.desk import export
from redact.languages import FULL
from store.payloads import Note, Said, decode, encode

HOME = Path(__file__).parents[1]


def text_of(path: str) -> str:
    return (HOME / path).read_text(encoding="utf-8")


def recipe(title: str) -> str:
    return text_of("docs/contributing.md").split(f"### {title}\n")[1].split("\n#")[0]


@pytest.mark.parametrize(
    "title", ["A detail kind", "A language", "An export format", "A field on items"]
)
def test_a_recipe_names_places_that_are_there(title: str) -> None:
    named = re.findall(r"`((?:[a-z]+/)+[\w./]*)`", recipe(title))
    assert named
    assert [each for each in named if "CODE" not in each and not (HOME / each).exists()] == []


def test_every_detail_kind_has_its_row_in_the_guide_and_something_that_claims_it() -> None:
    guide = text_of("docs/redaction.md")
    code = "".join(
        path.read_text(encoding="utf-8") for path in (HOME / "redact" / "languages").rglob("*.py")
    )
    for kind in redact.Kind:
        assert re.search(rf"(?m)^\|[^|]*\[{kind}[^|]*\|", guide), kind
        assert f"Kind.{kind.name}" in code or f'"{kind}"' in code or "Kind(" in code, kind


def test_a_catalogue_is_all_that_a_language_on_screen_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """French, of one sentence: it is offered, and its sentence is said."""
    header = (
        'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    )
    (tmp_path / "fr.po").write_text(f'{header}\nmsgid "Keep"\nmsgstr "Garder"\n', encoding="utf-8")
    monkeypatch.setattr(i18n, "CATALOGUES", tmp_path)
    i18n.languages.cache_clear()
    i18n._catalogue.cache_clear()
    try:
        assert i18n.languages() == {"en": "English", "fr": "Français"}
        assert i18n._catalogue("fr").gettext("Keep") == "Garder"
    finally:
        i18n.languages.cache_clear()
        i18n._catalogue.cache_clear()


def test_every_language_of_redaction_has_its_folder_and_its_function_words() -> None:
    words = text_of("redact/languages/function_words.txt")
    for code in FULL:
        assert (HOME / "redact" / "languages" / code / "__init__.py").exists()
        assert re.search(rf"(?m)^\W*{code}\b", words), code


def test_every_export_format_is_in_the_form_and_in_the_guide() -> None:
    form, guide = text_of("kiosk/templates/desk/export_form.html"), text_of("docs/facilitator.md")
    formats = getattr(export, "FORMATS", None) or export.MEDIA_TYPES
    assert len(formats) >= 4
    for name in formats:
        assert f'"{name}"' in form or "FORMATS" in form or "formats" in form, name
        assert re.search(name.replace("jsonl", "JSON Lines|jsonl"), guide, re.IGNORECASE), name


def test_a_field_on_items_goes_through_said_and_old_items_read_as_empty() -> None:
    fields = list(Said.__dataclass_fields__)
    assert "is_unpreviewed" in fields  # the kiosk's own word: no visitor says it, no file tells it
    for name in fields:
        assert name in text_of("docs/store-format.md")
        assert (name in export.FIELDS) == (name != "is_unpreviewed")
        assert (name in text_of("kiosk/visit/request.py")) == (name != "is_unpreviewed")
    full = Said(**dict.fromkeys(fields, "told"))
    assert decode(encode(Note("x", said=full))).said == full
    assert decode(encode(Note("x"))).said == Said()


def test_command_form_and_guides_offer_the_same_exports() -> None:
    """One table of formats; a new line in it is wanted in the guide."""
    guide = text_of("docs/facilitator.md")
    assert {name for name in export.FORMATS if f"`{name}`" not in guide} == set()
    assert "export.FORMATS" not in guide  # the search above can fail: this name is not there
    assert "formats.items()" in text_of("kiosk/templates/desk/export_form.html")
    assert "type=click.Choice([*FORMATS, " in text_of("kiosk/commands/export.py")
