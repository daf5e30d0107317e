"""How long each wait may last at most. An inner one ends well before the one around it.

`tests/kiosk/children/test_bounds.py` compares them.
"""

EAR_SECONDS = 10.0  # from the end of a recording to the end of its ear
MODEL_SECONDS = 120.0  # one stretch; a large model on a small board needs a minute
LOAD_SECONDS = 120.0
SECOND_COPY_SECONDS = 4.0  # that the second copy may load longer than the first before we are ready

# Where other programs take the whole processor, giving way has an end: a stretch may take so many
# times what one usually takes, and at least so long. What one usually takes is measured while the
# machine may be busy, so there is also a most: else the whole model would be ended for being late
# before the copy that gives way has left off.
LATE_FACTOR = 8.0  # a stretch full of words takes up to five times as long as a short one
LATE_SECONDS = 3.0
LATE_MOST_SECONDS = 30.0


def late_seconds(expected_seconds: float) -> float:
    """After how long a pass that gives way is left to the first model."""
    return min(LATE_MOST_SECONDS, max(LATE_SECONDS, LATE_FACTOR * expected_seconds))
