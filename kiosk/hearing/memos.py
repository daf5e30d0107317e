"""All memos that the front knows, in the order of arrival, and the queue of those that ended."""

from collections.abc import Iterator

from kiosk.hearing.memo import Memo


class Memos:
    """Whoever asks holds the front's lock."""

    def __init__(self) -> None:
        self._memos: dict[str, Memo] = {}
        self.queue: list[Memo] = []  # finished, not yet over, in the order in which they ended

    def __iter__(self) -> Iterator[Memo]:
        return iter(list(self._memos.values()))  # some may be removed meanwhile

    def add(self, memo: Memo) -> None:
        """Know one more, the last to arrive."""
        self._memos[memo.id] = memo

    def get(self, memo_id: str) -> Memo | None:
        """A memo by its id."""
        return self._memos.get(memo_id)

    def growing(self, memo_id: str) -> Memo | None:
        """A memo that still takes pieces."""
        memo = self._memos.get(memo_id)
        return None if memo is None or memo.stage.is_over or memo.is_finished else memo

    def started_as(self, ticket: int) -> Memo | None:
        """The memo that children are at under a ticket."""
        return next((m for m in self if m.stage.is_started and m.ticket == ticket), None)

    def place(self, memo: Memo) -> int:
        """How many come before this one."""
        return self.queue.index(memo) if memo in self.queue else 0

    def remove(self, memo_id: str) -> Memo | None:
        """Know one no longer."""
        memo = self._memos.pop(memo_id, None)
        if memo:
            self.leave_queue(memo)
        return memo

    def leave_queue(self, memo: Memo) -> None:
        """Nobody waits for this one any more."""
        if memo in self.queue:
            self.queue.remove(memo)
