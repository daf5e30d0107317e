"""What a facilitator can take back: a stack of named steps, and of those that were taken back.

A step knows what it changed, from what to what. Taking it back touches just that, and only where
it still is as the step left it: what somebody else has made of an item since is never overwritten.
The stack lies with the unlocked desk in memory and ends with it. Covers are on no stack: they are
final.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields

import store
from kiosk.meaning import kept
from kiosk.meaning.book import ChangedMeanwhileError, Difference, applied, back
from store.items import Item
from store.seals.keys import MasterKey

MOST = 200  # steps a desk remembers for each gathering


Known = Callable[[str], Item | None]  # an item as a desk has opened it


@dataclass(frozen=True, slots=True)
class Marks:
    """All that a step can change of an item."""

    status: str
    labels: tuple[str, ...] = ()
    note: str = ""
    is_worrying: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One item, before a step and after it."""

    item_id: str
    before: Marks
    after: Marks

    def back(self) -> "Change":
        """Return the way back."""
        return Change(self.item_id, self.after, self.before)

    def differing(self) -> tuple[str, ...]:
        """Name what the change changes; nothing else of the item is looked at or touched."""
        return tuple(
            each.name
            for each in fields(Marks)
            if getattr(self.before, each.name) != getattr(self.after, each.name)
        )


@dataclass(frozen=True, slots=True)
class Step:
    """Something a facilitator did, to one item, to many at once, or to the themes."""

    act: str
    changes: tuple[Change, ...] = ()
    themes: Difference = ()

    def back(self) -> "Step":
        """Return the step that takes this one back."""
        changes = tuple(change.back() for change in reversed(self.changes))
        return Step(self.act, changes, back(self.themes))


@dataclass
class Steps:
    """The steps of one desk in one gathering."""

    gathering_id: str
    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)

    def did(self, step: Step) -> None:
        """Remember a step; what had been taken back before it cannot be done again."""
        if not step.changes and not step.themes:
            return
        self.done.append(step)
        del self.done[:-MOST]
        self.undone.clear()

    def drop(self, tells: Callable[["Step"], bool]) -> None:
        """Forget the steps that would bring back what must not come back."""
        for steps in (self.done, self.undone):
            steps[:] = [step for step in steps if not tells(step)]

    def undo(self, known: Known, master: MasterKey) -> Step | None:
        """Take the last step back and return it; None where there is none.

        Raises:
            ChangedMeanwhileError: The step is dropped, since it can never be taken back.
        """
        if not self.done:
            return None
        step = self.done.pop()
        apply(step.back(), self.gathering_id, known, master)
        self.undone.append(step)
        return step

    def redo(self, known: Known, master: MasterKey) -> Step | None:
        """Do again what was taken back last, and return it; None where there is none.

        Raises:
            ChangedMeanwhileError: The step is dropped.
        """
        if not self.undone:
            return None
        step = self.undone.pop()
        apply(step, self.gathering_id, known, master)
        self.done.append(step)
        return step


def marks_of(item: Item) -> Marks:
    """Return what a step could change of an item."""
    return Marks(str(item.status), item.labels, item.note, item.is_worrying)


def change_between(before: Item, after: Item) -> tuple[Change, ...]:
    """Return the change of an item, if there is one."""
    change = Change(before.id, marks_of(before), marks_of(after))
    return (change,) if change.differing() else ()


def apply(step: Step, gathering_id: str, known: Known, master: MasterKey) -> None:
    """Make all changes of a step, or none of them.

    Raises:
        ChangedMeanwhileError: An item is not any more as the step expects it, or is gone.
    """
    with store.items.together():
        for change in step.changes:
            seen = known(change.item_id)
            if seen is None:
                raise ChangedMeanwhileError
            item = store.items.with_marks(seen, master)
            now, wanted = marks_of(item), change.differing()
            if any(getattr(now, name) != getattr(change.before, name) for name in wanted):
                raise ChangedMeanwhileError
            make(item, change.after, wanted, master)
        if step.themes:
            kept.change(gathering_id, master, lambda book: applied(book, step.themes))


def make(item: Item, wanted: Marks, names: Iterable[str], master: MasterKey) -> None:
    """Give an item some of the wanted marks; belongs inside `store.items.together()`."""
    version = item.version
    for name in names:
        if name == "status":
            version = _move(item, wanted.status, version)
        elif name == "labels":
            version = store.items.label(item.id, wanted.labels, master, version=version)
        elif name == "note":
            version = store.items.annotate(item.id, wanted.note, master, version=version)
        else:
            version = store.items.worry(
                item.id, master, is_worrying=wanted.is_worrying, version=version
            )


def _move(item: Item, wanted: str, version: int) -> int:
    """Set a status by the steps the store allows."""
    if item.status == "discarded" and wanted == "approved":
        version = store.items.move(item.id, "released", version=version)
    return store.items.move(item.id, wanted, version=version)
