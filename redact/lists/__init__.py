"""What a place knows of itself.

Its people, teams, sites, rooms, projects and titles that only one person holds.
"""

from redact.lists.entries import EMPTY, LocalLists, UnreadableListsError
from redact.lists.sheet import Preview, Row, RowError, from_csv

__all__ = ["EMPTY", "LocalLists", "Preview", "Row", "RowError", "UnreadableListsError", "from_csv"]
