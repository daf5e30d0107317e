"""The corners of a photographed sheet, where its visitor moved them by hand."""

import math

from flask import request

from capture.paper import are_corners
from kiosk.errors import Problem
from kiosk.i18n import _

MOST_CHARACTERS = 200


def chosen() -> tuple[tuple[float, float], ...]:
    """What a request says of them, in shares of the photograph: across, down, four times over.

    Raises:
        Problem: 422, no sheet has such corners.
    """
    asked = request.args.get("corners", "")[:MOST_CHARACTERS]
    if not asked:
        return ()
    shares = [_share(each) for each in asked.split(",")]
    corners = tuple(zip(shares[::2], shares[1::2], strict=False))
    if len(shares) % 2 or not are_corners(corners):
        raise Problem(422, _("No sheet has such corners. Please move them a little."))
    return corners


def _share(number: str) -> float:
    try:
        return float(number)
    except ValueError:
        return math.nan
