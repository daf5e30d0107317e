"""Letting the kiosk understand speech: which model fits, and fetching it when asked."""

from dataclasses import asdict
from functools import cache, partial
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from kiosk.desk.session import unlocked
from kiosk.house import house
from transcribe import doctor
from transcribe.catalogue import CATALOGUE, Offer

speech = Blueprint("speech", __name__, url_prefix="/speech")

SPEECH_SECONDS = 60  # of work for a minute of speech: a model that takes longer is never offered


@speech.get("/")
@unlocked
def offer() -> str:
    """What fits, or how far the download is."""
    fits = doctor.fitting(_speed())
    offered = [
        (each, max(1, round(each.minute_seconds / _speed())), each is fits)
        for each in CATALOGUE
        if not each.name.endswith(".en") and (each is fits or _keeps_up(each))
    ]
    here = house()
    return render_template(
        "desk/speech.html",
        offered=offered,
        fetched=here.fetching.now,
        installed=here.model_folder.name if here.model_folder else "",
        is_ready=here.speak() == "ready",
        is_damaged=here.model_folder is not None and not here.hearing.has_model,
        is_first=request.args.get("first") == "1",
    )


@speech.post("/")
@unlocked
def fetch() -> ResponseReturnValue:
    """Fetch the model that was chosen."""
    name = request.form.get("model", "")
    if name not in {each.name for each in CATALOGUE}:
        raise NotFound
    house().fetching.start(name)
    return redirect(url_for("review.speech.offer", first=request.form.get("first") or None), 303)


@speech.get("/progress")
@partial(unlocked, is_use=False)
def progress() -> dict[str, Any]:
    """How far the download is: bytes done, and bytes in all."""
    return asdict(house().fetching.now)


@cache
def _speed() -> float:
    return doctor.machine_speed()  # half a second


def _keeps_up(offer: Offer) -> bool:
    return offer.minute_seconds / _speed() < SPEECH_SECONDS
