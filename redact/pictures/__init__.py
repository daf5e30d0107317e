"""Details written into a picture."""
