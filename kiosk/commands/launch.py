"""`kiosk launch`: the kiosk's own screen."""

import signal
import time
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from kiosk.commands.parts import data_dir_option, read_settings
from kiosk.commands.plain_group import Failure
from kiosk.network import screen

AGAIN_SECONDS = 2.0  # between two starts: a browser that cannot start would take the whole machine


@click.command()
@data_dir_option
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the kiosk here. [8080]")
@click.option("--browser", default="", help="Program to start.  [default: a Chromium, if any]")
@click.option("--once", is_flag=True, help="Do not start the browser again when it is closed.")
@click.option("--policy", is_flag=True, help="Only print rules for a managed Chromium.")
def launch(data_dir: Path, port: int | None, browser: str, *, once: bool, policy: bool) -> None:
    """Show the kiosk on this machine's screen, in a browser that leaves nothing.

    Full screen, on a profile in memory that goes with each end; nothing but the kiosk can be
    looked up. Waits until `kiosk serve` answers. Ctrl+C ends it; so do staff at the screen, if
    settings.toml has a PIN ([screen] exit_pin): hold the sign for five seconds, then type it.

    --policy prints what takes developer tools, addresses, downloads, printing and extensions away
    from a Chromium of this machine; /etc/chromium/policies/managed/release.json is its place.

    Example: kiosk launch
    """
    url = f"http://127.0.0.1:{port or read_settings(data_dir).server.port}"
    if policy:
        click.echo(screen.policy(url), nl=False)
        return
    signal.signal(signal.SIGTERM, _stop)
    try:
        program = screen.browser(browser)
        while True:
            if screen.show(program, url):
                click.echo("Ended with the PIN; nothing is left of the browser.")
                return
            if once:
                return
            time.sleep(AGAIN_SECONDS)
    except screen.ScreenError as error:
        raise Failure(str(error)) from None
    except KeyboardInterrupt:
        click.echo("Ended; nothing is left of the browser.")


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
