"""Suggest groups of short texts, on this machine, from their words alone; people decide."""

from themes.central import nearness
from themes.suggest import Group, Suggestion, suggest, usual_count

__all__ = ["Group", "Suggestion", "nearness", "suggest", "usual_count"]
