"""What the visitor's page cuts off at its sides: no scroll bar tells of it (`overflow: clip`)."""

from playwright.sync_api import Page

# What scrolls sideways by itself, as answers that pass by, may go on out of sight.
CUT_OFF = """() => [...document.querySelectorAll(":is(main, header, dialog) *")].filter(each => {
  const { left, right } = each.getBoundingClientRect()
  const says = each.matches("button") || [...each.childNodes].some(
    one => one.nodeType === Node.TEXT_NODE && one.data.trim())
  return says && each.checkVisibility({ visibilityProperty: true })
    && !each.closest("svg, canvas, .visually-hidden, .board__list")
    && (left < -0.5 || right > innerWidth + 0.5)
}).map(each => each.className || each.innerText)"""


def cut_off(page: Page) -> list[str]:
    """Every word and button in sight of which a part is outside the window's sides."""
    found: list[str] = page.evaluate(CUT_OFF)
    return found
