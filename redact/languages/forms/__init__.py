"""Details that look alike in every language: mail, web, numbers, days in figures."""
