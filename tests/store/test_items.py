import pytest

import store
from store import desk, items, receipts
from store.errors import (
    GatheringClosedError,
    LockedError,
    NotReleasedError,
    StaleVersionError,
    TokenTooShortError,
    UnknownGatheringError,
    UnknownItemError,
    WrongStateError,
)
from store.items import Drawing, Memo, Note, Said, Silence, Status
from store.payloads import Place
from store.rows import models
from store.seals import keys
from store.status import AT_THE_DESK, OF_ITEMS
from tests.support.places import PASSPHRASE
from tests.support.store_folder import DAY, token

MADE = (
    Note("The canteen is cold.", ((4, 11),), Said("tired", "What keeps you?")),
    Memo("I would like to say something good.", (), Said("good")),
    Drawing(
        bytes(range(256)) * 300,
        "map",
        Said("", "What keeps you?"),
        places=(Place(0, 3, 10, 20, 30, 40),),
    ),
    Silence(Said("I would rather not say yet")),
    Note("x" * 10_000),
)


@pytest.fixture
def released(gathering):
    for payload in MADE:
        items.keep(payload, gathering, token=token())
    return store.gatherings.close(gathering.id, today=DAY)


def first_note(gathering, master):
    return next(each for each in items.released(gathering.id, master) if each.payload == MADE[0])


def test_what_was_kept_is_what_is_read(released, master):
    found = items.released(released.id, master)
    assert found.damaged == 0
    assert {each.payload for each in found} == set(MADE)
    assert {(each.kind, each.status) for each in found} == {
        (kind, Status.RELEASED) for kind in ("note", "memo", "drawing", "silence")
    }


def test_the_order_is_shuffled_and_stays(gathering, master):
    kept = [Note(str(number)) for number in range(40)]
    for payload in kept:
        items.keep(payload, gathering, token=token())
    store.gatherings.close(gathering.id, today=DAY)
    order = [each.payload for each in items.released(gathering.id, master)]
    assert order != kept
    assert [each.payload for each in items.released(gathering.id, master)] == order


def test_nothing_is_read_before_release(gathering, master):
    for payload in MADE:
        items.keep(payload, gathering, token=token())
    with pytest.raises(NotReleasedError):
        items.released(gathering.id, master)
    assert items.participation(gathering.id) is None


def test_below_k_a_closed_gathering_stays_sealed(gathering, master):
    for payload in MADE[:2]:
        items.keep(payload, gathering, token=token())
    assert store.gatherings.close(gathering.id, today=DAY).state == "closed"
    with pytest.raises(NotReleasedError):
        items.released(gathering.id, master)
    assert items.participation(gathering.id) is None


def test_a_sealed_item_is_not_found_by_its_id(gathering, master):
    items.keep(MADE[0], gathering, token=token())
    sealed = models.ItemRow.get()
    for act in (
        lambda: items.find(bytes(sealed.id).hex(), master),
        lambda: items.move(bytes(sealed.id).hex(), "approved", version=0),
        lambda: items.label(bytes(sealed.id).hex(), ["x"], master, version=0),
        lambda: items.find("no hex", master),
    ):
        with pytest.raises(UnknownItemError):
            act()


def test_participation_counts_silence_too(released):
    assert items.participation(released.id) == len(MADE)


def test_the_same_token_stores_once_and_gives_the_same_receipt(gathering):
    again = token()
    first = items.keep(MADE[0], gathering, token=again)
    assert items.keep(MADE[0], gathering, token=again) == first
    assert items.keep(MADE[1], gathering, token=receipts.prepare(again)) == first
    assert items.find_receipt(again) == first
    assert models.ItemRow.select().count() == 1


def test_the_same_token_gives_the_same_receipt_after_a_restart_and_after_release(
    gathering, data_dir
):
    again = token()
    first = items.keep(MADE[0], gathering, token=again)
    store.close()
    store.open(data_dir)
    assert items.keep(MADE[0], gathering, token=again) == first
    for payload in MADE[1:]:
        items.keep(payload, gathering, token=token())
    store.gatherings.close(gathering.id, today=DAY)
    assert items.keep(MADE[0], gathering, token=again) == first
    assert items.find_receipt(again) == first
    assert models.ItemRow.select().count() == len(MADE)


def test_an_unknown_token_has_no_receipt(gathering):
    assert items.find_receipt(token()) is None


def test_two_tokens_that_meet_in_the_same_words_keep_both_items(gathering, monkeypatch):
    real = receipts.words.from_bytes
    drawn = []

    def meeting(content):
        drawn.append(content)
        return "acorn acorn acorn acorn" if len(drawn) in {1, 2} else real(content)

    monkeypatch.setattr(receipts.words, "from_bytes", meeting)
    first, second = (items.keep(payload, gathering, token=token()) for payload in MADE[:2])
    assert first.words != second.words
    assert models.ItemRow.select().count() == 2


def test_guessable_tokens_are_refused(gathering):
    with pytest.raises(TokenTooShortError):
        items.keep(MADE[0], gathering, token="x" * 15)
    assert items.keep(MADE[0], gathering, token="x" * 16)


def test_a_closed_gathering_takes_nothing(released):
    with pytest.raises(GatheringClosedError):
        items.keep(MADE[0], released, token=token())
    with pytest.raises(UnknownGatheringError):
        items.keep(MADE[0], "00" * 16, token=token())


def test_status_follows_the_table(released, master):
    """Every pair of statuses that the desk can ask for is tried."""
    desk = AT_THE_DESK
    item = first_note(released, master)
    for before in desk:
        for after in Status:
            item = items.find(item.id, master)
            models.ItemRow.get(models.ItemRow.id == bytes.fromhex(item.id)).rewrite(status=before)
            if after in desk and after in OF_ITEMS[before]:
                items.move(item.id, after, version=item.version)
                assert items.find(item.id, master).status == after
            else:
                with pytest.raises(WrongStateError):
                    items.move(item.id, after, version=item.version)


def test_two_facilitators_do_not_overwrite_each_other(released, master):
    item = first_note(released, master)
    version = items.label(item.id, ["canteen"], master, version=item.version)
    for act in (
        lambda: items.move(item.id, "approved", version=item.version),
        lambda: items.label(item.id, ["other"], master, version=item.version),
        lambda: items.annotate(item.id, "other", master, version=item.version),
        lambda: items.cover(item.id, [(0, 3)], [], master, version=item.version),
    ):
        with pytest.raises(StaleVersionError):
            act()
    items.annotate(item.id, "Ask the kitchen.", master, version=version)
    found = items.find(item.id, master)
    assert (found.labels, found.note, found.payload) == (("canteen",), "Ask the kitchen.", MADE[0])


def test_covered_words_are_gone_and_doubts_move_along(released, master):
    item = first_note(released, master)
    items.cover(item.id, [(12, 19), (14, 16), (-5, 3)], [], master, version=item.version)
    found = items.find(item.id, master)
    assert found.payload.text == "[COVERED] canteen [COVERED]."
    assert [found.payload.text[start:end] for start, end in found.payload.doubts] == ["canteen"]


def test_a_covered_drawing_replaces_the_old_one_with_all_its_pieces(released, master):
    item = next(each for each in items.released(released.id, master) if each.kind == "drawing")
    before = models.PieceRow.select().count()
    with pytest.raises(ValueError, match="png"):
        items.cover(item.id, [], [(1, 2, 3, 4)], master, version=item.version)
    items.cover(item.id, [], [(1, 2, 3, 4)], master, version=item.version, png=b"small")
    found = items.find(item.id, master)
    assert (found.payload.png, found.boxes) == (b"small", ((1, 2, 3, 4),))
    assert models.PieceRow.select().count() == before - 3
    assert len(items.released(released.id, master)) == len(MADE)


def test_a_locked_key_reads_nothing(released, recovery_code):
    with keys.unlock(PASSPHRASE) as master:
        pass
    with pytest.raises(LockedError):
        items.released(released.id, master)


def test_what_somebody_changed_is_found_without_reading_the_rest(released, master, engine):
    """A desk asks for it at each change of another desk, with a hundred thousand items, too."""
    assert items.changed(released.id) == {}
    one, two, *_ = items.released(released.id, master)
    version = items.move(one.id, "approved", version=one.version)
    version = items.move(one.id, "discarded", version=version)
    items.label(two.id, ["canteen"], master, version=two.version)
    assert items.changed(released.id) == {one.id: version, two.id: 2}
    how = "EXPLAIN QUERY PLAN" if engine == "sqlite" else "EXPLAIN"
    with store.database.reading():
        (plan, *_) = store.database.rows(f"{how} {desk.CHANGED}", bytes.fromhex(released.id))
    assert "item_changed" in str(plan)
