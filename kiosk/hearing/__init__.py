"""Speech to words, as the kiosk sees it: the front, its memos, the kiosk's own microphone."""
