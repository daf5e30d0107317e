"""The life of a memo: its stages, what moves it from one to the next, and what can go wrong.

    waiting -> decoding -> decoded -> ready

A child that was lost leads back to waiting, a fault from anywhere before the end to failed.

Whoever changes a memo's stage asks `after`; what is not in the table does not happen.
"""

from enum import StrEnum


class Stage(StrEnum):
    """Where a memo is on its way to words."""

    WAITING = "waiting"  # for an ear, or for the rest of its recording
    DECODING = "decoding"  # its ear decodes it, and the model hears what there is
    DECODED = "decoded"  # the model has all of it
    READY = "ready"
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self in {Stage.READY, Stage.FAILED}

    @property
    def is_started(self) -> bool:
        """Whether children are at it."""
        return self in {Stage.DECODING, Stage.DECODED}


class Event(StrEnum):
    """What moves a memo on."""

    EAR_STARTED = "ear started"
    SOUND_ENDED = "sound ended"  # all of it is decoded
    WORDS_CAME = "words came"
    CHILD_LOST = "child lost"  # its ear or the model; it is played again to new ones
    FAULT_FOUND = "fault found"


AFTER = {
    (Stage.WAITING, Event.EAR_STARTED): Stage.DECODING,
    (Stage.WAITING, Event.FAULT_FOUND): Stage.FAILED,
    (Stage.DECODING, Event.SOUND_ENDED): Stage.DECODED,
    (Stage.DECODING, Event.CHILD_LOST): Stage.WAITING,
    (Stage.DECODING, Event.FAULT_FOUND): Stage.FAILED,
    (Stage.DECODED, Event.WORDS_CAME): Stage.READY,
    (Stage.DECODED, Event.CHILD_LOST): Stage.WAITING,
    (Stage.DECODED, Event.FAULT_FOUND): Stage.FAILED,
}


class WrongStageError(Exception):
    """A memo cannot do this now: a mistake of ours."""


def after(stage: Stage, event: Event) -> Stage:
    """The stage that an event leads to.

    Raises:
        WrongStageError: It cannot happen in this stage.
    """
    try:
        return AFTER[stage, event]
    except KeyError:
        raise WrongStageError(f"{event} while {stage}") from None


class Fault(StrEnum):
    """Why a memo did not become words. The values are part of answers to browsers."""

    WRONG_TYPE = "wrong_type"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    NOTHING_HEARD = "nothing_heard"  # nobody spoke
    GAVE_UP = "gave_up"  # the model was lost three times while it heard this memo
    NO_MODEL = "no_model"  # it cannot be loaded
    UNKNOWN = "unknown"  # never seen, cancelled, or forgotten

    @property
    def keeps_sound(self) -> bool:
        """Whether the fault is not the recording's, so that its sound can wait for a better day."""
        return self in {Fault.GAVE_UP, Fault.NO_MODEL}

    @property
    def is_final(self) -> bool:
        """Whether trying again changes nothing."""
        return self in {
            Fault.WRONG_TYPE, Fault.UNREADABLE, Fault.TOO_LARGE, Fault.NOTHING_HEARD,
        }  # fmt: skip
