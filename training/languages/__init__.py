"""What makes the lists and models of the languages besides English, one folder of words each."""
