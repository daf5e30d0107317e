"""`kiosk doctor`: what of this machine helps or endangers the promise, and what to do about it."""

import json
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import click

import store
from capture import microphone
from kiosk import advice
from kiosk.commands.parts import data_dir_option, read_settings
from kiosk.commands.plain_group import Failure
from kiosk.hearing.trial import fault_of
from kiosk.proof import proof
from kiosk.protection import forbid_core_dumps
from kiosk.serve import ServeError, find_model
from kiosk.settings import Settings
from store.errors import DamagedError, StoreError, at_server
from transcribe import doctor as speech_doctor
from transcribe import models

ROOM_BYTES = 500_000_000  # a few thousand drawings
PROC = Path("/proc")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one check saw.

    Attributes:
        name: What was looked at.
        is_fine: False where somebody has something to do.
        seen: In a few words.
        advice: What to do; empty when all is well.
    """

    name: str
    is_fine: bool
    seen: str
    advice: str = ""


@click.command()
@data_dir_option
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
@click.option("--model", default="", help="Speech model to measure: its name, or a folder.")
@click.option("--prove-offline", is_flag=True, help="Make a whole visit where nothing can leave.")
def doctor(data_dir: Path, model: str, *, as_json: bool, prove_offline: bool) -> None:
    """Check this machine and say what to do.

    With --prove-offline, a kiosk of its own is set up and used from the first code to the export,
    in a network that leads nowhere and hears everything; what it prints can be handed round.

    Example: kiosk doctor --json
    """
    if prove_offline:
        prove(read_settings(data_dir), model=model, as_json=as_json)
        return
    if not report(read_settings(data_dir), model=model, as_json=as_json):
        raise click.exceptions.Exit(1)


def report(settings: Settings, *, model: str = "", as_json: bool = False) -> bool:
    """Print what every check saw; True when none found anything to do."""
    findings = [check(settings) for check in CHECKS]
    findings.append(check_speech(settings, model))
    if as_json:
        click.echo(json.dumps([asdict(each) for each in findings], indent=1))
    else:
        for each in findings:
            click.echo(f"{'ok  ' if each.is_fine else 'LOOK'}  {each.name}: {each.seen}")
            if each.advice:
                click.echo(f"      {each.advice}")
    return all(each.is_fine for each in findings)


def prove(settings: Settings, *, model: str = "", as_json: bool = False) -> None:
    """Print the page of the proof; fails where something left, or nothing was proven."""
    try:
        found = proof.prove(find_model(settings, model))
    except (proof.NotHereError, ServeError) as error:
        raise Failure(str(error)) from None
    click.echo(json.dumps(asdict(found), indent=1) if as_json else found.page(), nl=as_json)
    if not found.holds:
        raise click.exceptions.Exit(1)


def check_disk(settings: Settings) -> Finding:
    """Room in the data folder."""
    folder = settings.data_dir
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    seen = f"{free / 1e9:.1f} GB free"
    if free >= ROOM_BYTES:
        return Finding(name="disk", is_fine=True, seen=seen)
    advice = "Make room: with a full disk the kiosk has to turn people away."
    return Finding(name="disk", is_fine=False, seen=seen, advice=advice)


def check_rights(settings: Settings) -> Finding:
    """Whether others on this machine can read the data folder."""
    if not settings.data_dir.exists():
        return Finding(name="rights", is_fine=True, seen="no data folder yet")
    mode = settings.data_dir.stat().st_mode & 0o077
    if not mode or sys.platform == "win32":
        return Finding(name="rights", is_fine=True, seen="only this user reads the data folder")
    return Finding(
        name="rights",
        is_fine=False,
        seen="other users of this machine can open the data folder",
        advice="The next start closes it, or refuses. By hand: chmod 700 on the folder.",
    )


def check_database(settings: Settings) -> Finding:
    """Whether every row is what was written."""
    if not store.exists(settings.data_dir, url=settings.store.url):
        return Finding(name="database", is_fine=True, seen="none yet")
    try:
        store.open(settings.data_dir, url=settings.store.url, allowed=settings.store.allow)
        found, concessions = store.damage(), store.concessions()
    except StoreError as error:
        what = advice.for_store(error, settings.data_dir)
        return Finding(name="database", is_fine=False, seen=str(error), advice=what)
    finally:
        store.close()
    if not found.is_healthy:
        seen, what = "damaged in places; the rest stays readable", "Stop the kiosk. "
        hit = at_server(DamagedError()) if settings.store.url else DamagedError()
        what += advice.for_store(hit, settings.data_dir)
        return Finding(name="database", is_fine=False, seen=seen, advice=what)
    if concessions:
        what = "Change it on the server, or know that you have accepted it in settings.toml."
        return Finding(name="database", is_fine=False, seen="; ".join(concessions), advice=what)
    if kept := sorted(settings.data_dir.glob("kiosk.db.damaged*")):
        seen = f"whole; a repair left {', '.join(each.name for each in kept)}"
        what = "What was purged since is still in there: once all is well, destroy it."
        return Finding(name="database", is_fine=False, seen=seen, advice=what)
    return Finding(name="database", is_fine=True, seen="whole")


def check_swap(_settings: Settings) -> Finding:
    """Whether memory can be written to a disk."""
    table = PROC / "swaps"
    if not table.exists():
        return Finding(name="swap", is_fine=True, seen="not checked on this system")
    areas = [line.split()[0] for line in table.read_text().splitlines()[1:]]
    bare = [area for area in areas if not area.startswith(("/dev/zram", "/dev/dm-"))]
    if not bare:
        return Finding(name="swap", is_fine=True, seen="none, or compressed or encrypted")
    return Finding(
        name="swap",
        is_fine=False,
        seen=f"{len(bare)} area(s) on a disk",
        advice="Memory with unsealed words could land there. Switch it off or encrypt it.",
    )


def check_core_dumps(_settings: Settings) -> Finding:
    """Whether a crash could write memory to a file."""
    forbid_core_dumps()
    pattern = PROC / "sys/kernel/core_pattern"
    if pattern.exists() and pattern.read_text().startswith("|"):
        return Finding(
            name="core dumps",
            is_fine=True,
            seen="off for the kiosk; a crash handler of this system is set, and gets nothing",
        )
    return Finding(name="core dumps", is_fine=True, seen="off for the kiosk")


def check_clock(_settings: Settings) -> Finding:
    """Where the clock gets its time from: asking for it can be the one thing that leaves."""
    if shutil.which("timedatectl") is None:
        return Finding(name="clock", is_fine=True, seen="not kept by this system's time service")
    return Finding(
        name="clock",
        is_fine=True,
        seen="a time service of this system asks a time server now and then; the kiosk does not",
    )


def check_listening(settings: Settings) -> Finding:
    """Who can reach the kiosk."""
    told = advice.in_the_open(settings)
    seen = f"plain HTTP at {settings.server.host}" if told else "this machine only"
    return Finding(name="address", is_fine=not told, seen=seen, advice=told)


def check_user(_settings: Settings) -> Finding:
    """Whether the kiosk would run with more rights than it needs."""
    told = advice.as_root()
    seen = "root" if told else "an ordinary one"
    return Finding(name="user", is_fine=not told, seen=seen, advice=told)


def check_lists(settings: Settings) -> Finding:
    """Whether the organisation's names can be taken out while the desk is locked."""
    if not store.exists(settings.data_dir, url=settings.store.url):
        return Finding(name="name lists", is_fine=True, seen="none yet")
    try:
        store.open(settings.data_dir, url=settings.store.url, allowed=settings.store.allow)
        told = advice.without_device_key()
    except StoreError as error:
        return Finding(name="name lists", is_fine=False, seen="not readable", advice=str(error))
    finally:
        store.close()
    seen = "not readable on this machine" if told else "readable, or none"
    return Finding(name="name lists", is_fine=not told, seen=seen, advice=told)


def check_silence(_settings: Settings) -> Finding:
    """Whether this process holds any connection to another machine."""
    remote = [line for line in _connections() if not _is_loopback(line)]
    if not remote:
        return Finding(name="outbound", is_fine=True, seen="nothing is connected to anywhere")
    return Finding(
        name="outbound",
        is_fine=False,
        seen=f"{len(remote)} connection(s) of this process",
        advice="The kiosk makes none. Find out what else runs in its environment.",
    )


def check_microphone(settings: Settings) -> Finding:
    """Whether the kiosk's own microphone is there, if it is to be used."""
    if not settings.speech.own_microphone:
        return Finding(name="microphone", is_fine=True, seen="the browser's own is used")
    problem = microphone.problem(settings.speech.microphone)
    if not problem:
        return Finding(name="microphone", is_fine=True, seen="found")
    with suppress(microphone.MicrophoneError):
        if there := microphone.devices():
            problem += f" This machine has: {', '.join(there)}."
    return Finding(name="microphone", is_fine=False, seen="not usable", advice=problem)


def check_speech(settings: Settings, model: str) -> Finding:
    """How fast this machine turns speech into words, and which model fits it."""
    try:
        folder = find_model(settings, model)
    except ServeError as error:
        return Finding(name="speech", is_fine=False, seen="no usable model", advice=str(error))
    if folder is None:
        unusable = models.unusable(settings.data_dir / "models")
        return Finding(
            name="speech",
            is_fine=False,
            seen=f"no {'usable ' if unusable else ''}model; recordings wait, sealed",
            advice=" ".join([*unusable, speech_doctor.recommend(None)]),
        )
    if fault := fault_of(folder):
        return Finding(
            name="speech",
            is_fine=False,
            seen=f"{folder.name} is not usable; recordings wait, sealed",
            advice=f"{fault} Remove it, then install it: `kiosk models remove {folder.name}`.",
        )
    factor = speech_doctor.real_time_factor(folder)
    seen = f"{folder.name}: a minute of speech takes {60 * factor:.0f} s"
    what = speech_doctor.recommend(factor, installed=folder.name)
    return Finding(name="speech", is_fine=factor < 1, seen=seen, advice=what)


CHECKS: tuple[Callable[[Settings], Finding], ...] = (
    check_disk,
    check_rights,
    check_database,
    check_lists,
    check_user,
    check_swap,
    check_core_dumps,
    check_clock,
    check_listening,
    check_silence,
    check_microphone,
)


def _connections() -> list[str]:
    rows = []
    for name in ("tcp", "tcp6"):
        table = PROC / "self/net" / name
        if table.exists():
            rows += table.read_text().splitlines()[1:]
    own = _own_sockets()
    return [row for row in rows if row.split()[9] in own]


def _own_sockets() -> set[str]:
    numbers = set()
    for link in (PROC / "self/fd").iterdir() if (PROC / "self/fd").exists() else ():
        try:
            target = str(link.readlink())
        except OSError:
            continue
        if target.startswith("socket:["):
            numbers.add(target[8:-1])
    return numbers


def _is_loopback(row: str) -> bool:
    remote = row.split()[2].split(":", maxsplit=1)[0]
    return remote in {"00000000", "0" * 32, "0100007F"} or remote.endswith("0100007F")
