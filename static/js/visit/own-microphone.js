/** The microphone of the kiosk itself, for a box with its own screen: the browser only presses the buttons. */
import { address, call } from "../parts/api.js"

const LEVEL_EVERY_MS = 120

export class OwnMicrophone {
  /** @type {string | null} */
  draft = null
  /** @type {Promise<string> | null} */
  ended = null
  loud = 0

  /** @param {() => void} onLost @param {string} [language] spoken; empty: not said @param {typeof call} [ask] */
  constructor(onLost, language = "", ask = call) {
    this.onLost = onLost
    this.language = language
    this.ask = ask
  }

  async start() {
    this.draft = (await this.ask("POST", address("/api/microphone/start", { language: this.language }))).draft
    this.timer = setInterval(() => void this.#look(), LEVEL_EVERY_MS)
  }

  /** A pause that the kiosk did not hear of would go on listening: then the recording ends. */
  pause() {
    this.ask("POST", "/api/microphone/pause").catch(() => this.stop().catch(() => {})) // `Done` asks again and tells
  }

  resume() {
    this.ask("POST", "/api/microphone/resume").catch(() => this.onLost())
  }

  /** @returns {Promise<string>} the draft */
  stop() {
    clearInterval(this.timer)
    this.ended ??= this.ask("POST", "/api/microphone/stop").then((answer) => answer.draft)
    this.ended.catch(() => (this.ended = null))
    return this.ended
  }

  sound() {
    return null // it stays inside the kiosk
  }

  level() {
    return this.loud
  }

  /** The kiosk stops listening when the draft is forgotten. */
  drop() {
    clearInterval(this.timer)
    if (this.draft) this.ask("DELETE", `/api/drafts/${this.draft}`, { keepalive: true }).catch(() => {})
    this.draft = null
  }

  async #look() {
    if (this.isLooking) return
    this.isLooking = true
    try {
      const { state, level } = await this.ask("GET", "/api/microphone")
      this.loud = Number(level)
      if (!["recording", "paused"].includes(state) && !this.ended) {
        clearInterval(this.timer)
        this.onLost()
      }
    } catch {
      this.loud = 0 // one lost question; the recording goes on without us
    } finally {
      this.isLooking = false
    }
  }
}
