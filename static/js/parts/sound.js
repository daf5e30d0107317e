/** Small sums about recording: which format, how loud, how long. */

// In this order: what Chromium, Firefox and Android record; then Safari before 18.4.
export const FORMATS = ["audio/webm;codecs=opus", "audio/mp4;codecs=mp4a.40.2", "audio/mp4", "audio/ogg;codecs=opus"]

/** @param {(format: string) => boolean} isSupported @returns {string} "" leaves the choice to the browser */
export function pickFormat(isSupported) {
  return FORMATS.find(isSupported) ?? ""
}

/** The type that goes into Content-Type: no parameters. @param {string} format */
export function bareType(format) {
  return format.split(";")[0].trim().toLowerCase() || "audio/webm"
}

/** How loud, 0..1, on a scale that feels even: -60 dB is silence, -10 dB is full. @param {ArrayLike<number>} samples -1..1 */
export function loudness(samples) {
  let sum = 0
  for (let index = 0; index < samples.length; index += 1) sum += samples[index] * samples[index]
  const decibel = 10 * Math.log10(sum / Math.max(1, samples.length) + 1e-12)
  return Math.min(1, Math.max(0, (decibel + 60) / 50))
}

/** @param {number} seconds @returns {string} 75.2 -> "1:15" */
export function clockFace(seconds) {
  const whole = Math.floor(Math.max(0, seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`
}

/** Counts only while it runs; the clock is an argument (milliseconds). */
export class Stopwatch {
  spentMs = 0
  /** @type {number | null} */
  startedAt = null

  /** @param {number} now */
  start(now) {
    this.startedAt ??= now
  }

  /** @param {number} now */
  stop(now) {
    this.spentMs = this.seconds(now) * 1000
    this.startedAt = null
  }

  /** @param {number} now */
  seconds(now) {
    return (this.spentMs + (this.startedAt === null ? 0 : now - this.startedAt)) / 1000
  }
}
