/** Seconds that run down in sight, and can be held. */
export class Countdown {
  timer = 0
  seconds = 0

  /** @param {{onTick?: (left: number) => void, onOver: () => void, isHeld?: () => boolean}} options */
  constructor({ onTick = () => {}, onOver, isHeld = () => false }) {
    this.onTick = onTick
    this.onOver = onOver
    this.isHeld = isHeld
  }

  /** @param {number} seconds */
  start(seconds) {
    this.stop()
    this.seconds = seconds
    let left = seconds
    this.onTick(left)
    this.timer = setInterval(() => {
      if (this.isHeld()) return
      left -= 1
      if (left > 0) return this.onTick(left)
      this.stop()
      this.onOver()
    }, 1000)
  }

  /** Somebody is there: the whole time again. */
  extend() {
    if (this.timer) this.start(this.seconds)
  }

  stop() {
    clearInterval(this.timer)
    this.timer = 0
  }
}
