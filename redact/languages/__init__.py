"""What runs for each language, one folder each."""
