"""`kiosk gathering`: what the desk does with gatherings, for scripts."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

import store
from kiosk.commands.parts import (
    bytes_of,
    data_dir_option,
    file_option,
    need_set_up,
    open_store,
    output_option,
    passphrase_file_option,
    unlock,
    write_private,
)
from kiosk.commands.plain_group import Failure
from kiosk.desk.gathering_form import (
    LONGEST_QUESTION,
    LONGEST_READERS,
    LONGEST_TITLE,
    MOST_QUESTIONS,
    today,
)
from kiosk.i18n import languages
from store.promise import Promise, Wording

proof_option = file_option(
    "--passphrase-file",
    about="File with a facilitator's passphrase. Not needed; checked where it is given.",
    required=False,
)


@click.group()
def gathering() -> None:
    """Open, list, close or purge gatherings, and let other boxes take part.

    Example: kiosk gathering new --title "May" --question "What should change?"
    """


@gathering.command("new")
@data_dir_option
@click.option("--title", default="Feedback", show_default=True)
@click.option("--question", "questions", multiple=True, help="Asked of visitors; can be repeated.")
@click.option("--question-in", "questions_in", nargs=2, multiple=True, metavar="CODE TEXT",
              help="The same in another language, such as de; as often as --question.")  # fmt: skip
@click.option("--readers-in", "readers_in", nargs=2, multiple=True, metavar="CODE TEXT",
              help="Who will read it, in another language.")  # fmt: skip
@click.option("--readers", default="The facilitators of this kiosk", show_default=True,
              help="Who will read it: the heart of the promise.")  # fmt: skip
@click.option("--threshold", "-k", type=click.IntRange(3, 1000), default=5, show_default=True,
              help="Items that have to come together before anybody may read them.")  # fmt: skip
@click.option("--retention-days", type=click.IntRange(1, 3650), default=90, show_default=True,
              help="From release until it is purged.")  # fmt: skip
@click.option("--standing", is_flag=True,
              help="Closes by itself at the end of its last day; else by hand.")  # fmt: skip
@click.option("--closes", type=click.DateTime(["%Y-%m-%d"]), default=None, metavar="DAY",
              help="Its last day, such as 2026-11-30; else a week from today.")  # fmt: skip
def new(
    data_dir: Path,
    title: str,
    questions: tuple[str, ...],
    questions_in: tuple[tuple[str, str], ...],
    readers_in: tuple[tuple[str, str], ...],
    readers: str,
    threshold: int,
    retention_days: int,
    closes: datetime | None,
    *,
    standing: bool,
) -> None:
    """Open a gathering; prints its id.

    Example: kiosk gathering new --title "May" --question "What should change?"
    """
    wanted = questions or ("What should we know?",)
    _need_words("--title", title, LONGEST_TITLE)
    _need_words("--readers", readers, LONGEST_READERS)
    for question in wanted:
        _need_words("--question", question, LONGEST_QUESTION)
    if len(wanted) > MOST_QUESTIONS:
        raise Failure(f"A gathering asks {MOST_QUESTIONS} questions at most. One is best.")
    wordings = _wordings(questions_in, readers_in, asked=len(wanted), readers=readers.strip())
    if closes and closes.date() < today():
        raise Failure("--closes: that day is over. Nothing was opened.")
    need_set_up(data_dir)
    made = store.gatherings.new(
        title=title.strip(),
        questions=tuple(question.strip() for question in wanted),
        promise=Promise(
            readers=(readers.strip(),), threshold=threshold, retention_days=retention_days
        ),
        today=today(),
        closes=closes.date() if closes else None,
        is_standing=standing,
        wordings=wordings,
    )
    click.echo(made.id)


def _wordings(
    questions_in: tuple[tuple[str, str], ...],
    readers_in: tuple[tuple[str, str], ...],
    *,
    asked: int,
    readers: str,
) -> dict[str, Wording]:
    """What is said in other languages, each checked as the form does."""
    found = {}
    said = {code: words.strip() for code, words in readers_in}
    for code in dict.fromkeys(code for code, _words in (*questions_in, *readers_in)):
        if code not in languages():
            raise Failure(f"There is no language {code} on screen: {', '.join(languages())}.")
        questions = tuple(words.strip() for its, words in questions_in if its == code)
        for question in questions:
            _need_words("--question-in", question, LONGEST_QUESTION)
        if questions and len(questions) != asked:
            raise Failure(
                f"--question-in {code}: as many as --question, or none. Nothing was opened."
            )
        if code in said:
            _need_words("--readers-in", said[code], LONGEST_READERS)
        found[code] = Wording(questions=questions, readers=said.get(code, ""), readers_of=readers)
    return found


def _need_words(option: str, text: str, longest: int) -> None:
    if not text.strip() or len(text.strip()) > longest:
        raise Failure(f"{option} needs words: 1 to {longest} characters. Nothing was opened.")


@gathering.command("list")
@data_dir_option
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def list_(data_dir: Path, *, as_json: bool) -> None:
    """List gatherings and their states; never a count.

    Example: kiosk gathering list --json
    """
    need_set_up(data_dir)
    rows = [
        {"id": each.id, "title": each.title, "state": str(each.state)}
        for each in store.gatherings.everything()
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['id']}  {row['state']:<9} {row['title']}")
    if not rows:
        click.echo("No gathering yet. Open one with `kiosk gathering new`.")


@gathering.command("close")
@data_dir_option
@click.argument("gathering_id", metavar="ID")
@proof_option
def close(data_dir: Path, gathering_id: str, passphrase_file: Path | None) -> None:
    """Close a gathering for good; with enough items it is released to the desk.

    A session closes at once, a standing one stays open until the end of today.
    Prints its state then. Its ID: see `kiosk gathering list`. One that other
    boxes were invited to then awaits their parcels, until this is said a second time.

    Example: kiosk gathering close 3f2a...
    """
    need_set_up(data_dir)
    _check(passphrase_file)
    click.echo(str(store.gatherings.close(gathering_id, today=today()).state))


@gathering.command("tighten")
@data_dir_option
@click.argument("gathering_id", metavar="ID")
@click.option("--threshold", "-k", type=click.IntRange(3, 1000), default=None,
              help="As many as before, or more.")  # fmt: skip
@click.option("--retention-days", type=click.IntRange(1, 3650), default=None,
              help="As long as before, or shorter.")  # fmt: skip
@proof_option
def tighten(
    data_dir: Path,
    gathering_id: str,
    threshold: int | None,
    retention_days: int | None,
    passphrase_file: Path | None,
) -> None:
    """Make the promise of a gathering stricter; a looser one is refused.

    Who is at the kiosk just then is shown the new promise before they keep anything.

    Example: kiosk gathering tighten 3f2a... --retention-days 30
    """
    need_set_up(data_dir)
    _check(passphrase_file)
    old = store.gatherings.get(gathering_id).promise
    store.gatherings.tighten(
        gathering_id,
        replace(
            old,
            threshold=threshold or old.threshold,
            retention_days=retention_days or old.retention_days,
        ),
    )
    click.echo("The promise is stricter now, for everything kept in this gathering.")


@gathering.command("purge")
@data_dir_option
@click.argument("gathering_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
@proof_option
def purge(data_dir: Path, gathering_id: str, passphrase_file: Path | None, *, yes: bool) -> None:
    """Destroy a gathering's key and everything in it, for good.

    Example: kiosk gathering purge 3f2a... --yes
    """
    need_set_up(data_dir)
    _check(passphrase_file)
    found = store.gatherings.get(gathering_id)
    if not yes:
        what = (
            f"This destroys “{found.title}”: its key, every item, every label. "
            "Backups made before still have it: if it was released by then, any passphrase of that"
            " day opens it, else the recovery code or two facilitators together. Destroy them, too."
        )
        click.confirm(f"{what}\nPurge it for good?", abort=True, err=True)
    store.gatherings.purge(gathering_id)
    click.echo(f"Purged “{found.title}”.")


@gathering.command("invite")
@data_dir_option
@click.argument("gathering_id", metavar="ID")
@passphrase_file_option
@output_option
def invite(data_dir: Path, gathering_id: str, passphrase_file: Path, output: Path) -> None:
    """Write the file with which other boxes join a gathering; it opens nothing.

    Example: kiosk gathering invite 3f2a... --passphrase-file mine.txt -o may.invitation
    """
    need_set_up(data_dir)
    with unlock(passphrase_file) as master:
        written = store.invitation.invite(gathering_id, master, languages=sorted(languages()))
    write_private(output, written)
    team = store.membership.fingerprint(store.invitation.read(written).team)
    click.echo(f"Written to {output}. Each box that joins has to show this team: {team}")


@gathering.command("join")
@data_dir_option
@click.argument("invitation", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def join(data_dir: Path, invitation: Path) -> None:
    """Let this box collect for a gathering of its team; nothing here can read.

    The box needs no set-up and must have none: it gets no facilitator.

    Example: kiosk gathering join may.invitation --data-dir /srv/kiosk
    """
    asked = store.invitation.read(bytes_of(invitation))
    open_store(data_dir, create=True)
    store.invitation.join(asked, today=today())
    click.echo(asked.gathering.id)
    team = store.membership.fingerprint(asked.team)
    click.echo(f"Joined “{asked.gathering.title}” of the team {team}. Compare it.", err=True)
    code = store.membership.carrier_code()
    click.echo(f"To pack in the browser: its address with /team, and the code {code}", err=True)
    if missing := set(asked.languages) - set(languages()):
        lacking = ", ".join(sorted(missing))
        click.echo(f"This box does not speak all languages of its team: {lacking}.", err=True)


def _check(passphrase_file: Path | None) -> None:
    """A passphrase that is given has to be right, also where the act needs no key."""
    if passphrase_file is not None:
        unlock(passphrase_file).wipe()
