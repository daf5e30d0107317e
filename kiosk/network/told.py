"""Tells whoever starts the kiosk where other tablets go, and how to know that it is this one."""

import io
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import segno
from cryptography import x509
from cryptography.hazmat.primitives import hashes

STEPS = "/tablet/"


def tell(hosts: Sequence[str], port: int, authority: Path) -> None:
    """Print the addresses, what the certificate is known by, and a picture that leads to steps."""
    addresses = [f"https://{host}:{port}" for host in hosts]
    for address in addresses:
        click.echo(f"Other tablets: {address}")
    click.echo(f"Each needs this certificate once: {authority}")
    click.echo(f"Steps, one kind of tablet after another: {addresses[0]}{STEPS}")
    click.echo(f"A tablet shows its SHA-256 fingerprint as:\n{fingerprint(authority)}")
    if sys.stdout.isatty():  # a journal has no use for it
        click.echo(picture(addresses[0] + STEPS))


def fingerprint(authority: Path) -> str:
    """What a tablet shows of a certificate, in two lines to compare by eye."""
    certificate = x509.load_pem_x509_certificate(authority.read_bytes())
    pairs = certificate.fingerprint(hashes.SHA256()).hex(":").upper().split(":")
    return "\n".join("  " + ":".join(pairs[at : at + 16]) for at in (0, 16))


def picture(address: str) -> str:
    """A QR code of an address, in characters."""
    drawn = io.StringIO()
    segno.make(address, micro=False).terminal(out=drawn, compact=True)
    return drawn.getvalue()
