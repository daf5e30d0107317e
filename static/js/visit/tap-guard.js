/**
 * After a change of what is on the screen, touches and keys press nothing for a while: the second half of a
 * double tap, a hand still resting, a key held down. The eyes need that long to see what is there now.
 *
 * Style sheets take the pointer away (`[data-still]`); clicks and submits, which keys cause too, are stopped here.
 */
export const STILL_MS = 700

let timer = 0

/** Begin anew: something else is on the screen now. */
export function holdStill() {
  document.body.dataset.still = ""
  clearTimeout(timer)
  timer = setTimeout(() => delete document.body.dataset.still, STILL_MS)
}

/** @param {Event} event */
function stop(event) {
  if (!("still" in document.body.dataset)) return
  event.preventDefault()
  event.stopImmediatePropagation()
}

/** @param {KeyboardEvent} event a key held down presses once, not on and on */
function stopRepeats(event) {
  const isPress = event.key === "Enter" || event.key === " "
  if (event.repeat && isPress && event.target instanceof HTMLButtonElement) event.preventDefault()
}

/** Watch this page: from now on, and for each box that opens or closes over it. */
export function guardTaps() {
  for (const kind of ["click", "submit"]) addEventListener(kind, stop, { capture: true })
  addEventListener("keydown", stopRepeats, { capture: true })
  addEventListener("close", holdStill, { capture: true }) // of a dialog: what it hid is back
  holdStill()
}
