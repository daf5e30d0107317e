"""What facilitators meet: set-up, the review desk, people, lists, exports."""
