/** Seconds that run down in sight, and can be held. */
export class Countdown {
  timer = 0

  /** @param {{onTick?: (left: number) => void, onOver: () => void, isHeld?: () => boolean}} options */
  constructor({ onTick = () => {}, onOver, isHeld = () => false }) {
    this.onTick = onTick
    this.onOver = onOver
    this.isHeld = isHeld
  }

  /** @param {number} seconds */
  start(seconds) {
    this.stop()
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

  stop() {
    clearInterval(this.timer)
  }
}
