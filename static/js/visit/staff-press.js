/**
 * The sign, held for five seconds on the start, opens the page that asks staff for the PIN.
 * Only where the page says that there is one; while something is hidden, holding the sign comes back to it (hide.js).
 */
const HOLD_MS = 5000
const flow = /** @type {any} */ (document.querySelector("visit-flow"))
const sign = document.querySelector(".brand")
let holding = 0

if (flow?.dataset.exit) {
  for (const kind of ["pointerdown", "keydown"]) sign?.addEventListener(kind, press)
  for (const kind of ["pointerup", "pointercancel", "pointerleave", "keyup", "blur"]) sign?.addEventListener(kind, () => clearTimeout(holding))
}

/** @param {Event} event */
function press(event) {
  if (event instanceof KeyboardEvent && (event.repeat || event.key !== " ")) return
  clearTimeout(holding)
  if (document.body.dataset.shows === "start" && !flow.hiding.isHidden) holding = setTimeout(() => flow.end(flow.dataset.exit), HOLD_MS)
}
