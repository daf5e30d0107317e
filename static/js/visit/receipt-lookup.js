/** Improves <receipt-lookup>: four words show a state and an answer, and can take a contribution back. */
import { call, persist, text } from "../parts/api.js"
import { WordFields } from "./word-fields.js"

export class ReceiptLookup extends HTMLElement {
  connectedCallback() {
    this.fields = new WordFields([...this.querySelectorAll("input")], this.the("likely"), () => text("/words.txt"))
    this.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault()
      void this.#look()
    })
    this.#button().addEventListener("click", () => {
      this.dispatchEvent(new CustomEvent("withdraw", { bubbles: true, detail: { words: this.words } }))
    })
  }

  get words() {
    return this.fields.words
  }

  get isEmpty() {
    return this.fields.isEmpty
  }

  reset() {
    this.fields.reset()
    this.the("found").hidden = true
    this.the("answer").textContent = ""
  }

  /** @param {{state: string, answer: string | null, can_withdraw?: boolean}} found */
  show({ state, answer, can_withdraw: canWithdraw = state === "sealed" }) {
    this.the("state").textContent = this.the("state").dataset[state] ?? ""
    this.the("lost").hidden = state !== "unknown"
    this.the("answered").hidden = !answer
    this.the("answer").textContent = answer ?? ""
    this.the("unanswered").hidden = Boolean(answer) || state === "unknown"
    this.#button().hidden = !canWithdraw
    this.the("found").hidden = false
    this.the("found").focus()
  }

  async #look() {
    this.the("found").hidden = true
    this.dispatchEvent(new CustomEvent("trouble", { bubbles: true, detail: null }))
    if (!this.words) return this.fields.focus()
    try {
      this.show(await persist(() => call("POST", "/api/receipt", { json: { words: this.words } }), { pauses: [700] }))
    } catch (problem) {
      this.dispatchEvent(new CustomEvent("trouble", { bubbles: true, detail: problem }))
      this.fields.focus()
    }
  }

  /** @returns {HTMLButtonElement} */
  #button() {
    return /** @type {HTMLButtonElement} */ (this.querySelector("[data-act=withdraw]"))
  }

  /** @param {string} name @returns {any} */
  the(name) {
    return this.querySelector(`[data-part=${name}]`)
  }
}

customElements.define("receipt-lookup", ReceiptLookup)
