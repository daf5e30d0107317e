"""An invitation: what another box needs to collect for a gathering, and nothing that opens it.

The box that joins learns public keys, the promise, the questions, the days, the helpline and the
languages. It gets the same gathering under the same id; what it keeps is sealed as at home.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from nacl.public import PrivateKey

from store import errors, house_words
from store.gatherings import Gathering, get
from store.kinds import Kind, Repeats
from store.promise import Promise, asked_to_json, wordings_of
from store.rows import database, meta
from store.rows.models import GatheringRow, Slot
from store.seals import derive, vault
from store.seals.keys import MasterKey
from store.status import State, step
from store.team import ledger, membership, signed

_SORT = "invitation"
_KEY_BYTES = 32
_ID_BYTES = 16


@dataclass(frozen=True)
class Invitation:
    """What an invitation says.

    Attributes:
        team: Key that signed it.
        master: Public half of the facilitators' key.
        gathering: As it stands at home.
        public_key: Seals contributions.
        parcel_key: Seals parcels for the home box.
        helpline: For visitors; empty where there is none.
        languages: Codes of those that the home box speaks.
    """

    team: bytes
    master: bytes
    gathering: Gathering
    public_key: bytes
    parcel_key: bytes
    helpline: str
    languages: tuple[str, ...]


def invite(gathering_id: str, master: MasterKey, *, languages: Sequence[str] = ()) -> bytes:
    """Write an invitation to an open gathering; from then on parcels are awaited for it.

    Raises:
        WrongStateError: It is not open, or this box is an outpost.
    """
    membership.need_home()
    master.private_key()
    with database.writing():
        gathering = get(gathering_id)
        if gathering.state is not State.OPEN:
            raise errors.WrongStateError("Only an open gathering can be joined by other boxes.")
        owner = database.key_of_gathering(gathering_id)
        ledger.begin(owner)
        values = {
            "gathering": gathering.id,
            "title": gathering.title,
            "questions": list(gathering.questions),
            "wordings": {code: asdict(words) for code, words in gathering.wordings.items()},
            "promise": asdict(gathering.promise),
            "opens": gathering.opens.isoformat(),
            "closes": gathering.closes.isoformat() if gathering.closes else None,
            "master_key": meta.need(meta.MASTER_PUBLIC).hex(),
            "public_key": vault.public_key(gathering_id).hex(),
            "parcel_key": bytes(parcel_private_key(owner).public_key).hex(),
            "helpline": house_words.read().helpline,
            "languages": list(languages),
        }
    return signed.sign(_SORT, values, master)


def read(untrusted_file: bytes) -> Invitation:
    """Return what an invitation says.

    Raises:
        UnreadableFileError: It is none, or was changed.
    """
    team, values = signed.read(_SORT, untrusted_file)
    try:
        return _invitation(team, values)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise errors.UnreadableFileError("This invitation lacks something.") from None


def join(invitation: Invitation, *, today: date) -> Gathering:
    """Let this box collect for the gathering of an invitation.

    Raises:
        AlreadyExistsError: It does so already.
        WrongStateError: The box has facilitators or another team, or the gathering is over.
    """
    gathering = invitation.gathering
    if gathering.closes is not None and gathering.closes < today:
        raise errors.WrongStateError("The last day of this gathering is over; nothing was changed.")
    with database.writing():
        _need_a_box_without_readers(invitation.team)
        owner = database.key_of_gathering(gathering.id)
        if GatheringRow.get_or_none(GatheringRow.id == owner) is not None:
            raise errors.AlreadyExistsError("This box has joined that gathering already.")
        meta.write(membership.TEAM, invitation.team)
        meta.write(meta.MASTER_PUBLIC, invitation.master)
        meta.write(parcel_key_name(owner), invitation.parcel_key)
        GatheringRow(
            id=owner,
            title=gathering.title,
            questions=asked_to_json(gathering.questions, gathering.wordings),
            promise=gathering.promise.to_json(),
            state=step(None, State.OPEN),
            opens=gathering.opens.isoformat(),
            closes=gathering.closes.isoformat() if gathering.closes else None,
            repeats=Repeats.NEVER,
            kind=gathering.kind,
            public_key=invitation.public_key,
        ).put()
        meta.write(meta.NEWEST, owner)
        if invitation.helpline:
            house_words.write(replace(house_words.read(), helpline=invitation.helpline))
    return gathering


def is_invited(gathering_id: str) -> bool:
    """Say whether other boxes were invited to a gathering."""
    with database.reading():
        return ledger.is_invited(database.key_of_gathering(gathering_id))


def team_of(master: MasterKey) -> str:
    """Return what people compare, to see that an invitation comes from this team."""
    return membership.fingerprint(signed.team_of(master))


def parcel_private_key(owner: bytes) -> PrivateKey:
    """Return what opens a gathering's parcels at home.

    It follows from the box's own secret, so that parcels can be added without a passphrase; what
    is in them stays sealed to the facilitators.
    """
    device = database.constant(meta.DEVICE, meta.need)
    return PrivateKey(derive.fast(device, owner, use="parcel key"))


def parcel_key_name(owner: bytes) -> str:
    """Return under which name an outpost keeps the key that seals a gathering's parcels."""
    return f"parcel key {owner.hex()}"


def _need_a_box_without_readers(team: bytes) -> None:
    known = meta.read(membership.TEAM)
    if known is None and (meta.read(meta.MASTER_PUBLIC) is not None or Slot.select().exists()):
        raise errors.WrongStateError(
            "This box has facilitators of its own. Join with a data folder that is not set up."
        )
    if known not in {None, team}:
        raise errors.WrongStateError("This box belongs to another team; nothing was changed.")


def _invitation(team: bytes, values: dict[str, object]) -> Invitation:
    """Turn what was signed into plain values, each checked."""
    closes = values["closes"]
    gathering = Gathering(
        id=_bytes(values["gathering"], size=_ID_BYTES).hex(),
        title=str(values["title"]),
        questions=_texts(values["questions"]),
        promise=Promise.from_json(json.dumps(values["promise"])),
        state=State.OPEN,
        opens=date.fromisoformat(str(values["opens"])),
        closes=date.fromisoformat(str(closes)) if closes else None,
        kind=Kind.STANDING if closes else Kind.SESSION,
        wordings=wordings_of(values.get("wordings") or {}),  # type: ignore[arg-type]  # it is refused
    )
    return Invitation(
        team=team,
        master=_bytes(values["master_key"], size=_KEY_BYTES),
        gathering=gathering,
        public_key=_bytes(values["public_key"], size=_KEY_BYTES),
        parcel_key=_bytes(values["parcel_key"], size=_KEY_BYTES),
        helpline=str(values["helpline"]),
        languages=_texts(values["languages"]),
    )


def _texts(told: object) -> tuple[str, ...]:
    if not isinstance(told, list):
        raise TypeError("list")
    return tuple(str(each) for each in told)


def _bytes(told: object, *, size: int) -> bytes:
    made = bytes.fromhex(str(told))
    if len(made) != size:
        raise ValueError("size")
    return made
