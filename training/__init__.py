"""What trains the name tagger; it is not shipped."""
