/**
 * What is copied or cut stays in this page: the machine's clipboard outlives a visit, and whoever comes next could paste it.
 * It ends with its visit.
 */

/** @typedef {HTMLElement & {visit: number}} Flow it counts its visits */

/** @type {{text: string, visit: number} | null} */
let held = null

const visitNow = () => /** @type {Flow} */ (document.querySelector("visit-flow")).visit

/** @param {ClipboardEvent} event */
function take(event) {
  event.preventDefault()
  const field = event.target
  if (!isField(field)) return
  const text = field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)
  if (!text) return
  held = { text, visit: visitNow() }
  if (event.type === "cut") document.execCommand("delete") // as a key would: it can be undone, and the field is told
}

/** @param {ClipboardEvent} event */
function give(event) {
  if (held?.visit !== visitNow()) held = null
  if (!held || !isField(event.target)) return // what somebody brought along is pasted as ever
  event.preventDefault()
  document.execCommand("insertText", false, held.text)
}

/** @param {EventTarget | null} target @returns {target is HTMLTextAreaElement | HTMLInputElement} */
function isField(target) {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === "text")
}

addEventListener("copy", take)
addEventListener("cut", take)
addEventListener("paste", give)
