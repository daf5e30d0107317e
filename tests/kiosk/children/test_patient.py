"""Who stops talking does not wait for a pass that was made while they talked."""

import os
import sys
import threading
import time
from pathlib import Path

import pytest

from kiosk.children import bounds
from kiosk.children import patient as patient_module
from kiosk.children.patient import LOWEST, Patient
from kiosk.children.recordings import Recordings
from tests.support.places import MICRO
from tests.support.recordings import sample
from transcribe.engine import AbandonedError
from transcribe.gate import Run
from transcribe.stretches import Stretch
from transcribe.transcript import SAMPLE_RATE, TranscribeError

SENTENCE = sample("01-manager.flac")
STRETCH = Stretch(SENTENCE, (Run(0, len(SENTENCE)),), len(SENTENCE) / SAMPLE_RATE)


class SlowEngine:
    """Stands in for a model: its encoder takes as long as the test wants."""

    def __init__(self, *_: object, **__: object) -> None:
        self.encoder = threading.Event()
        self.decoder = threading.Event()
        self.was_abandoned = threading.Event()

    def warm_up(self) -> None:
        """Nothing is cold here."""

    def hear(self, _: Stretch, *, is_pointless, **__: object):
        assert self.encoder.wait(10)
        if is_pointless():
            self.was_abandoned.set()
            raise AbandonedError
        assert self.decoder.wait(10)
        return [], "en"


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> tuple[Patient, SlowEngine]:
    monkeypatch.setattr(patient_module, "WhisperTranscriber", SlowEngine)
    patient = Patient(MICRO, cpu_threads=1)
    return patient, patient._loading.result()  # type: ignore[return-value]


def heard(
    patient: Patient, is_pointless, recordings: Recordings, *, expected_seconds: float = 10.0
):
    return patient.hear(
        STRETCH,
        language="en",
        expected_seconds=expected_seconds,
        is_pointless=is_pointless,
        wait=recordings.wait_until,
        wake=recordings.wake,
    )


def test_a_pass_is_left_while_its_encoder_still_runs(slow) -> None:
    patient, engine = slow
    recordings, is_pointless = Recordings(30.0), threading.Event()

    def stop_talking() -> None:
        time.sleep(0.1)
        is_pointless.set()
        recordings.wake()

    threading.Thread(target=stop_talking).start()
    with pytest.raises(AbandonedError):
        heard(patient, is_pointless.is_set, recordings)
    assert not engine.encoder.is_set()  # we did not wait for it
    engine.encoder.set()
    assert engine.was_abandoned.wait(10)  # and it makes no words afterwards
    engine.decoder.set()
    assert heard(patient, lambda: False, recordings) == ([], "en")  # the next one is heard


def test_a_pass_is_heard_to_its_end_once_its_encoder_is_done(slow) -> None:
    patient, engine = slow
    recordings, is_pointless = Recordings(30.0), threading.Event()
    engine.encoder.set()

    def stop_talking() -> None:
        time.sleep(0.2)
        is_pointless.set()
        recordings.wake()
        time.sleep(0.1)
        engine.decoder.set()

    threading.Thread(target=stop_talking).start()
    assert heard(patient, is_pointless.is_set, recordings) == ([], "en")


def test_giving_way_has_an_end(slow, monkeypatch: pytest.MonkeyPatch) -> None:
    patient, engine = slow
    monkeypatch.setattr(bounds, "LATE_SECONDS", 0.05)
    with pytest.raises(AbandonedError):
        heard(patient, lambda: False, Recordings(30.0), expected_seconds=0.01)
    assert not patient.is_free  # so the next stretch goes to the first model
    engine.encoder.set()
    assert engine.was_abandoned.wait(10)


def test_nobody_waits_until_it_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    loads = threading.Event()

    class LateEngine(SlowEngine):
        def warm_up(self) -> None:
            assert loads.wait(10)

    monkeypatch.setattr(patient_module, "WhisperTranscriber", LateEngine)
    patient = Patient(MICRO, cpu_threads=1)
    patient.wait_until_loaded(0.0)
    assert not patient.is_free
    loads.set()
    patient.wait_until_loaded(10.0)
    assert patient.is_free


def test_one_that_cannot_be_loaded_is_never_free(tmp_path: Path) -> None:
    patient = Patient(tmp_path, cpu_threads=1)
    patient.wait_until_loaded(10.0)
    with pytest.raises(TranscribeError):
        patient._loading.result()
    assert not patient.is_free


def test_it_hears_what_the_first_model_would(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "LATE_MOST_SECONDS", 600.0)  # others may keep the machine busy
    patient = Patient(MICRO, cpu_threads=1)
    segments, language = heard(patient, lambda: False, Recordings(30.0), expected_seconds=120.0)
    assert "".join(segment.text for segment in segments) == "My manager Sarah never listens."
    assert language == "en"


@pytest.mark.skipif(sys.platform != "linux", reason="threads have no priority of their own")
def test_its_threads_give_way_and_ours_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "LATE_MOST_SECONDS", 600.0)

    def at_lowest() -> int:
        tasks = [int(task.name) for task in Path("/proc/self/task").iterdir()]
        return sum(os.getpriority(os.PRIO_PROCESS, task) == LOWEST for task in tasks)

    before = at_lowest()
    patient = Patient(MICRO, cpu_threads=2)
    heard(patient, lambda: False, Recordings(30.0), expected_seconds=120.0)
    assert at_lowest() - before >= 3  # its own, the model's, and at least one for the encoder
    assert os.getpriority(os.PRIO_PROCESS, 0) < LOWEST


def test_a_model_that_fails_is_noticed_here(slow, monkeypatch: pytest.MonkeyPatch) -> None:
    patient, engine = slow

    def fails(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(engine, "hear", fails)
    with pytest.raises(MemoryError):
        heard(patient, lambda: False, Recordings(30.0))
