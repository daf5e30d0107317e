"""Recordings that waited become words, and then their sound is gone."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

import store
from kiosk.commands.worker import work_off_all
from kiosk.hearing.backlog_worker import BacklogWorker
from kiosk.house import House
from redact import redact
from store.errors import FullError
from store.payloads import Memo
from store.rows.models import ItemRow
from store.status import Status
from tests.support.kiosk_in_folder import app_of
from tests.support.places import MICRO, PASSPHRASE, SAMPLES
from tests.support.recordings import recorded

SAMPLE_RATE = 16_000
SPOKEN_SOUND = (SAMPLES / "08-browser.webm").read_bytes()
WORDS = "My boss [PERSON 1] changes the schedule without warning."


def today() -> Any:
    return datetime.now(tz=UTC).astimezone().date()


def leave_recording(
    house: House, sound: bytes = SPOKEN_SOUND, *, key: str = "0123456789abcdef"
) -> str:
    """A visitor speaks while there is no model."""
    answer = (
        app_of(house)
        .test_client()
        .post(
            "/api/items",
            data=sound,
            headers={"Content-Type": "audio/webm", "Idempotency-Key": key},
        )
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json["receipt"])


def released_texts(*, fillers: int = 2) -> list[str]:
    gathering = store.gatherings.everything()[0]
    for number in range(fillers):
        note = store.Note(text=f"filler {number}")
        store.items.keep(note, gathering, token=f"token-for-filler-{number:04}")
    store.gatherings.close(gathering.id, today=today())
    with store.keys.unlock(PASSPHRASE) as master:
        return [item.payload.text for item in store.items.released(gathering.id, master)]


@pytest.fixture
def heard(make_house: Callable[..., House]) -> Callable[[], tuple[House, BacklogWorker]]:
    """A kiosk that has a model now, after a restart: the worker's key of before is gone."""

    def make() -> tuple[House, BacklogWorker]:
        house = make_house(model=MICRO)
        return house, BacklogWorker(house, today=today)

    return make


def test_after_a_restart_what_waits_needs_a_facilitator(
    make_house: Callable[..., House], heard: Callable[[], tuple[House, BacklogWorker]]
):
    leave_recording(make_house())
    _house, backlog = heard()
    assert backlog.standing() == "needs facilitator"
    assert not backlog.work_off()
    with store.keys.unlock(PASSPHRASE) as master:
        backlog.unlock(master)
        assert backlog.work_off()
        assert not backlog.work_off()
    assert backlog.standing() == "nothing"
    assert WORDS in released_texts()


@pytest.mark.parametrize("is_apart", [False, True])
def test_what_waits_is_redacted_by_the_lists_of_its_own_gathering(
    make_house: Callable[..., House],
    heard: Callable[[], tuple[House, BacklogWorker]],
    *,
    is_apart: bool,
):
    """Not by those of the one that is open when it is heard; also where it went on waiting apart.

    First what the lists of the later one would have made of it.
    """
    before = make_house()
    leave_recording(before)
    first = store.gatherings.current()
    assert first
    with store.keys.unlock(PASSPHRASE) as master:
        store.lists.save(master, '{"rooms": ["changes the"]}', begun={first.id})
        later = store.gatherings.new("Later", today=today())
        store.lists.save(master, "{}")
        rules = before.rules_of(later.id)
        spoken = "My boss changes the schedule without warning."
        assert "changes the" not in redact(spoken, "en", lists=rules.lists).text
        for number in range(3):
            store.items.keep(store.Note(f"{number}"), first, token=f"token-for-{number:012}")
        store.gatherings.close(first.id, today=today())
        if is_apart:
            store.waiting.release_without_waiting(first.id, master, title="Apart", today=today())
        _house, backlog = heard()
        backlog.unlock(master)
        jobs: list[Memo] = []
        finish = store.backlog.finish

        def note(worker: Any, job: Any, memo: Memo) -> None:
            jobs.append(memo)
            finish(worker, job, memo)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(store.backlog, "finish", note)
            assert backlog.work_off()
    assert [each.text for each in jobs] == [WORDS]


def test_a_desk_that_locks_leaves_the_rest_waiting(
    make_house: Callable[..., House], heard: Callable[[], tuple[House, BacklogWorker]]
):
    leave_recording(make_house())
    _house, backlog = heard()
    with store.keys.unlock(PASSPHRASE) as master:
        backlog.unlock(master)
    assert not backlog.work_off()
    assert backlog.standing() == "needs facilitator"


def test_while_the_kiosk_runs_no_facilitator_is_needed(
    make_house: Callable[..., House], heard: Callable[[], tuple[House, BacklogWorker]]
):
    """The copy sealed to the live worker, whose key is in memory only."""
    house, backlog = heard()
    store.backlog.announce(backlog._worker)
    gathering = store.gatherings.current()
    assert gathering
    store.items.hold_sound(
        SPOKEN_SOUND,
        gathering,
        token="0123456789abcdef",
        worker_public_key=store.backlog.announced(),
    )
    assert backlog.work_off()
    assert WORDS in released_texts()
    assert house.hearing.has_model


def test_a_recording_without_words_says_so_and_is_not_lost(
    make_house: Callable[..., House], heard: Callable[[], tuple[House, BacklogWorker]]
):
    leave_recording(
        make_house(), recorded(np.zeros(SAMPLE_RATE * 3, np.float32), "webm", "libopus")
    )
    _house, backlog = heard()
    with store.keys.unlock(PASSPHRASE) as master:
        backlog.unlock(master)
        while backlog.work_off():
            pass
    texts = released_texts(fillers=3)  # without words it does not count toward three
    assert len(texts) == 4


def test_the_worker_command_tries_again_what_was_given_up(make_house: Callable[..., House]):
    """Three failures are not the end of what somebody said: a better model may hear it."""
    house = make_house()
    leave_recording(house)
    worker = store.backlog.Worker()
    with store.keys.unlock(PASSPHRASE) as master:
        for _ in range(3):
            job = store.backlog.claim(worker, master=master)
            assert job is not None
            store.backlog.fail(worker, job)
        assert store.backlog.claim(worker, master=master) is None
    assert [row.status for row in ItemRow.select()] == [Status.FAILED]
    work_off_all(house.settings, PASSPHRASE, model=str(MICRO))
    assert [row.status for row in ItemRow.select()] == [Status.SEALED]


def test_a_store_that_takes_nothing_just_now_costs_a_memo_no_try(
    make_house: Callable[..., House], monkeypatch: pytest.MonkeyPatch
):
    """Full, or a server that is away: once that has passed, it is heard by the same worker."""
    house = make_house()
    leave_recording(house)
    backlog = BacklogWorker(house, today=today)

    def is_full(_job: Any) -> None:
        raise FullError

    heard: list[Any] = []
    with store.keys.unlock(PASSPHRASE) as master:
        backlog.unlock(master)
        monkeypatch.setattr(backlog, "_hear", is_full)
        for _ in range(store.backlog.MOST_TRIES + 1):
            with pytest.raises(FullError):
                backlog.work_off()
        monkeypatch.setattr(backlog, "_hear", heard.append)
        assert backlog.work_off()
    assert [job.tries for job in heard] == [1]


def test_a_memo_that_breaks_its_worker_keeps_no_other_waiting_and_is_not_quoted(
    make_house: Callable[..., House],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
):
    """A mistake of ours with the words of one: it is given up, and logged by its type alone."""
    house = make_house()
    for key in ("0123456789abcdef", "fedcba9876543210"):
        leave_recording(house, key=key)
    backlog = BacklogWorker(house, today=today)
    broken: list[bytes] = []
    heard: list[bytes] = []

    def hear(job: Any) -> None:
        if job.id in {*broken[:1], *(() if broken else (job.id,))}:
            broken.append(job.id)
            raise KeyError("what somebody said")
        heard.append(job.id)
        store.backlog.fail(backlog._worker, job)

    monkeypatch.setattr(backlog, "_hear", hear)
    with store.keys.unlock(PASSPHRASE) as master:
        backlog.unlock(master)
        for _ in range(store.backlog.MOST_TRIES + 1):
            backlog._round()
    assert len(broken) == store.backlog.MOST_TRIES
    assert heard
    assert "KeyError" in caplog.text
    assert "somebody" not in caplog.text
