"""The parts of a running kiosk, made once at start-up and handed to whoever needs them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
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


@dataclass(frozen=True)
class Rules:
    """What is taken out of what is said to one gathering; it stays so while that collects."""

    lists: LocalLists = field(default=EMPTY, repr=False)
    strength: Strength = Strength.STANDARD


@dataclass
class House:
    """What the views share: settings, hearing, drafts, shares and what is taken out."""

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
    fetching: Fetching = field(init=False, repr=False)
    slow_hashes: Stretches = field(init=False, repr=False)
    hashes_ahead: Stretches = field(init=False, repr=False)  # of drafts that may never be kept
    # One: a slow hash after the other, while visitors read.
    meanwhile: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    begun: set[str] = field(default_factory=set, repr=False)  # gatherings that saw a draft

    def __post_init__(self) -> None:
        self.fetching = Fetching(self.settings.data_dir, on_installed=self.hear_with)
        has_limit = self.settings.limits.contributions_per_hour > 0
        most = SLOW_HASHES_A_MINUTE if has_limit else 0
        self.slow_hashes, self.hashes_ahead = Stretches(most), Stretches(most)

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
        if self.backlog_worker:
            self.backlog_worker.unlock(master)

    def rules_of(self, gathering_id: str) -> Rules:
        """What is taken out in a gathering, as far as it can be read while the store is locked."""
        stored = store.lists.of(gathering_id)
        told = store.strength.of(gathering_id)
        return Rules(
            lists=_lists_in(stored) if stored else EMPTY,
            strength=Strength(told or self.settings.redaction.strength),
        )

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


@lru_cache(maxsize=4)
def _lists_in(stored: str) -> LocalLists:
    """Read lists once, and not anew for each contribution."""
    return LocalLists.from_json(stored)


def house() -> House:
    """The house of the running application."""
    found: House = current_app.extensions["house"]
    return found
