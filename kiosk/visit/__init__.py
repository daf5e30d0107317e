"""What visitors meet: the page, its calls, and how a request is read."""
