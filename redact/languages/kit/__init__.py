"""What languages are put together from: lists, features, a sequence model, and what it comes to."""
