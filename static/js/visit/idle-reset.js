/**
 * Watches for a person: touches, keys, a voice. Warns near the end, then calls `onOver`.
 * While `isBusy()` holds (someone is speaking or listening) the clock stands still.
 */
import { IdleWatch } from "../parts/idle.js"

const WARNING_SECONDS = 20
const TELL_AT = [20, 10] // seconds left, said aloud
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "input"]

/**
 * @param {{seconds: number, dialog: HTMLDialogElement, isBusy: () => boolean, hasSomething: () => boolean, onWarning: () => void, onOver: () => void}} options
 */
export function watchIdle({ seconds, dialog, isBusy, hasSomething, onWarning, onOver }) {
  const watch = new IdleWatch(seconds, Math.min(WARNING_SECONDS, seconds))
  const said = /** @type {HTMLElement | null} */ (dialog.querySelector("[data-part=said]"))
  const count = dialog.querySelector("[data-part=count]")
  const now = () => performance.now()
  watch.touch(now())

  const touch = () => {
    if (dialog.open) watch.touchWarned(now()) // all the time of the warning again; it wants an answer, not a passing sleeve
    else watch.touch(now())
  }
  for (const sign of SIGNS) addEventListener(sign, touch, { capture: true, passive: true })

  dialog.addEventListener("close", () => {
    watch.touch(now())
    if (said) said.textContent = ""
    if (dialog.returnValue === "forget") onOver()
    dialog.returnValue = ""
  })

  const look = () => {
    watch.hold(isBusy(), now())
    const { state, left } = watch.look(now())
    if (state === "over") {
      watch.touch(now())
      if (dialog.open) dialog.close("over")
      onOver()
    } else if (state === "warning" && hasSomething()) {
      if (count) count.textContent = String(left)
      if (!dialog.open) onWarning()
      if (said && (TELL_AT.includes(left) || !said.textContent)) said.textContent = (said.dataset.text ?? "").replace("{n}", String(left))
    }
  }
  return setInterval(look, 250)
}
