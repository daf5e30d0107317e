"""The words of facilitators in themes, where a covered name would live on: read, and reworded."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from kiosk.meaning.book import Book, Theme


def texts_of(theme: Theme) -> Iterator[str]:
    """Yield a theme's name and meaning, and those of the themes it was made of."""
    yield from (each for each in (theme.name, theme.meaning, theme.split_from) if each)
    for original in theme.originals:
        yield from texts_of(original)


def texts_in(book: Book) -> list[str]:
    """Return all such texts of a gathering, each once."""
    return list(dict.fromkeys(text for theme in book.themes for text in texts_of(theme)))


def reworded(book: Book, said: Callable[[str], str]) -> Book:
    """Return a book in which each of these texts is what `said` makes of it."""

    def theme_of(old: Theme) -> Theme:
        return replace(
            old,
            name=said(old.name),
            meaning=said(old.meaning),
            split_from=said(old.split_from),
            originals=tuple(theme_of(each) for each in old.originals),
        )

    return replace(book, themes=tuple(theme_of(each) for each in book.themes))
