"""`kiosk serve`: the kiosk itself."""

from pathlib import Path

import click

from kiosk import serve as server
from kiosk.commands.parts import data_dir_option, model_option, read_settings, with_advice


@click.command()
@data_dir_option
@click.option("--host", help="Address to listen at.  [default: 127.0.0.1, this machine only]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; 0 picks a free one. [8080]")
@click.option("--lan", is_flag=True, help="Also serve other tablets here, over HTTPS.")
@model_option
def serve(data_dir: Path, host: str | None, port: int | None, model: str, *, lan: bool) -> None:
    """Run kiosk, review desk and speech worker.

    The first start leads through set-up in the browser, with a code that is printed here.

    Example: kiosk serve --lan
    """
    settings = read_settings(data_dir).with_server(host=host, port=port)
    with with_advice(data_dir):
        server.serve(settings, lan=lan, model=model)
