"""What a visitor is asked who chose one language and plainly spoke another.

A model made to hear one language as another invents, so it reads what it heard; only its speaker
knows which is right. Sent with the draft, for hardly any visit needs it.
"""

from typing import Any

from kiosk.details import language_name
from kiosk.drafts import Draft
from kiosk.i18n import _


def question_of(draft: Draft, known: tuple[str, ...]) -> dict[str, Any] | None:
    """The question in words of the screen; none where the languages agree, or it was answered.

    Nor where the model could not read the other one: `known` are the languages that it knows.
    """
    chosen, heard = draft.language, draft.heard_language
    if draft.is_certain or chosen not in known or not heard or chosen == heard:
        return None
    names = {"chosen": language_name(chosen), "heard": language_name(heard)}
    return {
        "asks": _("You chose: %(chosen)s. It sounded like: %(heard)s. Which one did you speak?")
        % names,
        "sound_is_gone": _(
            "You chose: %(chosen)s. It sounded like: %(heard)s. The sound is gone already, so it"
            " cannot be read again. Is this wrong? Change the words, or forget them and say it"
            " once more."
        )
        % names,
        "choices": [{"language": code, "name": language_name(code)} for code in (heard, chosen)],
    }
