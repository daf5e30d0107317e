"""`kiosk demo`: a throw-away kiosk with a released gathering full of invented examples."""

import shutil
import tempfile
from importlib import resources
from pathlib import Path

import click

import store
from kiosk import by_hand, pipeline
from kiosk.commands.drawn_example import draw_example
from kiosk.commands.parts import model_option
from kiosk.desk.gathering_form import today
from kiosk.drafts import Draft, DraftKind, Picture
from kiosk.serve import serve
from kiosk.settings import Settings
from redact.pictures.drawing import Writing
from store.payloads import Said
from store.promise import Promise

PASSPHRASE = "lantern orchard velvet compass"  # noqa: S105  # of a folder that goes when demo ends

TOO_FEW = (  # under the threshold, so that it stays sealed: nobody ever reads these
    "A lamp on the stairs to the cellar, please.",
    "Ein Spind, den man abschließen kann.",
    "Somebody to call when the machine stops at three in the morning.",
)


@click.command()
@click.option("--host", help="Address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; 0 picks a free one. [8080]")
@model_option
def demo(host: str | None, port: int | None, model: str) -> None:
    """Run a throw-away kiosk full of invented examples; it is gone when you stop it.

    Example: kiosk demo --port 0
    """
    run(host=host, port=port, model=model)


def run(*, host: str | None, port: int | None, model: str) -> None:
    """Fill a temporary data folder, serve it, and delete it when stopped."""
    folder = Path(tempfile.mkdtemp(prefix="kiosk-demo-"))
    try:
        fill(folder)
        click.echo(f"Demo: invented examples only, gone when you stop it. Passphrase: {PASSPHRASE}")
        click.echo("Kiosk at /, review desk at /review. Stop with Ctrl+C.")
        serve(Settings.read(folder).with_server(host=host, port=port), model=model)
    finally:
        store.close()
        shutil.rmtree(folder, ignore_errors=True)


def fill(folder: Path) -> None:
    """Set a data folder up: a released gathering of forty, one that stayed too small, one open."""
    store.open(folder)
    store.keys.set_up(PASSPHRASE, name="Demo")
    promise = Promise(
        readers=("Two colleagues from the works council",), threshold=5, retention_days=90
    )
    day = today()
    past = store.gatherings.new(
        title="Autumn shift change",
        questions=("How has the new shift plan been for you?",),
        promise=promise,
        today=day,
    )
    for number, raw_text in enumerate(_examples()):
        kind: DraftKind = "memo" if number % 3 == 1 else "note"
        said = by_hand.example(raw_text, kind=kind)
        pipeline.keep(said, past, f"demo-example-note-{number:04}")
    for number in range(3):
        drawn = Draft("drawing", Picture(draw_example(number), Writing()))
        pipeline.keep(drawn, past, f"demo-example-drawing-{number:04}")
    for number, feeling in enumerate(("not_yet", "good", "tired")):
        token = f"demo-example-silence-{number:04}"
        pipeline.keep(Draft("silence"), past, token, said=Said(feeling))
    store.gatherings.close(past.id, today=day)
    store.board.publish(
        past.id,
        theme="Late shifts often miss their break.",
        answer="From Monday a second person covers the line at seven.",
    )
    small = store.gatherings.new(
        title="Night cleaning crew",
        questions=("What do you need at night?",),
        promise=promise,
        today=day,
    )
    for number, raw_text in enumerate(TOO_FEW):
        said = by_hand.example(raw_text, kind="note")
        pipeline.keep(said, small, f"demo-example-small-{number:04}")
    store.gatherings.close(small.id, today=day)
    store.gatherings.new(
        title="This month",
        questions=("What should change?", "What should stay just as it is?"),
        promise=promise,
        today=day,
    )


def _examples() -> list[str]:
    text = resources.files("kiosk.commands").joinpath("demo_notes.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line]
