import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey, SealedBox

from store import payloads
from store.errors import DamagedError, TooLargeError
from store.payloads import Drawing, Gap, Memo, Note, Said, Silence, Sound
from store.seals import sealing

KEY = PrivateKey.generate()
texts = st.text(max_size=300)
doubts = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=3).map(tuple)
said = st.builds(Said, texts, texts)
spans = st.lists(st.builds(Gap, st.integers(0, 50), st.integers(0, 50), texts), max_size=3).map(
    tuple
)
contributions = st.one_of(
    st.builds(Note, texts, doubts, said, spans),
    st.builds(Memo, texts, doubts, said, spans, st.booleans()),
    st.builds(Drawing, st.binary(max_size=9000), texts, said, spans),
    st.builds(Silence, said),
    st.builds(Sound, st.binary(max_size=9000), texts, st.floats(0, 300), texts, said),
)


@given(contributions)
def test_what_is_sealed_opens_as_it_was(payload):
    box = SealedBox(KEY)
    sealed = [
        sealing.seal(each, bytes(KEY.public_key)) for each in sealing.cut(payloads.encode(payload))
    ]
    opened = [sealing.part(sealing.unseal(each, box)) for each in reversed(sealed)]
    assert payloads.decode(sealing.join(opened)) == payload


@given(st.binary(max_size=200_000))
def test_lengths_show_only_how_many_parts(content):
    head, *pieces = sealing.cut(content)
    assert len(head) == sealing.HEAD_BYTES
    assert {len(each) for each in pieces} <= {sealing.PIECE_BYTES}


def test_every_kind_begins_with_the_same_size():
    made = [
        Note("short"),
        Note("long " * 700),
        Silence(Said("good")),
        Memo("word " * 500),
        Drawing(b"x" * 50_000),
    ]
    assert len({len(sealing.cut(payloads.encode(each))[0]) for each in made}) == 1


@given(st.integers(0, 4000), st.integers(0, 7))
def test_one_changed_bit_is_noticed(at, bit):
    sealed = bytearray(sealing.seal(sealing.cut(b"words")[0], bytes(KEY.public_key)))
    sealed[at] ^= 1 << bit
    with pytest.raises(DamagedError):
        sealing.unseal(bytes(sealed), SealedBox(KEY))


def test_a_missing_piece_is_noticed():
    parts = [sealing.part(each) for each in sealing.cut(b"x" * 100_000)]
    assert sealing.join(parts) == b"x" * 100_000
    for missing in range(len(parts)):
        with pytest.raises(DamagedError):
            sealing.join(parts[:missing] + parts[missing + 1 :])


def test_more_than_the_largest_is_refused():
    with pytest.raises(TooLargeError):
        sealing.cut(bytes(sealing.MOST_PIECES * sealing.PIECE_BYTES + 1))


@given(st.binary(max_size=300))
def test_damaged_bytes_never_become_a_contribution_by_accident(content):
    try:
        payloads.decode(content)
    except DamagedError:
        return
    assert content.startswith(b"\x01")


@given(st.binary(max_size=20_000))
def test_padding_there_and_back(content):
    assert sealing.unpad(sealing.pad(content)) == content
    assert len(sealing.pad(content)) in {4 << 10, 8 << 10, 16 << 10, 32 << 10}


@pytest.mark.parametrize(("length", "padded"), [(4092, 4096), (4093, 8192), (9000, 16_384)])
def test_padding_goes_by_powers_of_two(length, padded):
    """Steps of 4 KiB would tell how long somebody spoke."""
    assert len(sealing.pad(b"x" * length)) == padded


def test_what_was_sealed_before_there_were_spans_still_opens():
    """And nothing is guessed: its brackets may be the visitor's own."""
    words = {"kind": "note", "text": "[PERSON 1] is loud.", "doubts": [[11, 13]], "feeling": "sad"}
    head = json.dumps(words | {"question": "Why?"}).encode()
    old = struct.pack(">BI", 1, len(head)) + head
    assert payloads.decode(old) == Note(words["text"], ((11, 13),), Said("sad", "Why?"))
    silent = json.dumps({"kind": "silence", "feeling": "good", "question": ""}).encode()
    old = struct.pack(">BI", 1, len(silent)) + silent
    assert payloads.decode(old) == Silence(Said("good"))


def test_what_is_said_stands_beside_the_rest_as_it_always_did():
    """A store of today is read by a program of yesterday, and by docs/store-format.md."""
    content = payloads.encode(Note("[EMAIL]", (), Said("sad", "Why?"), (Gap(0, 7, "EMAIL"),)))
    assert json.loads(content[5:]) == {
        "kind": "note",
        "text": "[EMAIL]",
        "doubts": [],
        "spans": [[0, 7, "EMAIL"]],
        "feeling": "sad",
        "question": "Why?",
    }
