"""What speaks against a claim, whichever rule made it."""

from redact.languages.en.vetoes.edges import trimmed
from redact.languages.en.vetoes.idioms import outside_idioms
from redact.languages.en.vetoes.stage import outside_vetoes

__all__ = ["outside_idioms", "outside_vetoes", "trimmed"]
