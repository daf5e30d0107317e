import pytest

import store
from store import items, receipts
from store.errors import TooManyTriesError
from store.items import Drawing, Note
from store.receipts import UNKNOWN
from store.rows import models
from store.seals import derive
from tests.support.store_folder import DAY, token

NOTE = Note("The canteen is cold.")


@pytest.fixture
def words(gathering):
    return items.keep(NOTE, gathering, token=token()).words


def release(gathering):
    for _ in range(3):
        items.keep(NOTE, gathering, token=token())
    store.gatherings.close(gathering.id, today=DAY)


def test_words_tell_that_it_is_kept_and_never_what(words):
    state = receipts.look_up(words)
    assert (state.state, state.can_withdraw, state.title) == ("kept", True, "Spring")
    assert "canteen" not in repr(state)
    assert words not in repr(receipts.Receipt(words))


def test_words_with_typos_work(words):
    first, *rest = words.split()
    assert receipts.look_up(" ".join([first[:-1].upper(), *rest])).state == "kept"


def test_wrong_words_tell_nothing(words):
    for typed in ("acorn acorn acorn acorn", "not four", "", words + " acorn"):
        assert receipts.look_up(typed) == UNKNOWN


def test_withdrawn_is_gone_and_looks_like_never_kept(gathering, words):
    drawing = items.keep(Drawing(b"x" * 90_000), gathering, token=token())
    assert receipts.withdraw(drawing.words)
    assert receipts.withdraw(words)
    assert receipts.look_up(words) == UNKNOWN
    assert not receipts.withdraw(words)
    assert models.ItemRow.select().count() == models.PieceRow.select().count() == 0


def test_after_release_words_withdraw_nothing_and_find_the_answer(gathering, words):
    release(gathering)
    assert receipts.look_up(words) == receipts.ReceiptState("released", (), "Spring")
    answer = store.board.publish(gathering.id, "Warmth", "A heater comes on Monday.")
    assert receipts.look_up(words).answer == (answer,)
    assert not receipts.withdraw(words)
    assert models.ItemRow.select().count() == 4


def test_after_release_words_lead_to_no_item(gathering, words):
    """Whoever forces the words out of somebody, and has disk and key, finds no item with them."""
    receipt_id, _ = receipts.ids_of(words)
    before = {bytes(row.id) for row in models.ItemRow.select()}
    assert receipt_id in before
    release(gathering)
    after = {bytes(row.id) for row in models.ItemRow.select()}
    assert not before & after
    assert all(row.mark is None for row in models.ItemRow.select())


class Clock:
    """A clock that only moves when somebody waits or works."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_a_question_takes_a_whole_number_of_beats_right_or_wrong(words, monkeypatch):
    """With the pause off, a fast refusal would show; with it on, both leave on the same beat."""
    clock, work = Clock(), iter([0.03, 0.11, 0.03, 0.11])
    real = derive.slow

    def slow(*a, **k):
        clock.now += next(work)
        return real(*a, **k)

    def seconds(typed):
        started = clock.now
        receipts.look_up(typed)
        return clock.now - started

    monkeypatch.setattr(receipts, "time", clock)
    monkeypatch.setattr(derive, "slow", slow)
    monkeypatch.setattr(receipts, "ANSWER_SECONDS", 1e-9)
    assert seconds("acorn acorn acorn acorn") == pytest.approx(0.03)
    assert seconds(words) == pytest.approx(0.11)
    monkeypatch.setattr(receipts, "ANSWER_SECONDS", 0.2)
    assert seconds("acorn acorn acorn acorn") == pytest.approx(0.2)
    assert seconds(words) == pytest.approx(0.2)


def test_taking_back_is_one_question_right_or_wrong(words, monkeypatch):
    """Reported: wrong words took a second hash and a beat more, for what stands there instead."""
    seen = []
    real = derive.slow
    monkeypatch.setattr(derive, "slow", lambda *a, **k: seen.append(1) or real(*a, **k))
    assert receipts.take_back("acorn acorn acorn acorn") == receipts.UNKNOWN
    assert len(seen) == 1
    assert receipts.take_back(words) is None
    assert len(seen) == 2


def test_wrong_words_write_as_right_ones_do(gathering):
    """Whoever times taking back, or watches the file, sees a page written in either case."""
    before = store.meta.read(store.meta.HEARTBEAT)
    assert not receipts.withdraw("acorn acorn acorn acorn")
    assert store.meta.read(store.meta.HEARTBEAT) != before


def test_wrong_words_cost_the_same_slow_hash(words, monkeypatch):
    seen = []
    real = derive.slow
    monkeypatch.setattr(
        derive, "slow", lambda secret, **rest: seen.append(1) or real(secret, **rest)
    )
    for typed in (words, "acorn acorn acorn acorn", "not four", ""):
        receipts.look_up(typed)
        receipts.withdraw(typed)
    assert len(seen) == 8


def questions_until_refused(**where):
    for asked in range(201):
        try:
            receipts.look_up("acorn acorn acorn acorn", **where)
        except TooManyTriesError:
            return asked
    return None


def test_twenty_questions_a_minute_and_at_the_most_two_hundred(words):
    assert 20 <= questions_until_refused() <= 200
    with pytest.raises(TooManyTriesError):
        receipts.withdraw(words)


def test_who_asks_elsewhere_uses_up_nobodys_questions(words):
    """Reported: twenty wrong words from the network, and nobody at the kiosk could take back."""
    assert questions_until_refused(place="network 1")
    assert receipts.look_up(words, place="here").can_withdraw
    assert receipts.take_back(words, place="here") is None


def test_the_database_does_not_hold_the_words_or_the_token(gathering, data_dir):
    from tests.support.byte_search import files_holding

    secret = token()
    kept = items.keep(NOTE, gathering, token=secret).words
    planted = data_dir / "planted"
    planted.write_text(f"{kept} {secret}")
    assert files_holding(data_dir, kept) == files_holding(data_dir, secret) == [planted]
    planted.unlink()
    assert files_holding(data_dir, kept) == files_holding(data_dir, secret) == []
