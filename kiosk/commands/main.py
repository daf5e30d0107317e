"""The command line. Each command asks one verb of a package and says in one line what came of it.

Exit status: 0 done, 1 failed with one plain line on stderr, 2 wrong usage; never a traceback.
A command's module, and all that it brings, is imported only when that command is asked for.
"""

import os

import click

from kiosk.commands.plain_group import LazyGroup

# Before numpy is there: its threads turn busily while they wait (docs/decisions/0253).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

EPILOG = "Everything stays on this machine, or on your own server. The README says what, and where."

COMMANDS = {
    "serve": ("kiosk.commands.serve:serve", "Run kiosk, review desk and speech worker."),
    "launch": ("kiosk.commands.launch:launch", "Show the kiosk on this machine's screen."),
    "init": ("kiosk.commands.init:init", "Set up without a browser."),
    "redact": ("kiosk.commands.redact:redact", "Take identifying details out of a text."),
    "transcribe": ("kiosk.commands.transcribe:transcribe", "Write down what audio files say."),
    "clean": ("kiosk.commands.clean:clean", "Rebuild a drawing, details covered."),
    "models": ("kiosk.commands.models:models", "Speech models on disk."),
    "gathering": ("kiosk.commands.gathering:gathering", "Open, list, close or purge gatherings."),
    "parcel": ("kiosk.commands.parcel:parcel", "Carry sealed contributions to the team's box."),
    "board": ("kiosk.commands.board:board", "Carry the answers back to the other boxes."),
    "facilitator": ("kiosk.commands.facilitator:facilitator", "Add, remove, recover facilitators."),
    "export": ("kiosk.commands.export:export", "Write released items to a file."),
    "themes": ("kiosk.commands.themes:themes", "Suggest groups of short texts."),
    "backup": ("kiosk.commands.backup:backup", "Write a sealed copy of all that is kept."),
    "restore": ("kiosk.commands.backup:restore", "Put a backup into an empty data folder."),
    "repair": ("kiosk.commands.repair:repair_command", "Save what is whole of a damaged kiosk."),
    "doctor": ("kiosk.commands.doctor:doctor", "Check this machine and say what to do."),
    "demo": ("kiosk.commands.demo:demo", "Run a throw-away kiosk of invented examples."),
    "move": ("kiosk.commands.move:move_command", "Move what is kept to a server, or back."),
    "worker": ("kiosk.commands.worker:worker", "Turn waiting recordings into words."),
}


@click.group(cls=LazyGroup, modules=COMMANDS, epilog=EPILOG)
@click.version_option(package_name="release-kiosk", prog_name="kiosk")
def main() -> None:
    """Release, an anonymous feedback kiosk.

    Staff speak, draw or write; identifying details are taken out on this machine; what is left
    waits, sealed, until facilitators review it. Without a command, runs the kiosk.
    """
