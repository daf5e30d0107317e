"""What can be wrong with something a visitor sends; the kiosk turns each class into one page."""


class CaptureError(Exception):
    """What was sent cannot become a contribution; the message is ours and quotes nothing of it."""


class UnreadableError(CaptureError):
    """It has the right type, but it is damaged, empty or in a form that we do not read (422)."""


class TooLargeError(CaptureError):
    """It is longer, bigger or of more parts than we take (413)."""


class WrongTypeError(CaptureError):
    """It is not the kind of thing that it claims to be (415)."""
