/**
 * When the kiosk forgets: pure, the clock is an argument (milliseconds, any monotonic zero).
 * A watch is quiet, then warns for its last seconds, then is over. Touching it begins anew; holding it stops the clock.
 */
export class IdleWatch {
  /** @param {number} seconds all in all @param {number} warningSeconds of these, at the end */
  constructor(seconds, warningSeconds) {
    this.totalMs = seconds * 1000
    this.warnMs = Math.max(0, this.totalMs - warningSeconds * 1000)
    this.since = 0
    this.isHeld = false
  }

  /** @param {number} now */
  touch(now) {
    this.since = now
  }

  /** While it warns: the whole warning again. @param {number} now */
  touchWarned(now) {
    this.since = now - this.warnMs
  }

  /** @param {boolean} isHeld @param {number} now */
  hold(isHeld, now) {
    if (this.isHeld && !isHeld) this.since = now
    this.isHeld = isHeld
  }

  /** @param {number} now @returns {{state: "quiet" | "warning" | "over", left: number}} left: whole seconds */
  look(now) {
    if (this.isHeld) return { state: "quiet", left: Math.ceil(this.totalMs / 1000) }
    const gone = now - this.since
    const left = Math.max(0, Math.ceil((this.totalMs - gone) / 1000))
    if (gone >= this.totalMs) return { state: "over", left: 0 }
    return { state: gone >= this.warnMs ? "warning" : "quiet", left }
  }
}
