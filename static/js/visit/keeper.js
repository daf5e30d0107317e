/**
 * Keeps and takes back, one at a time: a second touch waits for the first. Keeping goes on for as long as its visit.
 *
 * @typedef {{onPause: () => void, isOver: () => boolean}} Waiting what to do between two tries, and until when
 */
import { call, freshKey, persist } from "../parts/api.js"

export class Keeper {
  isBusy = false
  /** @type {Map<string, string>} */
  keys = new Map() // of silences that are being sent: a second try must not make a second one

  /** @param {string} draft @param {unknown} wish @param {Waiting} waiting @returns {Promise<string>} the four words */
  async keep(draft, wish, waiting) {
    return (await persist(() => call("POST", `/api/drafts/${draft}/keep`, { json: wish }), waiting)).receipt
  }

  /** @param {string} feeling @param {Waiting} waiting @returns {Promise<string>} the four words */
  async silence(feeling, waiting) {
    const key = this.keys.get(feeling) ?? freshKey()
    this.keys.set(feeling, key)
    return (await persist(() => call("POST", "/api/items", { json: { kind: "silence", feeling }, headers: { "Idempotency-Key": key } }), waiting)).receipt
  }

  /** @param {string} words @returns {Promise<any>} what the kiosk says of them now */
  withdraw(words) {
    return persist(() => call("DELETE", "/api/receipt", { json: { words } }), { pauses: [700, 1500] })
  }

  /**
   * Do one thing, if none is being done, and show on its buttons that it goes on.
   * @param {Iterable<Element>} buttons @param {() => Promise<unknown>} task
   */
  async alone(buttons, task) {
    if (this.isBusy) return
    this.isBusy = true
    for (const button of buttons) button.setAttribute("aria-busy", "true")
    const { keys } = this
    try {
      await task()
    } finally {
      for (const button of buttons) button.removeAttribute("aria-busy")
      if (keys === this.keys) this.isBusy = false // else a new visit has begun
    }
  }

  reset() {
    this.isBusy = false
    this.keys = new Map()
  }
}
