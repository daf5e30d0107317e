/**
 * Watches for a person: touches, keys, a voice. Warns near the end, then calls `onOver`.
 * While `isBusy()` holds (someone is speaking or listening) the clock stands still.
 */
import { IdleWatch } from "../parts/idle.js"

const WARNING_SECONDS = 15
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "input"]

/**
 * @param {{seconds: number, dialog: HTMLDialogElement, isBusy: () => boolean, hasSomething: () => boolean, onOver: () => void}} options
 */
export function watchIdle({ seconds, dialog, isBusy, hasSomething, onOver }) {
  const watch = new IdleWatch(seconds, Math.min(WARNING_SECONDS, seconds / 2))
  const count = dialog.querySelector("[data-part=count]")
  const now = () => performance.now()
  watch.touch(now())

  const touch = () => {
    if (!dialog.open) watch.touch(now()) // the warning wants an answer, not a passing sleeve
  }
  for (const sign of SIGNS) addEventListener(sign, touch, { capture: true, passive: true })

  dialog.addEventListener("close", () => {
    watch.touch(now())
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
      if (!dialog.open) dialog.showModal()
    }
  }
  return setInterval(look, 250)
}
