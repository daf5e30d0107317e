"""Five verbs carry whatever a visitor makes, live or whole, with a model or without."""

import io
import time
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

import store
from capture import drawing
from capture.errors import TooLargeError
from capture.microphone import Recorder
from kiosk import pipeline
from kiosk.commands.drawn_example import draw_example
from kiosk.drafts import Draft, Picture, TooManyDraftsError, Words, most_at_once, new_id
from kiosk.hearing.own_microphone import OwnMicrophone
from kiosk.hearing.stages import Fault
from kiosk.house import House
from redact.pictures.drawing import Box, Writing
from store.payloads import Drawing, Said, Silence
from tests.support.places import MICRO, SAMPLES

WEBM = (SAMPLES / "08-browser.webm").read_bytes()
WORDS = "My boss [PERSON 1] changes the schedule without warning."
MakeHouse = Callable[..., House]


def fed(draft: Draft, body: bytes, house: House, *, size: int) -> Draft:
    """Begin, feed in pieces, finish."""
    pipeline.begin(house.drafts.put(draft), house)
    for at in range(0, len(body), size):
        pipeline.feed(draft, body[at : at + size], house)
    return pipeline.finish(draft, house)


def heard(draft: Draft, house: House) -> Draft:
    end = time.monotonic() + 90
    while not (pipeline.look_at(draft, house).content or draft.fault or draft.raw_sound):
        assert time.monotonic() < end
        time.sleep(0.05)
    return draft


def test_a_note_in_pieces_is_the_note_as_a_whole(house: House) -> None:
    body = "Ask Gareth, 07911 234567. The café is cold.".encode()
    pieces = fed(Draft("note"), body, house, size=5).content
    whole = pipeline.take(Draft("note"), body, house).content
    assert isinstance(whole, Words)
    assert pieces == whole
    assert "Gareth" not in whole.text


def test_live_or_whole_a_memo_has_the_same_words(make_house: MakeHouse) -> None:
    house = make_house(model=MICRO)
    live = heard(fed(Draft("memo"), WEBM, house, size=1500), house)
    whole = heard(pipeline.take(house.drafts.put(Draft("memo")), WEBM, house), house)
    assert isinstance(live.content, Words)
    assert isinstance(whole.content, Words)
    assert live.content.text == whole.content.text == WORDS


def test_without_a_model_the_sound_waits_on_the_draft(house: House) -> None:
    draft = fed(Draft("memo"), WEBM, house, size=1500)
    assert draft.raw_sound == WEBM
    assert draft.untrusted_pieces == []
    assert pipeline.payload_of(draft) is None
    house.drafts.forget(draft.id)
    assert draft.raw_sound == b""


def test_whoever_waits_no_longer_keeps_the_sound(make_house: MakeHouse) -> None:
    """Words that come late are never lost, and never kept twice."""
    house = make_house(model=MICRO)
    draft = pipeline.take(house.drafts.put(Draft("memo")), WEBM, house)
    pipeline.leave_for_later(draft, house)
    assert draft.raw_sound == WEBM
    assert house.hearing.poll(draft.id).fault is Fault.UNKNOWN  # nobody hears it any more
    ready = heard(pipeline.take(house.drafts.put(Draft("memo")), WEBM, house), house)
    pipeline.leave_for_later(ready, house)
    assert (ready.raw_sound, bool(ready.content)) == (b"", True)


def test_what_is_no_recording_is_refused_at_once(make_house: MakeHouse) -> None:
    house = make_house(model=MICRO)
    draft = pipeline.take(Draft("memo"), b"ffconcat version 1.0\nfile secret.wav", house)
    assert draft.fault is Fault.WRONG_TYPE


@pytest.mark.parametrize("body", [b"ffconcat version 1.0\nfile secret.wav", b"short", b""])
def test_what_is_no_recording_does_not_wait_for_a_model(house: House, body: bytes) -> None:
    """Without a model, sound is kept sealed until one comes: nothing else may be."""
    draft = pipeline.take(Draft("memo"), body, house)
    assert (draft.fault, draft.raw_sound) == (Fault.WRONG_TYPE, b"")
    assert pipeline.take(Draft("memo"), WEBM, house).raw_sound == WEBM


@pytest.mark.parametrize("kind", ["note", "drawing", "memo"])
def test_each_kind_ends_at_its_limit(house: House, kind: pipeline.DraftKind) -> None:
    most = pipeline.most_bytes(kind, house.settings.limits)
    draft = pipeline.begin(Draft(kind), house)
    pipeline.feed(draft, bytes(most), house)
    with pytest.raises(TooLargeError):
        pipeline.feed(draft, b"x", house)


def test_each_draft_has_room_for_all_it_may_become(make_house: MakeHouse) -> None:
    """Whoever is let in can finish: how much others have recorded meanwhile is told to nobody."""
    house = make_house(memo_bytes=100_000)
    places = most_at_once("memo", house.settings.limits)[True]
    drafts = [pipeline.begin(house.drafts.put(Draft("memo")), house) for _place in range(places)]
    for draft in drafts:
        pipeline.feed(draft, bytes(100_000), house)
    with pytest.raises(TooManyDraftsError):
        house.drafts.put(Draft("memo"))


def test_the_kiosks_own_microphone_may_record_as_long_as_a_memo_may_be(house: House) -> None:
    """At any rate that it may have: a WAV is longer than what a browser uploads."""
    limits = house.settings.limits
    own = OwnMicrophone(
        Recorder(limit_seconds=limits.memo_seconds), limit_seconds=limits.memo_seconds
    )
    wav_bytes = 44 + limits.memo_seconds * 48_000 * 2
    assert wav_bytes > limits.memo_bytes
    draft = pipeline.begin(Draft("memo", most_bytes=own.most_bytes), house)
    pipeline.feed(draft, bytes(wav_bytes), house)


def test_a_silence_is_kept_the_same_way(house: House) -> None:
    gathering = store.gatherings.current()
    assert gathering
    said = Said("tired")
    receipt = pipeline.keep(Draft("silence"), gathering, new_id(), said=said)
    assert len(receipt.words.split()) == 4
    assert pipeline.payload_of(Draft("silence"), said=said) == Silence(said)


def test_a_drawing_goes_the_same_way(house: House) -> None:
    png = io.BytesIO()
    Image.fromarray(draw_example(0)).save(png, "PNG")
    content = fed(Draft("drawing"), png.getvalue(), house, size=4000).content
    assert isinstance(content, Picture)


def test_a_kept_drawing_knows_where_each_of_its_words_stands() -> None:
    """So whoever covers a spot of it later takes only the words under it."""
    light = Box(60, 10, 50, 20)
    words = ((("more", Box(10, 10, 40, 20)), ("light", light)), (("now", Box(10, 50, 40, 20)),))
    picture = Picture(np.full((90, 160, 3), 255, np.uint8), Writing(words=words))
    draft = Draft("drawing", picture)
    whole = pipeline.payload_of(draft)
    assert isinstance(whole, Drawing)
    assert whole.text == "more light\nnow"
    assert {whole.text[each.start : each.end]: Box(*each[2:]) for each in whole.places} == {
        "more": Box(10, 10, 40, 20), "light": light, "now": Box(10, 50, 40, 20)
    }  # fmt: skip
    less = pipeline.payload_of(draft, covered=[(58, 8, 60, 30)])
    assert isinstance(less, Drawing)
    assert less.text == "more\nnow"
    assert [less.text[each.start : each.end] for each in less.places] == ["more", "now"]


def test_a_cover_that_names_nobody_comes_off_and_no_other_does() -> None:
    """Only by the very place that was shown; what was under it is no word to search."""
    name, number = Box(10, 10, 40, 20), Box(60, 10, 50, 20)
    found = Writing(covered=(name, number), kinds=("PERSON", "PHONE"))
    draft = Draft("drawing", Picture(np.full((90, 160, 3), 255, np.uint8), found))
    for uncovered, at_name, at_number in (((), True, True), ((name,), False, True)):
        kept = pipeline.payload_of(draft, covered=[], uncovered=uncovered)
        assert isinstance(kept, Drawing)
        pixels = drawing.rebuild(kept.png)
        assert (tuple(pixels[20, 30]) == drawing.COVER) == at_name
        assert (tuple(pixels[20, 80]) == drawing.COVER) == at_number
        assert kept.text == ""
    with pytest.raises(ValueError, match="no such cover"):
        pipeline.payload_of(draft, uncovered=[Box(0, 0, 160, 90)])
