/**
 * What can be done with the word touched last, besides crossing it out: write another one in its place, or bring a
 * detail back that the kiosk took out. Its room under the words is always there, so that nothing moves.
 */
import { call, persist } from "../parts/api.js"

export class WordActs {
  /** @type {{token: import("../parts/words.js").Token, index: number} | null} */
  chosen = null

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

  /** @param {{token: import("../parts/words.js").Token, index: number}} chosen */
  #choose(chosen) {
    this.chosen = chosen
    this.#show(!chosen.token.isPlaceholder ? "word" : this.preview.words.isStruck(chosen.index) ? "" : "detail")
  }

  /** @param {"word" | "detail" | ""} which */
  #show(which) {
    for (const name of ["word", "detail"]) this.preview.the(`${name}-acts`).hidden = name !== which
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
