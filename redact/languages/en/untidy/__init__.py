"""English as people write it who are in a hurry, spell by ear or learn it."""
