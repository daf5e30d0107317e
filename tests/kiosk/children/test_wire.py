"""Frames arrive as they were sent, or not at all: a child that was taken over changes nothing."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.children import ear_frames, eye_frames, model_frames
from kiosk.children.ear_frames import FROM_EAR, TO_EAR, Decoded, End, Piece, Refused, Samples
from kiosk.children.model_frames import FROM_MODEL, Done, Working
from kiosk.children.wire import SIZES, Frame, Kinds, WireError, receive, send
from redact.pictures.drawing import Box, Writing
from transcribe.transcript import Segment, Transcript, Word

seconds = st.floats(0, 1e6)
texts = st.text(max_size=20)
words = st.builds(Word, texts, seconds, seconds, st.floats(0, 1))
segments = st.builds(Segment, texts, seconds, seconds, st.lists(words, max_size=3).map(tuple))
transcripts = st.builds(
    Transcript, texts, st.lists(segments, max_size=3).map(tuple), texts, seconds
)
boxes = st.builds(Box, *[st.integers(0, 9999)] * 4)
writings = st.builds(
    Writing,
    st.lists(boxes, max_size=2).map(tuple),
    st.lists(texts, max_size=2).map(tuple),
    st.lists(boxes, max_size=2).map(tuple),
    st.lists(st.lists(st.tuples(texts, boxes), max_size=2).map(tuple), max_size=2).map(tuple),
    st.booleans(),
)
st.register_type_strategy(Transcript, transcripts)
st.register_type_strategy(Writing, writings)
st.register_type_strategy(float, seconds)

EVERY = [
    kind
    for module in (ear_frames, model_frames, eye_frames)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Frame) and kind is not Frame
]


@pytest.mark.parametrize("kind", EVERY)
@given(data=st.data())
def test_frames_arrive_as_they_were_sent(kind: type[Frame], data: st.DataObject) -> None:
    frames = data.draw(st.lists(st.from_type(kind), max_size=3))
    pipe, kinds = io.BytesIO(), Kinds[Frame](kind)
    for frame in frames:
        send(pipe, frame)
    pipe.seek(0)
    assert [receive(pipe, kinds) for _ in frames] == frames
    with pytest.raises(WireError):
        receive(pipe, kinds)


def test_a_frame_that_may_not_come_now_is_none() -> None:
    """An ear that was taken over cannot speak as a model."""
    pipe = io.BytesIO()
    send(pipe, Done(1, Transcript("words", (), "en", 1.0)))
    pipe.seek(0)
    with pytest.raises(WireError):
        receive(pipe, FROM_EAR)
    pipe.seek(0)
    assert isinstance(receive(pipe, FROM_MODEL), Done)


def sent(header: object, blob: bytes = b"") -> io.BytesIO:
    raw = json.dumps(header).encode()
    return io.BytesIO(SIZES.pack(len(raw), len(blob)) + raw + blob)


GOOD = {"frame": "Working", "ticket": 1, "stretch_seconds": 2, "expected_seconds": 1.5}


def test_each_field_is_held_to_its_type() -> None:
    whole = GOOD | {"total_seconds": 3.0}
    assert receive(sent(whole), FROM_MODEL) == Working(1, 2.0, 1.5, 3.0)
    wrong: list[object] = [
        GOOD,
        whole | {"more": 1},
        whole | {"ticket": "1"},
        whole | {"ticket": True},
        whole | {"ticket": 1.5},
        whole | {"total_seconds": None},
        whole | {"frame": "Nothing"},
        {name: value for name, value in whole.items() if name != "frame"},
        [whole],
        "Working",
        None,
        {"frame": "Refused", "code": "gave_up"},
    ]
    for header in wrong:
        with pytest.raises(WireError):
            receive(sent(header), FROM_MODEL)
        with pytest.raises(WireError):
            receive(sent(header), FROM_EAR)
    assert receive(sent({"frame": "Refused", "code": "unreadable"}), FROM_EAR) == Refused(
        "unreadable"
    )


def test_what_is_nested_without_end_is_no_frame() -> None:
    deep = b"[" * 200_000
    with pytest.raises(WireError):
        receive(io.BytesIO(SIZES.pack(len(deep), 0) + deep), FROM_EAR)


@given(st.binary(max_size=60))
def test_garbage_from_a_child_is_no_frame(raw: bytes) -> None:
    """A child that was taken over cannot make its reader do anything."""
    try:
        frame = receive(io.BytesIO(raw), FROM_EAR)
    except WireError:
        return
    assert isinstance(frame, Samples | Decoded | Refused)


def test_nothing_is_what_a_piece_without_bytes_holds() -> None:
    pipe = io.BytesIO()
    send(pipe, Piece(b""))
    send(pipe, End())
    pipe.seek(0)
    assert [receive(pipe, TO_EAR), receive(pipe, TO_EAR)] == [Piece(b""), End()]
