"""The command line. Each command asks one verb of a package and says in one line what came of it.

Exit status: 0 done, 1 failed with one plain line on stderr, 2 wrong usage; never a traceback.
Stages are imported by the commands that use them, so that `kiosk --help` is there at once.
"""

from pathlib import Path
from typing import Any

import click

from kiosk.commands.admin import facilitator, gathering
from kiosk.commands.models import models
from kiosk.commands.parts import (
    Failure,
    PlainGroup,
    data_dir_option,
    need_set_up,
    open_store,
    passphrase_file_option,
    read_passphrase,
    read_settings,
    with_advice,
)

EPILOG = "Everything stays on this machine. What is kept and where: see the README."


@click.group(cls=PlainGroup, invoke_without_command=True, epilog=EPILOG)
@click.version_option(package_name="release-kiosk", prog_name="kiosk")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Release, an anonymous feedback kiosk.

    Staff speak, draw or write; identifying details are taken out on this machine; what is left
    waits, sealed, until facilitators review it. Without a command, runs the kiosk.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(serve)


@main.command()
@data_dir_option
@click.option("--host", help="Address to listen at.  [default: 127.0.0.1, this machine only]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; 0 picks a free one. [8080]")
@click.option("--lan", is_flag=True, help="Also serve other tablets here, over HTTPS.")
@click.option("--model", default="", help="Speech model: its name, or a folder.")
def serve(data_dir: Path, host: str | None, port: int | None, model: str, *, lan: bool) -> None:
    """Run kiosk, review desk and speech worker."""
    from kiosk import serve as server  # noqa: PLC0415

    settings = read_settings(data_dir).with_server(host=host, port=port)
    with with_advice(data_dir):
        server.serve(settings, lan=lan, model=model)


@main.command()
@data_dir_option
@passphrase_file_option
@click.option("--threshold", "-k", type=click.IntRange(3, 1000), default=5, show_default=True,
              help="Items that have to come together before anybody may read them.")  # fmt: skip
@click.option("--name", default="facilitator", show_default=True, help="The first facilitator.")
def init(data_dir: Path, passphrase_file: Path, threshold: int, name: str) -> None:
    """Set up without a browser: keys, a facilitator, an open gathering.

    Prints the recovery code, once. Keep it on paper: it opens everything if the passphrase is lost.
    """
    import store  # noqa: PLC0415
    from kiosk.desk.gathering_form import today  # noqa: PLC0415
    from store.promise import Promise  # noqa: PLC0415

    passphrase = read_passphrase(passphrase_file)
    open_store(data_dir, create=True)
    if store.keys.is_set_up():
        raise Failure(f"{data_dir} is set up already. Nothing was changed.")
    code = store.keys.set_up(passphrase, name=name)
    promise = Promise(
        readers=("The facilitators of this kiosk",), threshold=threshold, retention_days=90
    )
    store.gatherings.new(
        title="Feedback", questions=("What should we know?",), promise=promise, today=today()
    )
    click.echo(f"Recovery code (write it down, it is shown only now): {code}")


@main.command("redact")
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"), default="-")
@click.option("--jsonl", is_flag=True, help='Lines {"id","text"[,"language"]} in; "redacted" out.')
@click.option("--strength", type=click.Choice(["light", "standard", "strict"]),
              default="standard", show_default=True)  # fmt: skip
@click.option("--lists", "lists_file",
              type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="CSV of local names to look for as well.")  # fmt: skip
@click.option("--language", default=None, help="Such as en or de; else found from the text.")
def redact_command(
    file: Any, strength: str, lists_file: Path | None, language: str | None, *, jsonl: bool
) -> None:
    """Take identifying details out of a text: FILE, or standard input."""
    from kiosk import by_hand  # noqa: PLC0415
    from redact import EMPTY  # noqa: PLC0415

    lists = _lists(lists_file) if lists_file else EMPTY
    if not jsonl:
        found = by_hand.redact_text(file.read(), language, lists=lists, strength=strength)
        click.echo(found.text, nl=False)
        return
    bad: list[int] = []

    def report(number: int, reason: str) -> None:
        bad.append(number)
        click.echo(f"Line {number}: {reason}", err=True)

    for line in by_hand.redact_lines(
        file, language, lists=lists, strength=strength, on_bad_line=report
    ):
        click.echo(line)
    if bad:
        raise click.exceptions.Exit(1)


def _lists(path: Path) -> Any:
    from redact import LocalLists  # noqa: PLC0415
    from redact.lists import from_csv  # noqa: PLC0415

    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".json":
        return LocalLists.from_json(text)
    found = from_csv(text)
    if found.errors:
        raise Failure(f"{path}: {found.errors[0]}")
    return found.lists


@main.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
def clean(source: Path, target: Path) -> None:
    """Rebuild a drawing or a photographed sheet: no metadata, written details covered.

    Writing that cannot be read is covered too. SOURCE is a PNG or JPEG, TARGET becomes a PNG.
    """
    from kiosk import by_hand  # noqa: PLC0415
    from kiosk.drawing_reader import DrawingReader  # noqa: PLC0415

    eye = DrawingReader()
    try:
        png, picture = by_hand.clean_sheet(source.read_bytes(), eye)
    finally:
        eye.stop()
    writing = picture.writing
    target.write_bytes(png)
    covered = len(writing.covered) + len(writing.unread)
    click.echo(f"Rebuilt without metadata; {covered} written places covered.")
    if not writing.is_readable:
        click.echo("This machine cannot read writing: look at the picture before you share it.")


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--model", default="", help="Speech model: its name, or a folder.")
@click.option("--language", default=None, help="Such as en or de; else it is detected.")
@click.option("--json", "as_json", is_flag=True, help="Segments, words and probabilities.")
@data_dir_option
def transcribe(
    files: tuple[Path, ...], model: str, language: str | None, data_dir: Path, *, as_json: bool
) -> None:
    """Write down what is said in audio FILES."""
    from kiosk.commands.transcribe import transcribe_files  # noqa: PLC0415

    transcribe_files(
        files, read_settings(data_dir), model=model, language=language, as_json=as_json
    )


@main.command()
@data_dir_option
@passphrase_file_option
@click.option("--gathering", "gathering_id", required=True, help="Its id; see `gathering list`.")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv", "html", "zip"]),
              default="jsonl", show_default=True)  # fmt: skip
@click.option("--status", type=click.Choice(["approved", "all"]), default="approved",
              show_default=True)  # fmt: skip
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), required=True)
def export(
    data_dir: Path, passphrase_file: Path, gathering_id: str, form: str, status: str, output: Path
) -> None:
    """Write the released items of a gathering to a file."""
    import store  # noqa: PLC0415
    from kiosk.desk.export import write_export  # noqa: PLC0415

    need_set_up(data_dir)
    with store.keys.unlock(read_passphrase(passphrase_file)) as master:
        items = store.items.released(gathering_id, master)
        chosen = [each for each in items if status == "all" or each.status == "approved"]
        output.write_bytes(write_export(chosen, form=form))
    click.echo(f"Written to {output}.")


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
@data_dir_option
def backup(path: Path, data_dir: Path) -> None:
    """Write a sealed copy of everything that is kept to PATH; never over a file."""
    from store.file.backup import backup as make  # noqa: PLC0415

    open_store(data_dir)
    make(path)
    click.echo(f"Backed up to {path}, and read back. It opens only with a passphrase or the code.")


@main.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@data_dir_option
def restore(path: Path, data_dir: Path) -> None:
    """Put a backup into an empty data folder, on this or another machine."""
    from store.file.backup import restore as put_back  # noqa: PLC0415

    put_back(path, data_dir)
    click.echo(f"Restored to {data_dir}. Start it with: kiosk --data-dir {data_dir}")


@main.command()
@data_dir_option
def repair(data_dir: Path) -> None:
    """Make a new database of all that is whole in a damaged one, which is kept beside it.

    Stop the kiosk first. Where nothing is damaged, nothing is changed.
    """
    from kiosk.commands.repair import repair_folder  # noqa: PLC0415

    if not (data_dir / "kiosk.db").exists():
        raise Failure(f"{data_dir} holds no kiosk.")
    repair_folder(data_dir)


@main.command()
@data_dir_option
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
@click.option("--model", default="", help="Speech model to measure: its name, or a folder.")
def doctor(data_dir: Path, model: str, *, as_json: bool) -> None:
    """Check this machine and say what to do."""
    from kiosk.commands import doctor as checks  # noqa: PLC0415

    if not checks.report(read_settings(data_dir), model=model, as_json=as_json):
        raise click.exceptions.Exit(1)


@main.command()
@click.option("--host", help="Address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; 0 picks a free one. [8080]")
@click.option("--model", default="", help="Speech model: its name, or a folder.")
def demo(host: str | None, port: int | None, model: str) -> None:
    """Run a throw-away kiosk full of invented examples."""
    from kiosk.commands.demo import run  # noqa: PLC0415

    run(host=host, port=port, model=model)


@main.command()
@data_dir_option
@passphrase_file_option
@click.option("--model", default="", help="Speech model: its name, or a folder.")
def worker(data_dir: Path, passphrase_file: Path, model: str) -> None:
    """Turn waiting recordings into words, apart from the web process; then stop."""
    from kiosk.commands.worker import work_off_all  # noqa: PLC0415

    need_set_up(data_dir)
    work_off_all(read_settings(data_dir), read_passphrase(passphrase_file), model=model)


for _group in (gathering, facilitator, models):
    main.add_command(_group)
