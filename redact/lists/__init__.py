"""What a place knows of itself: its people, teams, sites, rooms, projects and titles that only one person holds."""

from redact.lists.entries import EMPTY, LocalLists

__all__ = ["EMPTY", "LocalLists"]
