"""Backup (filled in soon)."""
