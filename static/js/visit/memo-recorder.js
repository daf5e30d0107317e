/**
 * Improves <memo-recorder>: the file input in it works alone; with a microphone, the ring appears.
 * Two sources speak the same few words, `start`, `pause`, `resume`, `stop`, `drop`: the browser's microphone here, the kiosk's in own-microphone.js.
 */
import { LiveMemo } from "./live-memo.js"
import { OwnMicrophone } from "./own-microphone.js"
import { Stopwatch, bareType, clockFace, loudness, pickFormat } from "../parts/sound.js"

const SLICE_MS = 2000 // a piece every two seconds: words come while the person speaks
const ENDING_SECONDS = 30
const LEAST_SECONDS = 0.7
const QUIET = 0.12 // loudness below which nobody seems to speak
const QUIET_SECONDS = 6

/** Recording through MediaRecorder. */
class BrowserMicrophone {
  canPause = true

  /** @param {() => void} onLost @param {string} language spoken; empty: not said */
  constructor(onLost, language) {
    this.onLost = onLost
    this.language = language
  }

  async start() {
    this.stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: false, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
    })
    const format = pickFormat((each) => MediaRecorder.isTypeSupported(each))
    this.recorder = new MediaRecorder(this.stream, { ...(format && { mimeType: format }), audioBitsPerSecond: 32_000 })
    this.memo = new LiveMemo(bareType(this.recorder.mimeType || format), this.language)
    this.recorder.addEventListener("dataavailable", (event) => this.memo?.add(event.data))
    this.stream.getAudioTracks()[0].addEventListener("ended", () => this.onLost())
    this.#listen(this.stream)
    this.recorder.start(SLICE_MS)
  }

  get draft() {
    return this.memo?.draft ?? null
  }

  pause() {
    if (this.recorder?.state !== "recording") return
    this.recorder.requestData()
    this.recorder.pause()
  }

  resume() {
    if (this.recorder?.state === "paused") this.recorder.resume()
  }

  /** @param {number} seconds @returns {Promise<string>} the draft */
  async stop(seconds) {
    await this.#end()
    if (!this.memo) throw new Error("nothing recorded")
    return this.memo.finish(seconds)
  }

  /** Everything recorded, to listen to. */
  sound() {
    return this.memo?.whole() ?? null
  }

  level() {
    if (!this.analyser) return 0
    this.analyser.getFloatTimeDomainData(this.samples)
    return loudness(this.samples)
  }

  drop() {
    const memo = this.memo
    this.memo = undefined
    memo?.drop()
    void this.#end()
  }

  async #end() {
    if (this.recorder && this.recorder.state !== "inactive") {
      const ended = new Promise((resolve) => this.recorder?.addEventListener("stop", resolve, { once: true }))
      this.recorder.stop()
      await ended // its last piece comes before this
    }
    for (const track of this.stream?.getTracks() ?? []) track.stop()
    void this.context?.close().catch(() => {})
    this.context = undefined
    this.analyser = undefined
  }

  /** @param {MediaStream} stream */
  #listen(stream) {
    try {
      this.context = new AudioContext()
      this.analyser = this.context.createAnalyser()
      this.analyser.fftSize = 1024
      this.samples = new Float32Array(this.analyser.fftSize)
      this.context.createMediaStreamSource(stream).connect(this.analyser)
    } catch {
      this.analyser = undefined // the level is a comfort, not a need
    }
  }
}

export class MemoRecorder extends HTMLElement {
  connectedCallback() {
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
    for (const event of ["ended", "pause"]) this.audio.addEventListener(event, () => this.#press("listen", false))
    this.state = "ready"
    if (!this.#canListen()) this.#without("absent")
    else this.#show("ready")
  }

  /** @type {Record<string, () => void>} */
  acts = {
    record: () => void this.#start(),
    pause: () => this.#pause("paused"),
    resume: () => this.#resume(),
    done: () => void this.#done(),
    delete: () => {
      this.startOver()
      this.#say("deleted")
      this.#button("record").focus()
    },
    listen: () => this.#listenAgain(),
    watch: () => this.#press("watch", this.#button("watch").getAttribute("aria-pressed") !== "true"),
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
    return this.#button("watch").getAttribute("aria-pressed") === "true"
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
    this.#press("watch", false)
    this.the("file").value = ""
    this.the("heard").textContent = ""
    if (this.#canListen()) this.the("without").hidden = true
    this.#show("ready")
  }

  /** Back from a failed sending: the recording is still here. */
  again() {
    this.#show("full")
    this.#say("paused")
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
      this.#without(refusal(error), error instanceof Error && "status" in error ? error.message : "")
      this.the("without").scrollIntoView({ block: "nearest" })
      this.#button("record").focus({ preventScroll: true }) // it lost the focus while it was disabled
      return
    }
    if (this.source !== source) return source.drop() // forgotten while the browser was asking
    this.watch = new Stopwatch()
    this.watch.start(performance.now())
    this.quietSince = performance.now()
    this.#show("recording")
    this.#button(source.canPause ? "pause" : "done").focus()
    this.#tick()
  }

  /** @param {"paused" | "full"} state */
  #pause(state) {
    if (this.state !== "recording") return
    if (!this.source?.canPause && state === "paused") return
    this.source?.pause()
    this.watch.stop(performance.now())
    this.#show(state)
    this.#button(state === "paused" ? "resume" : "done").focus()
  }

  #resume() {
    if (this.state !== "paused") return
    this.#silence()
    this.source?.resume()
    this.watch.start(performance.now())
    this.quietSince = performance.now()
    this.#show("recording")
    this.#button("pause").focus()
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
      this.the("state").textContent = this.the("texts").dataset.short ?? ""
      return
    }
    const source = this.source
    this.#show("sending")
    this.dispatchEvent(
      new CustomEvent("made", {
        bubbles: true,
        detail: { kind: "memo", finish: () => source.stop(seconds), sound: () => source.sound(), drop: () => source.drop(), language: this.language, seconds, isLong: seconds > 20 },
      }),
    )
  }

  #chosen() {
    const file = this.the("file").files?.[0]
    if (!file) return
    const type = bareType(file.type.replace("x-m4a", "mp4").replace("video/", "audio/"))
    this.dispatchEvent(new CustomEvent("made", { bubbles: true, detail: { kind: "memo", body: file.slice(0, file.size, type), type, sound: () => file, language: this.language, isLong: true } }))
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
    const ring = this.the("ring")
    ring.style.setProperty("--spent", String(Math.min(1, seconds / this.limit)))
    ring.style.setProperty("--level", level.toFixed(3))
    const face = clockFace(seconds)
    if (this.the("spent").textContent !== face) this.the("spent").textContent = face
    if (seconds >= this.limit) return this.#pause("full")
    const isQuiet = now - (this.quietSince ?? now) > QUIET_SECONDS * 1000
    this.#say(this.limit - seconds <= ENDING_SECONDS ? "ending" : isQuiet ? "quiet" : "recording")
    requestAnimationFrame(() => this.#tick())
  }

  #listenAgain() {
    if (!this.audio.paused) return this.#silence()
    const sound = this.source?.sound()
    if (!sound) return
    this.#silence()
    this.audio.src = URL.createObjectURL(sound)
    this.#press("listen", true)
    this.audio.play().catch(() => this.#silence())
  }

  #silence() {
    this.audio.pause()
    if (this.audio.src) URL.revokeObjectURL(this.audio.src)
    this.audio.removeAttribute("src")
    this.#press("listen", false)
  }

  /** @param {string} state */
  #show(state) {
    this.state = this.dataset.state = state
    const isGoing = state === "recording"
    const isResting = state === "paused" || state === "full"
    const canPause = this.source?.canPause ?? true
    this.#button("record").hidden = !["ready", "asking", "sending"].includes(state)
    this.#button("record").disabled = state !== "ready"
    this.#button("pause").hidden = !isGoing
    this.#button("pause").disabled = !canPause
    this.#button("resume").hidden = !isResting
    this.#button("resume").disabled = state === "full"
    this.the("actions").hidden = !(isGoing || isResting)
    this.#button("listen").hidden = !isResting || !this.source?.sound()
    this.#button("delete").hidden = !isResting && canPause
    this.#button("watch").hidden = !isGoing || this.dataset.speak === "later"
    if (state === "ready") {
      this.the("ring").style.setProperty("--spent", "0")
      this.the("ring").style.setProperty("--level", "0")
      this.the("spent").textContent = "0:00"
    }
    this.#say(state)
  }

  /** @param {string} key */
  #say(key) {
    const sentence = this.the("state").dataset[key] ?? ""
    if (this.the("state").textContent !== sentence) this.the("state").textContent = sentence
  }

  /** @param {string} why @param {string} [sentence] */
  #without(why, sentence) {
    this.the("without").hidden = false
    this.the("why").textContent = sentence || (this.the("texts").dataset[why] ?? "")
    if (why === "absent") this.the("ring").closest(".speak__stage")?.setAttribute("hidden", "")
  }

  /** @param {string} act @param {boolean} isPressed */
  #press(act, isPressed) {
    this.#button(act).setAttribute("aria-pressed", String(isPressed))
    if (act === "watch") this.the("heard").hidden = !isPressed
  }

  /** @param {string} act @returns {HTMLButtonElement} */
  #button(act) {
    return /** @type {HTMLButtonElement} */ (this.querySelector(`button[data-act=${act}]`))
  }

  /** @param {string} name @returns {any} */
  the(name) {
    return this.querySelector(`[data-part=${name}]`)
  }
}

/** @param {unknown} error @returns {string} which sentence explains it */
function refusal(error) {
  const name = error instanceof Error ? error.name : ""
  return { NotAllowedError: "refused", SecurityError: "refused", NotFoundError: "missing", OverconstrainedError: "missing", NotReadableError: "busy", AbortError: "busy" }[name] ?? "missing"
}

customElements.define("memo-recorder", MemoRecorder)
