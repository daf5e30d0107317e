/**
 * Improves <memo-recorder>: the file input in it works alone; with a microphone, the ring appears.
 * Two sources speak the same few words, `start`, `pause`, `resume`, `stop`, `drop`: the browser's microphone and the kiosk's.
 */
import { Problem } from "../parts/api.js"
import { Stopwatch, bareType } from "../parts/sound.js"
import { BrowserMicrophone } from "./browser-microphone.js"
import { OwnMicrophone } from "./own-microphone.js"
import { RecorderFace } from "./recorder-face.js"

const ENDING_SECONDS = 30
const LEAST_SECONDS = 0.7
const QUIET = 0.12 // loudness below which nobody seems to speak
const QUIET_SECONDS = 6

export class MemoRecorder extends HTMLElement {
  connectedCallback() {
    this.face = new RecorderFace(this)
    this.limit = Number(this.dataset.limitSeconds)
    this.watch = new Stopwatch()
    /** @type {BrowserMicrophone | OwnMicrophone | null} */
    this.source = null
    this.audio = /** @type {HTMLAudioElement} */ (this.the("audio"))
    this.addEventListener("click", (event) => {
      const act = event.target instanceof Element ? event.target.closest("button")?.dataset.act : ""
      if (act && act in this.acts) this.acts[act]()
    })
    this.the("file").addEventListener("change", () => this.#chosen())
    for (const event of ["ended", "pause"]) this.audio.addEventListener(event, () => this.face.press("listen", false))
    this.state = "ready"
    if (!this.#canListen()) this.face.without("absent")
    else this.#show("ready")
  }

  /** @type {Record<string, () => void>} */
  acts = {
    record: () => void this.#start(),
    pause: () => this.#pause("paused"),
    resume: () => this.#resume(),
    done: () => void this.#done(),
    delete: () => this.dispatchEvent(new CustomEvent("delete", { bubbles: true })), // it asks first

    listen: () => this.#listenAgain(),
    watch: () => this.face.press("watch", this.face.button("watch").getAttribute("aria-pressed") !== "true"),
  }

  get isBusy() {
    return this.state === "recording" || !this.audio.paused
  }

  get isEmpty() {
    return this.state === "ready" || this.state === "asking"
  }

  /** The draft that grows while the person talks, if the kiosk takes pieces. */
  get draft() {
    return this.source?.draft ?? null
  }

  get wantsWords() {
    return this.face.button("watch").getAttribute("aria-pressed") === "true"
  }

  /** What the visitor says they speak; empty: the kiosk finds out. */
  get language() {
    return this.the("language")?.value ?? ""
  }

  /** Forget everything of this visit, here and at the kiosk. */
  reset() {
    this.startOver()
    if (this.the("language")) this.the("language").value = ""
  }

  /** Forget the recording, here and at the kiosk; the language stays chosen. */
  startOver() {
    this.source?.drop()
    this.source = null
    this.watch = new Stopwatch()
    this.#silence()
    this.face.press("watch", false)
    this.the("file").value = ""
    this.the("heard").textContent = ""
    if (this.#canListen()) this.the("without").hidden = true
    this.#show("ready")
  }

  /** The visitor is sure. */
  deleted() {
    this.startOver()
    this.face.say("deleted")
    this.face.button("record").focus()
  }

  /** Stop listening while somebody is asked, or while nobody may see; only its visitor goes on. */
  rest() {
    this.#silence()
    this.#pause("paused")
  }

  /** Back from a failed sending: the recording is still here. */
  again() {
    this.#show("full")
    this.face.say("paused")
  }

  #canListen() {
    return "ownMicrophone" in this.dataset || Boolean(navigator.mediaDevices && window.MediaRecorder)
  }

  async #start() {
    if (this.state !== "ready" || this.source) return
    const lost = () => this.#lost()
    const Source = "ownMicrophone" in this.dataset ? OwnMicrophone : BrowserMicrophone
    const source = new Source(lost, this.language)
    this.source = source
    this.#show("asking")
    try {
      await source.start()
    } catch (error) {
      if (this.source !== source) return
      this.source = null
      this.#show("ready")
      this.face.without(refusal(error), error instanceof Error && "status" in error ? error.message : "")
      this.the("without").scrollIntoView({ block: "nearest" })
      this.face.button("record").focus({ preventScroll: true }) // it lost the focus while it was disabled
      return
    }
    if (this.source !== source) return source.drop() // forgotten while the browser was asking
    this.watch = new Stopwatch()
    this.watch.start(performance.now())
    this.quietSince = performance.now()
    this.#show("recording")
    this.face.button("pause").focus()
    this.#tick()
  }

  /** @param {"paused" | "full"} state */
  #pause(state) {
    if (this.state !== "recording") return
    this.source?.pause()
    this.watch.stop(performance.now())
    this.#show(state)
    this.face.button(state === "paused" ? "resume" : "done").focus()
  }

  #resume() {
    if (this.state !== "paused") return
    this.#silence()
    this.source?.resume()
    this.watch.start(performance.now())
    this.quietSince = performance.now()
    this.#show("recording")
    this.face.button("pause").focus()
    this.#tick()
  }

  async #done() {
    if (!this.source || !["recording", "paused", "full"].includes(this.state)) return
    const now = performance.now()
    this.watch.stop(now)
    const seconds = this.watch.seconds(now)
    this.#silence()
    if (seconds < LEAST_SECONDS) {
      this.startOver()
      this.dispatchEvent(new CustomEvent("trouble", { bubbles: true, detail: new Problem(422, this.the("texts").dataset.short ?? "") }))
      return
    }
    const source = this.source
    this.#show("sending")
    this.dispatchEvent(
      new CustomEvent("made", {
        bubbles: true,
        detail: { kind: "memo", finish: () => source.stop(seconds), sound: () => source.sound(), drop: () => source.drop(), language: this.language, seconds },
      }),
    )
  }

  #chosen() {
    const file = this.the("file").files?.[0]
    if (!file) return
    const type = bareType(file.type.replace("x-m4a", "mp4").replace("video/", "audio/"))
    this.dispatchEvent(new CustomEvent("made", { bubbles: true, detail: { kind: "memo", body: file.slice(0, file.size, type), type, sound: () => file, language: this.language } }))
  }

  #lost() {
    if (this.state !== "recording") return
    this.watch.stop(performance.now())
    this.#show("full")
    this.the("state").textContent = this.the("texts").dataset.lost ?? ""
  }

  #tick() {
    if (this.state !== "recording") return
    const now = performance.now()
    const seconds = this.watch.seconds(now)
    const level = this.source?.level() ?? 0
    if (level > QUIET) this.quietSince = now
    this.face.tick(seconds, Math.min(1, seconds / this.limit), level)
    if (seconds >= this.limit) return this.#pause("full")
    const isQuiet = now - (this.quietSince ?? now) > QUIET_SECONDS * 1000
    this.face.say(this.limit - seconds <= ENDING_SECONDS ? "ending" : isQuiet ? "quiet" : "recording")
    requestAnimationFrame(() => this.#tick())
  }

  #listenAgain() {
    if (!this.audio.paused) return this.#silence()
    const sound = this.source?.sound()
    if (!sound) return
    this.#silence()
    this.audio.src = URL.createObjectURL(sound)
    this.face.press("listen", true)
    this.audio.play().catch(() => this.#silence())
  }

  #silence() {
    this.audio.pause()
    if (this.audio.src) URL.revokeObjectURL(this.audio.src)
    this.audio.removeAttribute("src")
    this.face.press("listen", false)
  }

  /** @param {string} state */
  #show(state) {
    this.state = state
    this.face.show(state, this.source)
  }

  /** @param {string} name @returns {any} */
  the(name) {
    return this.face.the(name)
  }
}

/** @param {unknown} error @returns {string} which sentence explains it */
function refusal(error) {
  const name = error instanceof Error ? error.name : ""
  return { NotAllowedError: "refused", SecurityError: "refused", NotFoundError: "missing", OverconstrainedError: "missing", NotReadableError: "busy", AbortError: "busy" }[name] ?? "missing"
}

customElements.define("memo-recorder", MemoRecorder)
