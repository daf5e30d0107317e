/** The microphone of the kiosk itself, for a box with its own screen: the browser only presses the buttons. */
import { call } from "./api.js"

const LEVEL_EVERY_MS = 120

export class OwnMicrophone {
  canPause = false
  loud = 0

  /** @param {() => void} onLost @param {typeof call} [ask] */
  constructor(onLost, ask = call) {
    this.onLost = onLost
    this.ask = ask
  }

  async start() {
    const answer = await this.ask("POST", "/api/microphone/start")
    this.draft = answer?.draft ?? null
    this.timer = setInterval(() => void this.#look(), LEVEL_EVERY_MS)
  }

  pause() {
    clearInterval(this.timer)
  }

  resume() {}

  /** @returns {Promise<string>} the draft */
  async stop() {
    clearInterval(this.timer)
    if (!this.stopped) {
      const answer = await this.ask("POST", "/api/microphone/stop")
      this.draft = answer?.draft ?? this.draft
      this.stopped = true
    }
    return this.draft
  }

  sound() {
    return null // it stays inside the kiosk
  }

  level() {
    return this.loud
  }

  drop() {
    clearInterval(this.timer)
    const gone = this.stopped ? Promise.resolve({ draft: this.draft }) : this.ask("POST", "/api/microphone/stop", { keepalive: true })
    gone
      .then((answer) => answer?.draft ?? this.draft)
      .then((draft) => draft && this.ask("DELETE", `/api/drafts/${draft}`, { keepalive: true }))
      .catch(() => {})
  }

  async #look() {
    if (this.isLooking) return
    this.isLooking = true
    try {
      const answer = await this.ask("GET", "/api/microphone")
      this.loud = Number(answer?.level ?? 0)
      if (answer?.state && !["recording", "running"].includes(answer.state)) {
        clearInterval(this.timer)
        this.onLost()
      }
    } catch {
      clearInterval(this.timer)
      this.onLost()
    } finally {
      this.isLooking = false
    }
  }
}
