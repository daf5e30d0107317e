"""Text in, the same text with placeholders for identifying details out.

Off-line, in milliseconds.
"""

from redact.engine import redact
from redact.lists import EMPTY, LocalLists
from redact.spans import Doubt, Kind, Recognizer, Redaction, Span, Strength

__all__ = [
    "EMPTY",
    "Doubt",
    "Kind",
    "LocalLists",
    "Recognizer",
    "Redaction",
    "Span",
    "Strength",
    "redact",
]
