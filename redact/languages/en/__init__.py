"""English: recognizers, word lists, and the model that finds names."""
