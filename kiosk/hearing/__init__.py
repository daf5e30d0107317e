"""Speech to words, as the kiosk sees it: worker, memos, the kiosk's own microphone."""
