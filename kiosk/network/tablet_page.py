"""The page that says how a tablet becomes a kiosk: address, fingerprint, certificate, and steps.

It tells nothing secret: whoever stands in the network may know that there is a kiosk. What a tablet
fetches here it should trust only when the fingerprint is the one on the kiosk's own terminal.
"""

import io
import json

import segno
from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from kiosk.guard import is_same_machine
from kiosk.house import house
from kiosk.network import lan
from kiosk.network.told import fingerprint

tablet = Blueprint("tablet", __name__, url_prefix="/tablet")

COLOUR = "#f6eee9"  # of the page, as in tokens.css
ICONS = (("icon-192.png", "192x192"), ("icon-512.png", "512x512"))


@tablet.get("/")
def steps() -> ResponseReturnValue:
    """Lead whoever sets a tablet up, one kind of tablet after another."""
    authority = house().settings.data_dir / "tls" / "ca.crt"
    if not authority.exists():
        raise NotFound
    address, picture = _address(), io.BytesIO()
    segno.make(address, micro=False).save(picture, kind="svg", scale=5, xmldecl=False, svgns=True)
    return render_template(
        "tablet.html",
        address=address,
        picture=picture.getvalue().decode(),
        fingerprint=fingerprint(authority).split("\n"),
    )


@tablet.get("/ca.crt")
def certificate() -> Response:
    """Hand out the authority of this machine; it is public, and can vouch for nothing else."""
    authority = house().settings.data_dir / "tls" / "ca.crt"
    if not authority.exists():
        raise NotFound
    return Response(authority.read_bytes(), mimetype="application/x-x509-ca-cert")


@tablet.get("/kiosk.webmanifest")
def manifest() -> Response:
    """What a tablet needs to show the kiosk without the browser's own bars."""
    icons = [
        {"src": url_for("static", filename=f"icons/{name}"), "sizes": size, "type": "image/png"}
        for name, size in ICONS
    ]
    told = {
        "name": "Release",
        "short_name": "Release",
        "start_url": "/",
        "scope": "/",
        "display": "fullscreen",
        "background_color": COLOUR,
        "theme_color": COLOUR,
        "icons": icons,
    }
    return Response(json.dumps(told), mimetype="application/manifest+json")


def _address() -> str:
    """Where tablets find the kiosk; on this very machine another one than that of this page."""
    if not is_same_machine():
        return f"https://{request.host}/"
    host = next(iter(lan.own_addresses()), lan.NAME)
    port = int(request.environ.get("SERVER_PORT", 0)) + lan.TLS_PORT_ABOVE
    return f"https://{host}:{port}/"
