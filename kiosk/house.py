"""The parts of a running kiosk, made once at start-up and handed to whoever needs them."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from flask import current_app

import store
from kiosk.drafts import Drafts
from kiosk.drawing_reader import DrawingReader
from kiosk.hearing.fetching import Fetching
from kiosk.hearing.front import Hearing
from kiosk.hearing.own_microphone import OwnMicrophone
from kiosk.reading_voice import reading_voice
from kiosk.settings import Settings
from kiosk.shares import Shares
from redact import EMPTY, LocalLists, Strength
from store.seals.keys import MasterKey
from store.throttle import Stretches
from transcribe.voice import ReadingVoice

SLOW_HASHES_A_MINUTE = 120  # at each place: Keep takes one, and so does a call for nothing
SAMPLE_SENTENCES = "sample-sentences.txt"  # in a model folder: all that this model understands

Speak = Literal["ready", "later", "micro"]


class OpensWaiting(Protocol):
    """What works off recordings that wait, as soon as somebody with a key is here."""

    progress: float | None  # of the recording being heard now, 0 to 1

    def unlock(self, master: MasterKey) -> None: ...  # noqa: D102


@dataclass
class House:
    """What the views share: settings, hearing, drafts, shares and the local lists."""

    settings: Settings
    hearing: Hearing
    drafts: Drafts
    shares: Shares  # of an hour: it cannot tell one visitor from another
    drawings: DrawingReader = field(default_factory=DrawingReader)
    model_folder: Path | None = None
    voice: ReadingVoice | None = field(default_factory=reading_voice)
    backlog_worker: OpensWaiting | None = None
    own_microphone: OwnMicrophone | None = None  # only where the settings want it
    set_up_code: str = ""  # until set-up is done: the one-time code on the terminal
    lists: LocalLists = field(default=EMPTY, repr=False)
    strength: Strength = Strength.STANDARD  # of the gathering whose lists these are
    fetching: Fetching = field(init=False, repr=False)
    slow_hashes: Stretches = field(init=False, repr=False)
    begun: set[str] = field(default_factory=set, repr=False)  # gatherings that saw a draft
    _lists_are_of: str = ""

    def __post_init__(self) -> None:
        self.fetching = Fetching(self.settings.data_dir, on_installed=self.hear_with)
        has_limit = self.settings.limits.contributions_per_hour > 0
        self.slow_hashes = Stretches(SLOW_HASHES_A_MINUTE if has_limit else 0)

    def hear_with(self, model_folder: Path) -> None:
        """Hear with another model from now on.

        Raises:
            IncompleteModelError: The folder is no complete model; nothing changes.
        """
        self.hearing.load(model_folder)
        self.model_folder = model_folder

    def facilitator_came(self, master: MasterKey) -> None:
        """With a key here: bring the local lists up to date, and open the recordings that wait."""
        store.lists.adopt(master)
        self.read_lists()
        if self.backlog_worker:
            self.backlog_worker.unlock(master)

    def read_lists(self) -> None:
        """Take the local lists from the store, as far as they can be read while it is locked."""
        current = store.gatherings.current()
        self._lists_are_of = current.id if current else ""
        stored = store.lists.of(current.id) if current else store.lists.running()
        self.lists = LocalLists.from_json(stored) if stored else EMPTY
        told = store.strength.of(current.id) if current else None
        self.strength = Strength(told or self.settings.redaction.strength)

    def begin(self, gathering_id: str) -> None:
        """Somebody begins a contribution: from now on, the lists of its gathering stay."""
        self.begun.add(gathering_id)
        if gathering_id != self._lists_are_of:
            self.read_lists()

    def speak(self) -> Speak:
        """What Speak can do now: words at once, only sample sentences, or sound that waits."""
        if not self.hearing.has_model:
            return "later"
        return "micro" if self.sample_sentences() else "ready"

    def sample_sentences(self) -> list[str]:
        """What a model made for trying things out understands; empty for a real model."""
        if self.model_folder is None:
            return []
        path = self.model_folder / SAMPLE_SENTENCES
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def house() -> House:
    """The house of the running application."""
    found: House = current_app.extensions["house"]
    return found
