/** The browser's own microphone, through MediaRecorder; its pieces go to the kiosk while the person talks. */
import { bareType, loudness, pickFormat } from "../parts/sound.js"
import { LiveMemo } from "./live-memo.js"

const SAMPLE_RATE = 48_000 // Hz; a wish, but WebKit on Linux records nothing at all where none is told
const SLICE_MS = 2000 // a piece every two seconds: words come while the person speaks

export class BrowserMicrophone {

  /** @param {() => void} onLost @param {string} language spoken; empty: not said */
  constructor(onLost, language) {
    this.onLost = onLost
    this.language = language
  }

  async start() {
    this.stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: false, noiseSuppression: true, autoGainControl: true, channelCount: 1, sampleRate: SAMPLE_RATE },
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
