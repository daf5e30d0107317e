"""What is made of a released gathering: its themes, and files to take along."""

from flask import Blueprint, Response, g, render_template, request
from werkzeug.exceptions import NotFound

import store
from kiosk.desk import export
from kiosk.desk.opened import snippet
from kiosk.desk.parts import released_or_404
from kiosk.desk.reader import reading_of
from kiosk.desk.session import unlocked

results = Blueprint("results", __name__, url_prefix="/gatherings/<gathering_id>")


@results.get("/themes")
@unlocked
def themes(gathering_id: str) -> str:
    """Items grouped by their labels, discarded ones left out."""
    here = reading_of(gathering_id)
    kept = [item for item in here.calm() if item.status != "discarded"]
    groups = [
        (label, [item for item in kept if label in item.labels]) for label, _count in here.labels()
    ]
    return render_template(
        "desk/themes.html",
        gathering=released_or_404(gathering_id),
        groups=[(label, items) for label, items in groups if items],
        unlabelled=sum(1 for item in kept if not item.labels),
        left=len(here.unread()),
        snippet=snippet,
    )


@results.get("/export")
@unlocked
def ask_for_export(gathering_id: str) -> str:
    """Which items, in which form."""
    here = reading_of(gathering_id)
    return render_template(
        "desk/export_form.html",
        gathering=released_or_404(gathering_id),
        statuses=here.statuses(),
        everything=len(here.calm()),
        worrying=here.worrying(),
        formats=export.FORMATS,
        left=len(here.unread()),
    )


@results.post("/export")
@unlocked
def download(gathering_id: str) -> Response:
    """The chosen items as a file that no cache keeps."""
    form = request.form.get("form", "jsonl")
    if form not in export.FORMATS:
        raise NotFound
    gathering = released_or_404(gathering_id)
    items = store.items.released(gathering_id, g.desk.master)  # never from a desk's memory
    response = Response(
        export.write_export(
            export.chosen(
                items,
                is_all=request.form.get("status") == "all",
                with_worrying="worrying" in request.form,
            ),
            form=form,
            title=gathering.title,
            with_notes="notes" in request.form,
        ),
        content_type=export.FORMATS[form].media_type,
    )
    response.headers["Content-Disposition"] = f'attachment; filename="contributions.{form}"'
    return response
