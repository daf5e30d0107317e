/**
 * Lets a form with data-phrase="ID" know which words of that element are selected: an act on themes is
 * then for these words alone. Ranges count code points, as the server does. Whoever goes on into the form
 * to type a name leaves the selection, and still means it.
 */
/** @param {Element} text */
function selectedIn(text) {
  const selection = getSelection()
  if (!selection?.rangeCount || selection.isCollapsed) return null
  const range = selection.getRangeAt(0)
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null
  const before = document.createRange()
  before.setStart(text, 0)
  before.setEnd(range.startContainer, range.startOffset)
  const start = [...before.toString()].length
  const length = [...range.toString()].length
  return length ? { start, end: start + length } : null
}

document.addEventListener("selectionchange", () => {
  for (const form of document.querySelectorAll("form[data-phrase]")) {
    if (!(form instanceof HTMLFormElement) || form.contains(document.activeElement)) continue
    const text = document.getElementById(form.dataset.phrase ?? "")
    const found = text ? selectedIn(text) : null
    for (const name of ["start", "end"]) {
      const field = form.querySelector(`input[name=${name}]`)
      if (field instanceof HTMLInputElement) field.value = String(found?.[name === "start" ? "start" : "end"] ?? 0)
    }
    const hint = form.querySelector("[data-phrase-hint]")
    if (hint instanceof HTMLElement) hint.hidden = !found
  }
})
