"""The one file that everything is kept in: opened, checked, copied, repaired."""
