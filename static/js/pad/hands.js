/**
 * Which touch draws, which moves the sheet, and which is only a hand that rests.
 *
 * A pen always draws, and what a finger had begun is taken back. One finger draws; a second one so soon means two fingers, which
 * move and zoom, or undo by a tap. A palm does nothing, also one that shows its width only after it came down.
 * @typedef {{pointerId: number, pointerType: string, clientX: number, clientY: number, width: number, height: number, button: number, buttons: number}} Touch
 * @typedef {"begin" | "extend" | "end" | "cancel" | "restart" | "view" | "undo" | "redo" | "none"} Deed
 */
const PALM_PX = 60 // wider than any fingertip
const TWO_MS = 400 // a second finger so soon means two fingers, not a hand beside the stroke
const PEN_MS = 2000 // so long after a pen, fingers are only the hand that holds it
const TAP_MS = 350
const TAP_PX = 14
const ERASER_END = 32 // of `buttons`: Pointer Events, section 4.1.3.2
const BARREL = 1

export class Hands {
  isPenOnly = false // fingers move the sheet; so from the first touch of a pen on
  hasPen = false // one was here in this visit
  /** @type {number} the pointer that draws */
  drawing = -1
  #began = 0
  #penAt = -Infinity
  /** @type {Map<number, {from: [number, number], at: [number, number]}>} fingers that move the sheet, or might */
  #fingers = new Map()
  /** @type {Set<number>} */
  #palms = new Set()
  #isViewing = false
  #most = 0 // fingers at once since they came
  #isTap = false
  #type = ""

  /** Where the moving fingers were before the last move, and where they are. @type {[[number, number][], [number, number][]]} */
  pull = [[], []]

  /** @param {Touch} event @param {number} now milliseconds @returns {Deed} */
  down(event, now) {
    if (event.pointerType === "pen") return this.#pen(now, event.pointerId)
    if (event.pointerType !== "touch") return this.#mouse(event, now)
    if (this.#isPalm(event) || this.#type === "pen" || this.#restsBesidePen(now)) {
      this.#palms.add(event.pointerId)
      return "none"
    }
    this.#fingers.set(event.pointerId, { from: [event.clientX, event.clientY], at: [event.clientX, event.clientY] })
    if (this.#fingers.size === 1) {
      this.#most = 1
      this.#isTap = true
      this.#began = now
      this.#isViewing = this.isPenOnly
      if (this.isPenOnly) return "none"
      this.drawing = event.pointerId
      this.#type = "touch"
      return "begin"
    }
    return this.#another(event.pointerId, now)
  }

  /** @param {Touch} event @param {number} now @returns {Deed} */
  move(event, now) {
    const finger = this.#fingers.get(event.pointerId)
    if (finger && this.#isPalm(event) && now - this.#began < TWO_MS) return this.#settled(event.pointerId)
    if (finger && this.#isViewing) return this.#moved(finger, [event.clientX, event.clientY])
    if (event.pointerId !== this.drawing) return "none"
    if (finger) finger.at = [event.clientX, event.clientY]
    if (finger && isAway(finger)) this.#isTap = false
    if (event.pointerType === "pen") this.#penAt = now
    return "extend"
  }

  /** @param {Touch} event @param {number} now @returns {Deed} */
  up(event, now) {
    this.#palms.delete(event.pointerId)
    const wasFinger = this.#fingers.delete(event.pointerId)
    if (event.pointerType === "pen") this.#penAt = now
    if (event.pointerId === this.drawing) {
      this.drawing = -1
      this.#type = ""
      return "end"
    }
    if (!wasFinger || !this.#isViewing || this.#fingers.size) return "none"
    this.#isViewing = false
    if (!this.#isTap || now - this.#began > TAP_MS || this.#most < 2) return "none"
    return this.#most === 2 ? "undo" : "redo"
  }

  /** Whether this touch erases by itself, by the pen's other end or a button on it. @param {Touch} event */
  static isEraserEnd(event) {
    return event.pointerType === "pen" && ((event.buttons & ERASER_END) !== 0 || event.button === 5)
  }

  /** @param {number} now @param {number} id @returns {Deed} */
  #pen(now, id) {
    if (!this.hasPen) this.isPenOnly = true
    this.hasPen = true
    this.#penAt = now
    const wasDrawing = this.drawing >= 0
    for (const finger of this.#fingers.keys()) this.#palms.add(finger)
    this.#fingers.clear()
    this.#isViewing = false
    this.drawing = id
    this.#type = "pen"
    return wasDrawing ? "restart" : "begin"
  }

  /** @param {Touch} event @param {number} now @returns {Deed} */
  #mouse(event, now) {
    if (this.drawing >= 0 || (event.button !== 0 && event.button !== BARREL)) return "none"
    this.#began = now
    if (event.button === BARREL) {
      this.#fingers.set(event.pointerId, { from: [event.clientX, event.clientY], at: [event.clientX, event.clientY] })
      this.#isViewing = true
      this.#isTap = false
      return "none"
    }
    this.drawing = event.pointerId
    this.#type = "mouse"
    return "begin"
  }

  /** One more finger. @param {number} id @param {number} now @returns {Deed} */
  #another(id, now) {
    this.#most = Math.max(this.#most, this.#fingers.size)
    if (this.#isViewing) return "none"
    if (this.drawing >= 0 && now - this.#began > TWO_MS) {
      const palm = this.#isTap ? this.drawing : id // a hand that came first and has not stirred, or one beside the stroke
      this.#fingers.delete(palm)
      this.#palms.add(palm)
      if (palm === id) return "none"
      this.drawing = id
      this.#began = now
      return "restart"
    }
    this.#isViewing = true
    this.drawing = -1
    this.#type = ""
    return "cancel"
  }

  /** What seemed a fingertip grew into a palm. @param {number} id @returns {Deed} */
  #settled(id) {
    this.#fingers.delete(id)
    this.#palms.add(id)
    if (id !== this.drawing) return "none"
    this.drawing = -1
    this.#type = ""
    return "cancel"
  }

  /** @param {{from: [number, number], at: [number, number]}} finger @param {[number, number]} to @returns {Deed} */
  #moved(finger, to) {
    const before = [...this.#fingers.values()].slice(0, 2).map((each) => each.at)
    finger.at = to
    if (isAway(finger)) this.#isTap = false
    if (this.#isTap) return "none" // perhaps a tap: the sheet keeps still
    this.pull = [before, [...this.#fingers.values()].slice(0, 2).map((each) => each.at)]
    return "view"
  }

  /** @param {Touch} event */
  #isPalm(event) {
    return Math.max(event.width, event.height) > PALM_PX
  }

  /** @param {number} now */
  #restsBesidePen(now) {
    return now - this.#penAt < PEN_MS
  }
}

/** Farther than a tap slips. @param {{from: [number, number], at: [number, number]}} finger */
function isAway({ from, at }) {
  return Math.hypot(at[0] - from[0], at[1] - from[1]) > TAP_PX
}
