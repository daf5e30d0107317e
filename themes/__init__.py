"""Suggest groups of short texts, on this machine, from their words alone; people decide."""

from themes.suggest import Group, Suggestion, suggest, usual_count

__all__ = ["Group", "Suggestion", "suggest", "usual_count"]
