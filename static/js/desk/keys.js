/**
 * Improves <desk-keys>: what has data-key="j ArrowRight" is pressed, followed or focused by those keys.
 * Each of them is also a button, a link or a field; the keys can be switched off in the help, for people
 * who speak to their computer (WCAG 2.1.4). Only that choice is remembered, until the tab closes.
 */
const CHOICE = "desk-keys"
const HUSH_MS = 700 // between two letters of somebody who types on
const SAY_AFTER_MS = 300 // by then the page's own beginning has been read out

class DeskKeys extends HTMLElement {
  connectedCallback() {
    this.help = /** @type {HTMLDialogElement | null} */ (document.getElementById(this.dataset.help ?? ""))
    this.isOn = sessionStorage.getItem(CHOICE) !== "off"
    const choice = /** @type {HTMLInputElement | null} */ (this.querySelector("[data-keys-on]"))
    if (choice) {
      choice.checked = this.isOn
      choice.addEventListener("change", () => {
        this.isOn = choice.checked
        sessionStorage.setItem(CHOICE, this.isOn ? "on" : "off")
      })
    }
    this.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("[data-key='?']")) this.help?.showModal()
    })
    addEventListener("keydown", (event) => this.#key(event))
    document.addEventListener("desk-turned", () => this.#settle())
    document.addEventListener("desk-hush", () => (this.hushedUntil = Date.now() + HUSH_MS))
    this.#settle()
    this.#say()
  }

  /** Says once more what a whole new page came with: a screen reader only hears what changes. */
  #say() {
    const said = this.querySelector(".desk-said")
    const words = [...(said?.childNodes ?? [])]
    if (said && words.length) setTimeout(() => said.replaceChildren(...words.map((each) => each.cloneNode(true))), SAY_AFTER_MS)
  }

  /** Shows what only works with keys, and brings the item's line of the list into sight. */
  #settle() {
    const opener = /** @type {HTMLElement | null} */ (this.querySelector("[data-key='?']"))
    if (opener) opener.hidden = false
    const current = /** @type {HTMLElement | null} */ (this.querySelector(".reader__list [aria-current=true]"))
    const list = current?.closest(".reader__list")
    if (current && list) list.scrollTop = current.offsetTop - list.clientHeight / 2 // the list alone, not the page
  }

  /**
   * What a key is for. A digit is the key in its place, since not every keyboard writes it without Shift.
   * @param {KeyboardEvent} event
   */
  #target(event) {
    const plain = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1] ?? (event.key.length === 1 ? event.key.toLowerCase() : event.key)
    const all = [...this.querySelectorAll("[data-key]")]
    return (event.shiftKey ? [`shift+${plain}`, event.key.toLowerCase()] : [plain])
      .map((wanted) => all.find((each) => each instanceof HTMLElement && each.dataset.key?.split(" ").includes(wanted)))
      .find((each) => each)
  }

  /**
   * Opens all that folds with the same key, or closes them again.
   * @param {HTMLElement} summary
   */
  #unfold(summary) {
    const all = [...this.querySelectorAll(`summary[data-key="${summary.dataset.key}"]`)].map((each) => each.closest("details"))
    const isAnyClosed = all.some((each) => each && !each.open)
    for (const each of all) if (each) each.open = isAnyClosed
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (Date.now() < (this.hushedUntil ?? 0)) this.hushedUntil = Date.now() + HUSH_MS
    else this.hushedUntil = 0
    if (!this.isOn || this.hushedUntil || event.ctrlKey || event.metaKey || event.altKey || event.repeat || this.help?.open) return
    if (event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]")) {
      if (event.key === "Escape" && event.target instanceof HTMLElement) event.target.blur()
      return
    }
    const target = this.#target(event)
    if (!(target instanceof HTMLElement)) return
    event.preventDefault()
    if (target.matches("summary")) return this.#unfold(target)
    const hidden = target.closest("details")
    if (hidden) hidden.open = true
    if (target.matches("input, textarea, select")) target.focus()
    else target.click()
  }
}

customElements.define("desk-keys", DeskKeys)
