/**
 * What can be done with the word touched last, besides crossing it out: write another one in its place, or bring a
 * detail back that the kiosk took out. Its room under the words is always there, so that nothing moves.
 */
import { call, persist } from "../parts/api.js"

export class WordActs {
  /** @type {{token: import("../parts/words.js").Token, index: number} | null} */
  chosen = null

  /** @type {string[]} what was brought back; it outlives a change of the text, and ends with the visit */
  back = []

  /** @param {import("./draft-preview.js").DraftPreview} preview */
  constructor(preview) {
    this.preview = preview
    preview.addEventListener("chosen", (event) => this.#choose(/** @type {CustomEvent} */ (event).detail))
    for (const [act, does] of Object.entries(this.acts)) preview.querySelector(`[data-act=${act}]`)?.addEventListener("click", does)
  }

  /** @type {Record<string, () => void>} */
  acts = {
    "write-word": () => this.#writeAnother(),
    "bring-back": () => void this.#bringBack(),
    "strike-detail": () => this.#strike(),
  }

  reset() {
    this.chosen = null
    this.#show("")
  }

  /** A text was changed and looked through anew: what was brought back before is so again. @param {string} draft @param {any} shown @param {import("./sender.js").Waiting} waiting @returns {Promise<any>} */
  async again(draft, shown, waiting) {
    if (!this.back.length || !shown.spans?.length) return shown
    return persist(() => call("POST", `/api/drafts/${draft}/back`, { json: { texts: this.back } }), waiting)
  }

  forget() {
    this.back = []
    this.reset()
  }

  /** @param {{token: import("../parts/words.js").Token, index: number}} chosen */
  #choose(chosen) {
    this.chosen = chosen
    this.#show(!chosen.token.isPlaceholder ? "word" : this.preview.words.isStruck(chosen.index) ? "" : "detail")
  }

  /** @param {"word" | "detail" | ""} which */
  #show(which) {
    this.preview.the("detail-acts").hidden = !this.preview.hasDetails
    for (const name of ["word", "detail"]) this.preview.the(`${name}-acts`).inert = name !== which // out of sight, in its room
    this.preview.the("asks").textContent = which === "detail" ? this.preview.the("asks").dataset.text : ""
  }

  #writeAnother() {
    if (!this.chosen) return
    const { token, index } = this.chosen
    const nth = this.preview.words.tokens.slice(0, index).filter((each) => each.text === token.text && !each.isPlaceholder).length
    this.preview.dispatchEvent(new CustomEvent("rewrite", { bubbles: true, detail: { word: token.text, nth } }))
  }

  async #bringBack() {
    const { id, words } = this.preview
    if (!this.chosen) return
    const { index } = this.chosen
    try {
      const shown = await persist(() => call("POST", `/api/drafts/${id}/back`, { json: { span: words.place(index) } }), { pauses: [] })
      if (this.preview.id !== id) return
      this.back.push(broughtBack(words.text, shown.text, words.place(index)))
      this.preview.showText(shown)
      this.reset()
      this.preview.the("said").textContent = this.preview.the("asks").dataset.back ?? ""
      words.focusOn(index)
    } catch (problem) {
      this.preview.dispatchEvent(new CustomEvent("trouble", { bubbles: true, detail: problem }))
    }
  }

  #strike() {
    if (!this.chosen) return
    const { index } = this.chosen
    this.preview.words.strike(index, true)
    this.reset()
    this.preview.words.focusOn(index)
  }
}

/** What stands in a new text where a placeholder stood. @param {string} before @param {string} after @param {[number, number]} place of the placeholder, in code points */
function broughtBack(before, after, [start, end]) {
  const now = Array.from(after)
  return now.slice(start, end + now.length - Array.from(before).length).join("")
}
