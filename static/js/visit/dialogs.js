/** The boxes that lie over a screen: explain, warn, ask once. */
export class Dialogs {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
  }

  /** @param {string} id @returns {HTMLDialogElement} */
  box(id) {
    return /** @type {HTMLDialogElement} */ (this.root.querySelector(`#${id}`))
  }

  get isOpen() {
    return Boolean(this.root.querySelector("dialog[open]"))
  }

  closeAll() {
    for (const dialog of this.root.querySelectorAll("dialog")) if (dialog.open) dialog.close()
  }

  /** Ask whether that is meant. @param {"forget" | "withdraw"} what @returns {Promise<boolean>} */
  sure(what) {
    const dialog = this.box("sure")
    for (const each of dialog.querySelectorAll(`[data-${what}]`)) each.textContent = /** @type {HTMLElement} */ (each).dataset[what] ?? ""
    dialog.returnValue = "no"
    dialog.showModal()
    return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }))
  }
}
