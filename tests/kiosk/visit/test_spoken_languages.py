import re
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from faster_whisper.tokenizer import _LANGUAGE_CODES

from kiosk.drafts import Draft
from kiosk.hearing.front import Hearing
from kiosk.house import House
from kiosk.i18n import languages
from kiosk.visit.language_question import question_of
from kiosk.visit.spoken_languages import names, offered
from redact.languages import coverage
from tests.support.kiosk_in_folder import app_of
from tests.support.places import MICRO
from transcribe.engine import WhisperTranscriber


def test_the_kiosks_own_languages_come_first_then_23_others_by_their_own_names() -> None:
    """Nobody has to know the English word for what they speak, nor read a list without end."""
    codes = list(names())
    assert codes[: len(languages())] == list(languages())
    assert len(codes) == len(set(codes)) == len(languages()) + 23
    assert set(codes) <= set(_LANGUAGE_CODES)
    assert (names()["pl"], names()["uk"], names()["tr"]) == ("Polski", "Українська", "Türkçe")
    others = list(names().values())[len(languages()) :]
    assert others.index("Čeština") < others.index("Hrvatski") < others.index("Ελληνικά")


def test_the_speak_screen_offers_them_and_at_first_any(client: Any) -> None:
    page = client.page("/")
    assert page.count("<option") == len(names()) + 1
    assert '<option value="" selected>any language</option>' in page
    assert '<option value="ar" lang="ar" data-careful>العربية</option>' in page


def test_it_is_said_before_the_first_word_that_names_are_not_found(client: Any) -> None:
    """Of a language that is chosen the style tells it; of the page's own, the page."""
    said = "Names are not found in this language yet."
    marked = re.findall(r'<option value="(\w+)"[^>]* data-careful>', client.page("/"))
    assert {"ar", "uk"} <= set(marked)
    assert marked == [code for code in names() if coverage(code) == "careful"]
    english, arabic = client.page("/"), client.page("/?lang=ar")
    assert screen(english, "speak").count(said) == 1
    assert said not in screen(english, "write")
    assert '<option value="" data-careful selected>' in screen(arabic, "speak")
    assert "لا نجد الأسماء في هذه اللغة بعد" in screen(arabic, "write")
    assert "تُزال الأسماء وتفاصيل أخرى" not in arabic, "promised where it is not done"


def screen(page: str, name: str) -> str:
    """What one screen of the visitor's page says."""
    return page.split(f'data-screen="{name}"')[1].split("</section>", maxsplit=1)[0]


def test_a_language_that_the_settings_fix_is_no_choice(house: House) -> None:
    assert offered(house)
    speech = replace(house.settings.speech, language="de")
    house.settings = replace(house.settings, speech=speech)
    assert offered(house) == {}
    assert "spoken-language" not in app_of(house).test_client().get("/").text


def test_a_model_that_knows_english_only_leaves_no_choice_once_it_is_there(
    make_house: Callable[..., House],
) -> None:
    """While it loads nobody knows what it knows, so the choice is offered."""
    house = make_house()
    house.hearing = Hearing(MICRO, limits=house.settings.limits)
    assert offered(house) == names()
    house.hearing.start()
    deadline = time.monotonic() + 60
    while not house.hearing.is_loaded and time.monotonic() < deadline:
        time.sleep(0.05)
    assert house.hearing.languages == ("en",) == WhisperTranscriber(MICRO).languages()
    assert offered(house) == {}
    assert "spoken-language" not in app_of(house).test_client().get("/").text


def test_only_what_the_model_knows_is_offered(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house.hearing._minder.model, "languages", ("xx", "tr", "en", "yue"))
    assert list(offered(house)) == ["en", "tr"]


def test_who_chose_one_language_and_spoke_another_is_asked_in_words_of_the_screen(
    client: Any,
) -> None:
    """Once: after the answer the kiosk obeys. What the model cannot read is no question."""
    draft = Draft("memo", language="en", heard_language="de")
    with client.application.test_request_context("/?lang=pl"):
        question = question_of(draft, ("en", "de", "pl"))
        assert question is not None
        assert question["choices"] == [
            {"language": "de", "name": "niemiecki"},
            {"language": "en", "name": "angielski"},
        ]
        for sentence in (question["asks"], question["sound_is_gone"]):
            assert sentence.startswith("Wybrany język: angielski. Brzmiało jak: niemiecki.")
        assert question_of(draft, ("de",)) is None
        assert question_of(replace(draft, is_certain=True), ("en", "de")) is None
        assert question_of(replace(draft, heard_language="en"), ("en", "de")) is None
        assert question_of(replace(draft, language=""), ("en", "de")) is None
