"""Backlog (filled in soon)."""
