/**
 * Sends a recording piece by piece while the person talks, in order, one at a time.
 *
 * All pieces stay here until Keep or Forget, so whatever fails on the way, the whole recording
 * can be sent at the end: an old kiosk, a cut connection, a worker that restarted.
 */
import { Problem, address, call, persist } from "../parts/api.js"

export class LiveMemo {
  /** @type {Blob[]} */
  pieces = []
  /** @type {string | null} */
  draft = null
  /** @type {"new" | "live" | "whole"} */
  way = "new"
  /** @type {Promise<void>} */
  sending = Promise.resolve()
  isDropped = false

  /** @param {string} type @param {string} [language] spoken; empty: not said @param {typeof call} [ask] */
  constructor(type, language = "", ask = call) {
    this.type = type
    this.language = language
    this.ask = ask
  }

  /** @param {Blob} piece */
  add(piece) {
    if (!piece.size) return
    this.pieces.push(piece)
    this.sending = this.sending.then(() => this.#send(piece))
  }

  /** @returns {Blob} what was recorded so far */
  whole() {
    return new Blob(this.pieces, { type: this.type })
  }

  /**
   * @param {number} seconds by the recorder's own clock
   * @returns {Promise<string>} the draft
   */
  async finish(seconds) {
    await this.sending
    const headers = { "X-Recorded-Seconds": seconds.toFixed(1) }
    if (this.way === "live" && this.draft) {
      try {
        await persist(() => this.ask("POST", `/api/drafts/${this.draft}/finish`, { headers }), { pauses: [500] })
        return this.draft
      } catch {
        await this.#giveUpLive()
      }
    }
    // Tried again by who waits for it, and says so at once.
    const answer = await this.ask("POST", address("/api/drafts", { language: this.language }), { body: this.whole(), type: this.type, headers })
    if (this.isDropped) this.#delete(answer.draft)
    this.draft = answer.draft
    return answer.draft
  }

  /** Nothing of it remains, here or there. */
  drop() {
    this.isDropped = true
    this.pieces = []
    this.#delete(this.draft)
    this.draft = null
  }

  /** @param {Blob} piece */
  async #send(piece) {
    if (this.isDropped || this.way === "whole") return
    try {
      if (this.way === "new") {
        const answer = await this.ask("POST", address("/api/drafts", { live: "1", language: this.language }), { type: this.type })
        if (this.isDropped) return this.#delete(answer.draft)
        this.draft = answer.draft
        this.way = "live"
      }
      await this.ask("POST", `/api/drafts/${this.draft}/pieces`, { body: piece, type: this.type })
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      await this.#giveUpLive() // a piece sent twice would be heard twice, so never again on this way
    }
  }

  async #giveUpLive() {
    this.way = "whole"
    this.#delete(this.draft)
    this.draft = null
  }

  /** @param {string | null} draft */
  #delete(draft) {
    if (draft) this.ask("DELETE", `/api/drafts/${draft}`, { keepalive: true }).catch(() => {})
  }
}
