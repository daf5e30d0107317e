"""The index of decisions: every record with its title and whether it holds.

python tests/support/decision_index.py     bring it up to date; a record that is new there holds
"""

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "decisions"
HEAD = """# Decisions
Choices that somebody will question: context, decision, consequences, measurements. Nobody
rewrites one; a later one supersedes it, and then its line here says so.

| Record | Decides | Status |
| --- | --- | --- |
"""
ROW = re.compile(r"(?m)^\| \[(\d{4})\]\((.+?\.md)\) \| (.+) \| (.+) \|$")
STATUS = re.compile(r"holds|superseded by \d{4}|in part superseded by \d{4}")


def records(folder: Path = FOLDER) -> dict[str, str]:
    """Every record's file name with its title, in order."""
    return {
        path.name: re.sub(r"^#\s*\d+[.:]?\s*", "", path.read_text(encoding="utf-8").split("\n")[0])
        for path in sorted(folder.glob("[0-9]*.md"))
    }


def statuses(index: str) -> dict[str, str]:
    """What the index says of each record."""
    return {name: status for _, name, _, status in ROW.findall(index)}


def written(index: str, folder: Path = FOLDER) -> str:
    """The index of the records there are, with the statuses of this one."""
    known = statuses(index)
    return HEAD + "".join(
        f"| [{name[:4]}]({name}) | {title} | {known.get(name, 'holds')} |\n"
        for name, title in records(folder).items()
    )


if __name__ == "__main__":
    place = FOLDER / "README.md"
    place.write_text(written(place.read_text("utf-8") if place.exists() else ""), "utf-8")
