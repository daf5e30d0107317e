"""Reads a page as a strict browser would, and says what no page of ours may have."""

from html.parser import HTMLParser

VOID_INPUTS = {"hidden", "submit", "button", "reset", "image"}
ADDRESSES = {"src", "href", "action", "formaction", "data", "poster"}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.controls: list[tuple[str, dict[str, str]]] = []
        self.headings = 0
        self.title = ""
        self.language = ""
        self._open: list[str] = []
        self._label_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._open.append(tag)
        self._note(tag, values)
        if tag == "label":
            self._label_depth += 1
            self.labelled.add(values.get("for", ""))
        if tag in {"input", "select", "textarea"} and values.get("type") not in VOID_INPUTS:
            named = self._label_depth or "aria-label" in values or "aria-labelledby" in values
            self.controls.append((values.get("id", "") if not named else "*", values))

    def _note(self, tag: str, values: dict[str, str]) -> None:
        if tag == "html":
            self.language = values.get("lang", "")
        if tag == "h1":
            self.headings += 1
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "script" and "src" not in values:
            self.faults.append("an inline script")
        if tag == "style" or "style" in values:
            self.faults.append("an inline style")
        for name, value in values.items():
            if name.startswith("on"):
                self.faults.append(f"an inline {name}")
            if name in ADDRESSES and value.startswith(("http:", "https:", "//")):
                self.faults.append(f"a foreign address in {tag}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._label_depth -= 1
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title":
            self.title += data.strip()


def faults(html: str) -> list[str]:
    """Everything wrong with a page, in words; empty for a good one."""
    page = _Page()
    page.feed(html)
    found = list(page.faults)
    if not page.title:
        found.append("no title")
    if not page.language:
        found.append("no language")
    if page.headings != 1:
        found.append(f"{page.headings} h1 headings")
    found += [f"id {name} twice" for name in sorted(set(page.ids)) if page.ids.count(name) > 1]
    found += [
        f"an unlabelled control {values.get('name', '')}"
        for control, values in page.controls
        if control != "*" and control not in page.labelled - {""}
    ]
    return found
