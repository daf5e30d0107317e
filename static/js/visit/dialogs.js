/** The boxes that lie over a screen: explain, warn, ask once. */
import { holdStill } from "./tap-guard.js"

export class Dialogs {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
  }

  /** @param {string} id @returns {HTMLDialogElement} */
  box(id) {
    return /** @type {HTMLDialogElement} */ (this.root.querySelector(`#${id}`))
  }

  /** @param {string} id */
  open(id) {
    const box = this.box(id)
    if (box.childElementCount) box.showModal()
    else box.dataset.wanted = "" // safe-words.js opens it
    holdStill()
  }

  get isOpen() {
    return Boolean(this.root.querySelector("dialog[open]"))
  }

  closeAll() {
    for (const dialog of this.root.querySelectorAll("dialog")) if (dialog.open) dialog.close()
  }

  /** @param {string} id @returns {Promise<boolean>} whether the answer was yes */
  ask(id) {
    const dialog = this.box(id)
    dialog.returnValue = "no"
    this.open(id)
    return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }))
  }

  /**
   * Ask whether that is meant. What it is about is out of sight meanwhile: who lets go of it may have a reason to hurry.
   * @param {"forget" | "withdraw" | "delete"} what @returns {Promise<boolean>}
   */
  async sure(what) {
    for (const each of this.box("sure").querySelectorAll(`[data-${what}]`)) each.textContent = /** @type {HTMLElement} */ (each).dataset[what] ?? ""
    this.root.dataset.veiled = ""
    const isSure = await this.ask("sure")
    delete this.root.dataset.veiled
    return isSure
  }
}
