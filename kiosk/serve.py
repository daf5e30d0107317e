"""Running the kiosk: open the store, start to hear, listen, and stop in good order."""

import errno
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import click
from flask import Flask

import store
from capture.microphone import Recorder
from kiosk import advice
from kiosk.app import create_app
from kiosk.desk import setup
from kiosk.desk.gathering_form import today
from kiosk.drafts import Drafts
from kiosk.guard import FROM_NETWORK
from kiosk.hearing.backlog_worker import BacklogWorker
from kiosk.hearing.front import Hearing
from kiosk.hearing.own_microphone import OwnMicrophone
from kiosk.house import House
from kiosk.network import lan as network
from kiosk.network.early import MostBytes
from kiosk.network.listener import Application, Environ, Listener, listener, port_of
from kiosk.protection import forbid_core_dumps, give_memory_back, quiet_threads, stay_offline
from kiosk.settings import Settings
from kiosk.shares import Shares
from kiosk.visit.ready import make_ready
from kiosk.visit.request import most_bytes_at
from transcribe import models

HOUSEKEEPING_SECONDS = 60.0
LOOK_SECONDS = 0.5
LAST_PORT = 65_535


class ServeError(Exception):
    """Why the kiosk cannot run, in one sentence for the operator."""


def make_house(settings: Settings, *, model: str = "") -> House:
    """Open the store and put the parts of the kiosk together; nothing is heard yet.

    Args:
        settings: As read from the data folder.
        model: A model's name or folder from the command line.

    Raises:
        ServeError: The named model is not there.
        StoreError: The data folder cannot be used.
    """
    store.open(settings.data_dir, url=settings.store.url, allowed=settings.store.allow)
    folder = find_model(settings, model)
    hearing = Hearing(folder, limits=settings.limits)
    recorder = Recorder(settings.speech.microphone, limit_seconds=settings.limits.memo_seconds)
    own = OwnMicrophone(recorder, limit_seconds=settings.limits.memo_seconds)

    def forget(draft_id: str) -> None:
        own.forget(draft_id)
        hearing.cancel(draft_id)

    drafts = Drafts(settings.limits, on_forget=forget)
    shares = Shares(settings.limits.contributions_per_hour)
    made = House(settings, hearing, drafts, shares, model_folder=folder)
    made.own_microphone = own if settings.speech.own_microphone else None
    with store.connection():
        store.strength.announce(settings.redaction.strength)
    return made


def find_model(settings: Settings, wanted: str = "") -> Path | None:
    """The folder of the model to load: as named, else the best one installed, else none.

    Raises:
        ServeError: A model was named that is not there, or a folder is incomplete.
    """
    wanted = wanted or settings.speech.model
    installed = settings.data_dir / "models"
    if not wanted:
        best = models.best(installed)
        return best.folder if best else None
    named = installed / wanted
    folder = named if named.is_dir() else Path(wanted)
    try:
        models.check(folder)
    except models.IncompleteModelError as error:
        raise ServeError(str(error)) from error
    return folder


def serve(settings: Settings, *, lan: bool = False, model: str = "") -> None:
    """Run kiosk, desk and worker until a signal says stop.

    Raises:
        ServeError: The kiosk cannot start; the message says what to do.
        StoreError: The data folder cannot be used.
    """
    forbid_core_dumps()
    quiet_threads()
    stay_offline()
    house = make_house(settings, model=model)
    store.serve_alone()
    names: tuple[str, ...] = ()
    if lan:
        names = network.names()
    elif settings.server.host not in {"", "0.0.0.0", "::"}:  # noqa: S104  # compared, not bound
        names = (settings.server.host,)
    app = create_app(house, names=names)
    server = _listen(app, settings)
    port = port_of(server)
    for sentence in advice.at_start(settings):
        click.echo(sentence, err=True)
    signal.signal(signal.SIGTERM, _stop)
    house.hearing.start()
    house.backlog_worker = BacklogWorker(house, today=today)
    house.backlog_worker.start()
    threading.Thread(target=_keep_house, args=(house, app), daemon=True).start()
    closers: list[Callable[[], None]] = [server.close]
    try:
        if lan:
            closers.append(_listen_to_network(app, settings, port))
        code = setup.code_for(house)
        is_outpost = store.membership.is_outpost()  # nothing is read between ready and run
        host = settings.server.host
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"Kiosk ready at http://{shown}:{port}")
        make_ready(app)
        threading.Thread(target=_tell_of_a_model_that_fails, args=(house,), daemon=True).start()
        if code:
            click.echo(f"First start: open this address and type the code {code}")
        if is_outpost:
            click.echo(
                "This box collects for a team. To pack what it kept: this address with /team"
            )
        server.run()
    finally:
        for close in closers:
            close()
        app.extensions["desk_sessions"].end_all()
        house.fetching.stop()
        house.backlog_worker.stop()
        house.hearing.stop()
        house.drawings.stop()
        house.meanwhile.shutdown(cancel_futures=True)
        store.close()


def _tell_of_a_model_that_fails(house: House) -> None:
    """Say it where the kiosk was started; visitors are told by Speak, facilitators by the desk."""
    folder = house.model_folder
    while folder and house.hearing.has_model and not house.hearing.is_loaded:
        time.sleep(LOOK_SECONDS)
    if folder and not house.hearing.has_model:
        click.echo(
            f"The speech model {folder.name} is damaged and does not load: recordings "
            "wait, sealed. `kiosk doctor` says more.",
            err=True,
        )


def _listen(app: Flask, settings: Settings) -> Listener:
    host, port = settings.server.host, settings.server.port
    if _is_taken(host, port):
        raise ServeError(
            f"Something already listens at {host}, port {port}. "
            "Stop it, or choose another port with --port."
        )
    try:
        return listener(
            app,
            host=host,
            port=port,
            threads=settings.server.threads,
            most=500,
            most_bytes=_most_bytes(settings),
        )
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no address of this machine"
        raise ServeError(
            f"Cannot listen at {host}, port {port}: {why}. Give another with --host or --port."
        ) from error


def _listen_to_network(app: Flask, settings: Settings, local_port: int) -> Callable[[], None]:
    port, most = local_port + network.TLS_PORT_ABOVE, _most_bytes(settings)
    told = (
        f"Other tablets cannot be served at port {port}, which is {network.TLS_PORT_ABOVE} above"
        f" {local_port}: %s. Choose another with --port."
    )
    if port > LAST_PORT:
        raise ServeError(told % "there is no such port")
    try:
        return network.listen(_from_network(app), settings, local_port=local_port, most_bytes=most)
    except OSError as error:
        if error.filename:  # of the certificates
            raise
        raise ServeError(told % os.strerror(error.errno or errno.EADDRNOTAVAIL)) from error


def _most_bytes(settings: Settings) -> MostBytes:
    return partial(most_bytes_at, settings.limits)


def _is_taken(host: str, port: int) -> bool:
    if not port:
        return False
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(0.5)
        try:
            return probe.connect_ex((host or "127.0.0.1", port)) == 0
        except (OSError, ValueError):  # no address at all: who listens says so
            return False


def _from_network(app: Flask) -> Application:
    """The same application, told that its requests come from other machines."""

    def marked(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ[FROM_NETWORK] = True
        environ["wsgi.url_scheme"] = "https"
        answer: Iterable[bytes] = app(environ, start_response)
        return answer

    return marked


def _keep_house(house: House, app: Flask) -> None:
    while True:
        time.sleep(HOUSEKEEPING_SECONDS)
        try:
            tidy(house, app)
        except Exception as error:  # noqa: BLE001  # what is promised for every minute goes on
            app.logger.error("housekeeping: %s", type(error).__name__)  # noqa: TRY400  # no words


def tidy(house: House, app: Flask) -> None:
    """Forget old drafts, lock idle desks, let gatherings roll over and retention act.

    The data folder's times are set anew each time, so that they tell when the kiosk last ran,
    not when somebody last used it.
    """
    house.drafts.forget_old()
    house.drawings.rest()
    app.extensions["desk_sessions"].end_idle()
    give_memory_back()
    try:
        with store.connection():
            store.gatherings.tick(today())
        for path in (house.settings.data_dir, *house.settings.data_dir.glob("kiosk.db*")):
            os.utime(path)
    except (store.StoreError, OSError) as error:
        app.logger.warning("housekeeping: %s", type(error).__name__)


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(0)
