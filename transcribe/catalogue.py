"""Speech models one can install, with honest words about each.

Speeds are ours, measured with models of that shape on two cores of a server from 2021 without
AVX-512, or marked as reckoned from them; a recent laptop is about twice as fast, a Raspberry Pi 5
about three times as slow. Quality is what their makers and users report; we measured none.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A model to install."""

    name: str
    repository: str  # where the hub keeps it
    megabytes: int  # to download, and on disk
    memory_megabytes: int  # while it runs, with 8-bit weights
    minute_seconds: int  # one minute of speech, on two such cores
    is_measured: bool
    languages: str
    words: str


CATALOGUE = (
    Offer(
        name="tiny", repository="Systran/faster-whisper-tiny", megabytes=78, memory_megabytes=250,
        minute_seconds=5, is_measured=False, languages="99 languages",
        words="For the smallest boards. Many wrong words, names above all; read every preview.",
    ),
    Offer(
        name="tiny.en", repository="Systran/faster-whisper-tiny.en", megabytes=78,
        memory_megabytes=250, minute_seconds=5, is_measured=False, languages="English",
        words="As tiny, a little better in English.",
    ),
    Offer(
        name="base", repository="Systran/faster-whisper-base", megabytes=148, memory_megabytes=320,
        minute_seconds=9, is_measured=True, languages="99 languages",
        words="A good start on a Raspberry Pi 5, a NUC or an old laptop. Understands clear speech.",
    ),
    Offer(
        name="base.en", repository="Systran/faster-whisper-base.en", megabytes=148,
        memory_megabytes=320, minute_seconds=9, is_measured=True, languages="English",
        words="As base, a little better in English. It takes every other language for English.",
    ),
    Offer(
        name="small", repository="Systran/faster-whisper-small", megabytes=486,
        memory_megabytes=630, minute_seconds=25, is_measured=True, languages="99 languages",
        words="For laptops and NUCs. Far fewer wrong words, also with accents and other languages.",
    ),
    Offer(
        name="small.en", repository="Systran/faster-whisper-small.en", megabytes=486,
        memory_megabytes=630, minute_seconds=25, is_measured=True, languages="English",
        words="As small, for English only.",
    ),
    Offer(
        name="medium", repository="Systran/faster-whisper-medium", megabytes=1_530,
        memory_megabytes=1_700, minute_seconds=75, is_measured=False, languages="99 languages",
        words="For fast machines with four cores and more; slower than speech on the others.",
    ),
    Offer(
        name="large-v3-turbo", repository="mobiuslabsgmbh/faster-whisper-large-v3-turbo",
        megabytes=1_620, memory_megabytes=1_900, minute_seconds=90, is_measured=False,
        languages="99 languages",
        words="The best of these in most languages. For strong desktops.",
    ),
)  # fmt: skip


def offer(name: str) -> Offer | None:
    """Return the model of that name, if it is in the catalogue."""
    return next((each for each in CATALOGUE if each.name == name), None)
