"""An invitation as a square code (QR): shown on the desk's screen, photographed at another box.

Squeezed and written in capitals and digits, it takes half of the squares that its bytes would. A
camera reads up to VERSION well; whatever is larger goes as a file.
"""

import base64
import io
import threading
import zlib
from importlib.util import find_spec

import segno

from kiosk.children.child import Child
from kiosk.children.square import FROM_SQUARE, Photo
from kiosk.children.wire import WireError

VERSION = 25  # 117 squares a side, 1,853 letters: a photograph of a screen still tells them apart
MOST_BYTES = 100_000  # of an invitation that is unpacked
PATIENCE_SECONDS = 30.0


def write(invitation: bytes) -> str:
    """Return an SVG.

    Raises:
        segno.DataOverflowError: A camera would not read it.
    """
    letters = base64.b32encode(zlib.compress(invitation, 9)).decode().rstrip("=")
    made = segno.make(letters, error="l", boost_error=False, micro=False)
    if int(made.version) > VERSION:
        raise segno.DataOverflowError("more squares than a camera reads well")
    picture = io.BytesIO()
    made.save(picture, kind="svg", xmldecl=False, svgns=True, omitsize=True, light="#fff")
    return picture.getvalue().decode()


def can_read() -> bool:
    """Whether what reads square codes is installed."""
    return find_spec("cv2") is not None


def read(untrusted_picture: bytes) -> bytes | None:
    """Return the invitation that a photograph shows; None where it shows none."""
    child = Child("kiosk.children.square")
    late = threading.Timer(PATIENCE_SECONDS, child.kill)
    late.start()
    try:
        child.post(Photo(untrusted_picture))
        letters = child.receive(FROM_SQUARE).text
        packed = base64.b32decode(letters + "=" * (-len(letters) % 8))
        return zlib.decompressobj().decompress(packed, MOST_BYTES) or None
    except (WireError, ValueError, zlib.error):
        return None
    finally:
        late.cancel()
        child.close()
