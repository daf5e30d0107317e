"""What every request passes: right host, right origin, strict headers; no cookie for visitors."""

import hmac
from urllib.parse import urlsplit

from flask import Flask, Response, request
from werkzeug.exceptions import Forbidden, MisdirectedRequest

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none';script-src 'self';style-src 'self';img-src 'self' blob: data:;"
        "media-src 'self' blob:;connect-src 'self';font-src 'self';form-action 'self';"
        "manifest-src 'self';frame-ancestors 'none';base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# Plain forms: with "no-referrer" a browser sends them with "Origin: null", which tells us nothing.
WITH_FORMS = ("/review", "/setup", "/team")
OWN_NAMES = frozenset({"localhost", "127.0.0.1", "::1", "kiosk.localhost"})
FROM_NETWORK = "kiosk.from_network"  # set in the WSGI environment by the listener for the LAN


def is_secret(told: str, secret: str) -> bool:
    """Whether somebody told a secret, in a time that says nothing of it, whatever letters came."""
    return hmac.compare_digest(told.encode(errors="surrogatepass"), secret.encode())


def is_same_machine() -> bool:
    """Whether a browser on this very machine asks; a request from the network never passes."""
    if request.environ.get(FROM_NETWORK):
        return False
    return request.remote_addr in {"127.0.0.1", "::1"} and _host_name(request.host) in OWN_NAMES


def install(app: Flask, *, names: tuple[str, ...]) -> None:
    """Put the guard before and after every view.

    Args:
        app: The application.
        names: Host names the kiosk answers to, besides those of this machine itself.
    """
    allowed = OWN_NAMES | {name.lower() for name in names}

    def check() -> None:
        if _host_name(request.host) not in allowed:
            raise MisdirectedRequest
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return
        origin = request.headers.get("Origin")
        if origin is not None and _place(origin) != request.host.lower():
            raise Forbidden
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
            raise Forbidden

    def harden(response: Response) -> Response:
        if request.path.startswith(WITH_FORMS):
            response.headers.setdefault("Referrer-Policy", "same-origin")
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        for name in ("ETag", "Last-Modified", "Date", "Server"):
            response.headers.pop(name, None)
        return response

    app.before_request(check)
    app.after_request(harden)


def _place(origin: str) -> str:
    """Host and port of an origin; what is no address has none of ours."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def _host_name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""
