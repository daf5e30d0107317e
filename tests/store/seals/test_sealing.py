import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey, SealedBox

from store import payloads
from store.errors import DamagedError, TooLargeError
from store.payloads import Drawing, Memo, Note, Silence, Sound
from store.seals import sealing

KEY = PrivateKey.generate()
texts = st.text(max_size=300)
doubts = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=3).map(tuple)
contributions = st.one_of(
    st.builds(Note, texts, doubts, texts, texts),
    st.builds(Memo, texts, doubts, texts, texts, st.booleans()),
    st.builds(Drawing, st.binary(max_size=9000), texts, texts, texts),
    st.builds(Silence, texts, texts),
    st.builds(Sound, st.binary(max_size=9000), texts, st.floats(0, 300), texts, texts, texts),
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
        Silence("good"),
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
    assert len(sealing.pad(content)) % sealing.HEAD_BYTES == 0
