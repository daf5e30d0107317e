"""Groups that are suggested for a gathering: advice that lies in a desk's memory and binds nobody.

They hold ids alone and a name. A name is made of words of items; once a text that it came from has
changed, as when somebody covers a word, the whole advice is dropped.
"""

from dataclasses import dataclass

from kiosk.desk.opened import Reading
from kiosk.suggested import suggested_groups
from store.items import Item
from themes import usual_count

MOST_GROUPS = 60


@dataclass(frozen=True, slots=True)
class Suggested:
    """Items that may belong together; near-copies lie in one stack, the first on top."""

    name: str  # words that enough of them share, or nothing
    stacks: tuple[tuple[str, ...], ...]

    def ids(self) -> list[str]:
        """Return the items, those of each stack together."""
        return [each for stack in self.stacks for each in stack]


@dataclass(frozen=True)
class Advice:
    """What was suggested, by number; a group that was accepted or dismissed leaves."""

    groups: dict[int, Suggested]
    loose: tuple[str, ...]
    wordless: int  # items without words, which nobody can group by words
    asked: int  # for so many groups
    texts: dict[str, str]


def advise(here: Reading, *, count: int | None, threshold: int) -> Advice:
    """Suggest groups of what is not discarded and has no label yet."""
    open_items = [item for item in here.calm() if item.status != "discarded" and not item.labels]
    texts = {item.id: said for item in open_items if (said := words_in(item))}
    asked = min(count or usual_count(len(texts)), MOST_GROUPS)
    ids = list(texts)
    found = suggested_groups(list(texts.values()), groups=asked, threshold=threshold)
    stack_of = {at: stack for stack in found.stacks for at in stack}
    groups = {}
    for number, group in enumerate(found.groups, start=1):
        stacks = dict.fromkeys(stack_of.get(at, (at,)) for at in group.members)
        named = tuple(tuple(ids[at] for at in stack) for stack in stacks)
        groups[number] = Suggested(group.name, named)
    loose = tuple(ids[at] for at in found.loose)
    return Advice(groups, loose, len(open_items) - len(texts), asked, texts)


def is_stale(advice: Advice, here: Reading) -> bool:
    """Tell whether a text that was grouped is not any more as it was."""
    return any(
        (item := here.item(item_id)) is None or words_in(item) != text
        for item_id, text in advice.texts.items()
    )


def words_in(item: Item) -> str:
    """Return what an item says in words; nothing for a silence."""
    return str(getattr(item.payload, "text", "")).strip()
