from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from faster_whisper.tokenizer import _LANGUAGE_CODES

from kiosk.house import House
from kiosk.i18n import languages
from kiosk.spoken_languages import MULTILINGUAL_WORDS, knows_only_english, names, offered
from tests_support import MICRO, app_of
from transcribe.engine import WhisperTranscriber


def model_of(folder: Path, *, words: int, name: str = "vocabulary.txt") -> Path:
    folder.mkdir()
    text = "word\n" * words if name.endswith("txt") else str(["word"] * words).replace("'", '"')
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_kiosks_own_languages_come_first_then_25_others_by_their_own_names() -> None:
    """Nobody has to know the English word for what they speak, nor read a list without end."""
    codes = list(names())
    assert codes[: len(languages())] == list(languages())
    assert len(codes) == len(set(codes)) == len(languages()) + 25
    assert set(codes) <= set(_LANGUAGE_CODES)
    assert (names()["pl"], names()["uk"], names()["tr"]) == ("Polski", "Українська", "Türkçe")
    others = list(names().values())[len(languages()) :]
    assert others.index("Čeština") < others.index("Français") < others.index("Ελληνικά")


def test_the_speak_screen_offers_them_and_at_first_any(client: Any) -> None:
    page = client.page("/")
    assert page.count("<option") == len(names()) + 1
    assert '<option value="" selected>any language</option>' in page
    assert '<option value="ar" lang="ar">العربية</option>' in page


def test_a_language_that_the_settings_fix_is_no_choice(house: House) -> None:
    assert offered(house)
    speech = replace(house.settings.speech, language="de")
    house.settings = replace(house.settings, speech=speech)
    assert offered(house) == {}
    assert "spoken-language" not in app_of(house).test_client().get("/").text


@pytest.mark.parametrize("name", ["vocabulary.txt", "vocabulary.json"])
def test_a_model_that_knows_english_only_leaves_no_choice(
    make_house: Callable[..., House], tmp_path: Path, name: str
) -> None:
    """Whisper's own mark: a vocabulary without the word that the models of all languages add."""
    english = model_of(tmp_path / "base.en", words=MULTILINGUAL_WORDS - 1, name=name)
    assert knows_only_english(english)
    assert not knows_only_english(model_of(tmp_path / "base", words=MULTILINGUAL_WORDS, name=name))
    house = make_house()
    house.model_folder = english
    assert offered(house) == {}


def test_the_mark_agrees_with_the_engine() -> None:
    assert knows_only_english(MICRO) is not WhisperTranscriber(MICRO).is_multilingual


def test_where_nobody_can_tell_the_choice_is_offered(tmp_path: Path) -> None:
    """The engine takes a language that it does not know for one that was not said."""
    (tmp_path / "vocabulary.json").write_text("no list", encoding="utf-8")
    assert not knows_only_english(tmp_path)
    assert not knows_only_english(tmp_path / "gone")
    assert not knows_only_english(None)
