"""How a gathering ends, and how often it comes again."""

import calendar
from datetime import date, timedelta
from enum import StrEnum


class Repeats(StrEnum):
    """How often a gathering comes again."""

    NEVER = "never"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


class Kind(StrEnum):
    """How a gathering ends; either way for good."""

    SESSION = "session"  # by hand, at once
    STANDING = "standing"  # by itself at the end of a day named beforehand; by hand only of today


def last_day(start: date, every: Repeats) -> date:
    """Return the last day of a period that begins with `start`."""
    if every is Repeats.MONTHLY:
        year, month = start.year + start.month // 12, start.month % 12 + 1
        day = min(start.day, calendar.monthrange(year, month)[1])
        return date(year, month, day) - timedelta(days=1)
    return start + timedelta(days=6 if every is Repeats.WEEKLY else 13)
