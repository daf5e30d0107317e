"""Files to take along from a released gathering."""

from flask import Blueprint, Response, g, render_template, request
from werkzeug.exceptions import NotFound

import store
from kiosk.desk import export
from kiosk.desk.cover.repairs import repairs
from kiosk.desk.parts import released_or_404
from kiosk.desk.reader import reading_of
from kiosk.desk.session import unlocked
from kiosk.meaning import kept
from kiosk.meaning.book import names_by_item

results = Blueprint("results", __name__, url_prefix="/gatherings/<gathering_id>")


@results.get("/export")
@unlocked
def ask_for_export(gathering_id: str) -> str:
    """Which items, in which form."""
    here = reading_of(gathering_id)
    gathering = released_or_404(gathering_id)
    return render_template(
        "desk/export_form.html",
        gathering=gathering,
        repairs=repairs(here.items, threshold=gathering.promise.threshold),
        statuses=here.statuses(),
        everything=here.count(),
        worrying=here.worrying(),
        formats=export.FORMATS,
        left=here.left(),
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
            themes=names_by_item(kept.load(gathering_id, g.desk.master)),
        ),
        content_type=export.FORMATS[form].media_type,
    )
    response.headers["Content-Disposition"] = f'attachment; filename="contributions.{form}"'
    return response
