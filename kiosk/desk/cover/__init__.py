"""Covering what the machine missed: words and places of one item, or words wherever they stand."""
