/**
 * Improves <drawing-board>: hands in, ink out. What is on the sheet is marks.js, how ink runs trace.js, who draws hands.js,
 * what is seen lens.js, how it is painted painter.js, what is in hand tools.js. Only pixels ever leave it.
 */
import { sayReading } from "../parts/busy.js"
import { place } from "../parts/geometry.js"
import { Cross } from "./cross.js"
import { Hands } from "./hands.js"
import { lettered } from "./ink.js"
import { Lens } from "./lens.js"
import { Sheet, ground, isBlank, visible } from "./marks.js"
import { Painter } from "./painter.js"
import { smallPhoto } from "./photo.js"
import { Ring } from "./ring.js"
import { StrokeInHand } from "./stroke-in-hand.js"
import { Tools } from "./tools.js"

const FORMATS = { sideways: [1440, 900], upright: [900, 1440] } // drawing pixels: two, so that a size tells no device
const RINGED = ["eraser", "whole", "highlighter", "marker", "sign"] // wide: one wants to see how wide before
const SEEN = ["pen", "cleared"]

export class DrawingBoard extends HTMLElement {
  connectedCallback() {
    this.canvas = /** @type {HTMLCanvasElement} */ (this.querySelector("canvas"))
    this.sheet = new Sheet()
    this.hands = new Hands()
    this.painter = new Painter(this.canvas)
    this.lens = new Lens(this.#part("glass"), this.#part("paper"), /** @type {HTMLElement} */ (this.querySelector("[data-zoom='0']")))
    this.ring = new Ring(this.#part("paper"), this.canvas)
    this.cross = new Cross(this.#part("cross"), this.canvas)
    this.inHand = new StrokeInHand(this.painter, { shown: () => visible(this.sheet.marks), onDone: (mark) => this.#add(mark) })
    this.isResting = false // while the kiosk reads what was sent
    this.isSent = false
    this.tools = new Tools(this, { onChange: () => this.#adopt() })
    this.canvas.addEventListener("pointerdown", (event) => this.#down(event))
    this.canvas.addEventListener("pointermove", (event) => this.#move(event))
    this.canvas.addEventListener("pointerleave", () => this.ring.hide())
    this.canvas.addEventListener("pointerup", (event) => this.#up(event))
    this.canvas.addEventListener("pointercancel", (event) => this.#up(event))
    // Without this a quick stroke counts as a fling, and Chromium swallows the next tap on Undo.
    this.canvas.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false })
    this.canvas.addEventListener("contextmenu", (event) => event.preventDefault())
    this.canvas.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault()
        this.lens.wheel(event)
      },
      { passive: false },
    )
    this.canvas.addEventListener("keydown", (event) => this.#steer(event))
    this.canvas.addEventListener("blur", () => this.#lift())
    this.canvas.addEventListener("focus", () => this.cross.show(this.canvas.matches(":focus-visible")))
    this.addEventListener("click", (event) => this.#click(event))
    this.form = /** @type {HTMLFormElement} */ (this.#part("label"))
    this.form.addEventListener("submit", (event) => this.#write(event))
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.form.hidden = true
    })
    document.addEventListener("keydown", (event) => this.#shortcut(event))
    this.querySelector("[data-part=photo]")?.addEventListener("change", (event) => void this.#sendPhoto(/** @type {HTMLInputElement} */ (event.target)))
    const upright = matchMedia("(orientation: portrait)")
    upright.addEventListener("change", () => this.#turn(upright.matches))
    this.#turn(upright.matches)
  }

  get isEmpty() {
    return isBlank(this.sheet.marks) && !this.inHand?.isDrawn
  }

  /** While the kiosk reads it: what happens, on the sheet, where the eyes are; and the sheet stays as it was sent. @param {boolean} isReading */
  tell(isReading) {
    this.isResting = isReading
    if (!isReading) this.isSent = false
    sayReading(this.#part("busy"), isReading)
    this.#look()
  }

  reset() {
    this.inHand.drop()
    this.sheet = new Sheet()
    this.hands = new Hands()
    this.isSent = false
    this.form.hidden = true
    this.form.reset()
    this.tools.reset()
    this.#penOnly().closest("label")?.setAttribute("hidden", "")
    this.tell(false)
    this.#turn(matchMedia("(orientation: portrait)").matches)
    this.#say("")
  }

  /** An empty sheet turns with the window; one with ink on it stays as it is. @param {boolean} isUpright */
  #turn(isUpright) {
    this.lens.whole()
    if (this.sheet.marks.length || this.sheet.undone.length || this.inHand.isOn) return
    const [width, height] = FORMATS[isUpright ? "upright" : "sideways"]
    this.dataset.format = isUpright ? "upright" : "sideways"
    this.painter.resize(width, height)
    this.cross.middle()
    this.#look()
  }

  /** @param {PointerEvent} event */
  #down(event) {
    this.tools.shut()
    if (this.isResting) return
    if (!this.form.hidden) return void this.form.requestSubmit()
    const hadPen = this.hands.hasPen
    const deed = this.hands.down(event, event.timeStamp)
    event.preventDefault()
    if (event.pointerId === this.hands.drawing || event.button === 1 || event.pointerType === "touch") this.canvas.setPointerCapture(event.pointerId)
    if (deed === "cancel" || deed === "restart") this.#drop()
    if (deed !== "begin" && deed !== "restart") return
    this.cross.show(false)
    this.#begin(this.#place(event), { hasPressure: event.pointerType === "pen", isEraserEnd: Hands.isEraserEnd(event), at: event.timeStamp })
    this.#ringed(event)
    if (!hadPen && this.hands.hasPen) this.#penCame()
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const deed = this.hands.move(event, event.timeStamp)
    this.#ringed(event)
    if (deed === "cancel") return this.#drop()
    if (deed === "view") return this.lens.pull(this.hands.pull)
    if (deed !== "extend") return
    const passed = event.getCoalescedEvents?.() ?? []
    const likely = (event.getPredictedEvents?.() ?? []).slice(0, 2).map((each) => this.#place(each))
    for (const each of passed.length ? passed : [event]) this.inHand.extend(this.#place(each), { at: each.timeStamp, likely })
  }

  /** @param {PointerEvent} event */
  #up(event) {
    const deed = this.hands.up(event, event.timeStamp)
    if (event.pointerType === "touch") this.ring.hide()
    if (deed === "undo") this.#undo()
    if (deed === "redo") this.#redo()
    if (deed !== "end") return
    if (event.type === "pointerup") this.inHand.extend(this.#place(event), { at: event.timeStamp }) // a quick one moves after the last move was told
    this.inHand.finish(event.timeStamp)
  }

  /** @param {import("./marks.js").Point} point @param {{hasPressure?: boolean, isEraserEnd?: boolean, at?: number}} [how] `at`: none by keys */
  #begin(point, { hasPressure = false, isEraserEnd = false, at: since } = {}) {
    const { tools } = this
    this.#say("")
    const tool = isEraserEnd ? "eraser" : tools.tool
    const at = /** @type {[number, number]} */ ([point[0], point[1]])
    if (tool === "sign") this.#add({ kind: "sign", path: tools.path, at, size: tools.width, ink: tools.ink })
    else if (tool === "label") this.#ask(at)
    else if (tool === "whole") this.inHand.rub(tools.width, point)
    else {
      const manner = { nib: tool === "shape" ? "pen" : tool, ink: tools.ink, width: tools.widthOf(tool), hasPressure }
      this.inHand.begin(manner, point, { isSnapping: tool === "shape", isPlain: tools.isOn("plain"), at: since })
    }
    this.#look()
  }

  /** @param {PointerEvent} event */
  #ringed(event) {
    if (event.pointerType === "touch" && event.pointerId !== this.hands.drawing) return
    const tool = Hands.isEraserEnd(event) ? "eraser" : this.tools.tool
    this.ring.show(this.#place(event), !this.isResting && RINGED.includes(tool) ? this.tools.widthOf(tool) : 0)
  }

  /** A stroke that was none. */
  #drop() {
    this.ring.hide()
    this.inHand.drop()
    this.#show()
  }

  /** @param {import("./marks.js").Mark} mark */
  #add(mark) {
    this.sheet.add(mark)
    this.#show()
  }

  #undo() {
    if (!this.inHand.isOn && !this.isResting && this.sheet.undo()) this.#show("undone")
  }

  #redo() {
    if (!this.inHand.isOn && !this.isResting && this.sheet.redo()) this.#show("redone")
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null
    if (!button || this.isResting) return
    const { act, paper, template, zoom } = button.dataset
    if (act === "undo") this.#undo()
    else if (act === "redo") this.#redo()
    else if (act === "clear" && !this.isEmpty) {
      this.sheet.add({ kind: "clear" })
      this.#show("cleared")
    } else if (act === "done") this.#send()
    if (paper) this.#add({ kind: "paper", colour: paper })
    if (template !== undefined) this.#add({ kind: "template", path: button.querySelector("path")?.getAttribute("d") ?? "", isSquare: template === "square" })
    if (act === "clear" || paper || template !== undefined) this.tools.shut({ isByKey: true })
    if (zoom) this.lens.step(Number(zoom))
  }

  /** @param {KeyboardEvent} event wherever the focus is, but in a field that has an undo of its own */
  #shortcut(event) {
    if (!this.checkVisibility() || this.isResting || (event.target instanceof HTMLInputElement && event.target.type === "text")) return
    const key = event.key.toLowerCase()
    const isWithControl = event.ctrlKey || event.metaKey
    if (isWithControl && key === "z") event.shiftKey ? this.#redo() : this.#undo()
    else if (isWithControl && key === "y") this.#redo()
    else if (!isWithControl && ["+", "-", "0"].includes(key)) this.lens.step({ "+": 1, "-": -1, 0: 0 }[key] ?? 0, this.cross.isShown ? this.cross.share : undefined)
    else return
    event.preventDefault()
  }

  /** @param {KeyboardEvent} event */
  #steer(event) {
    if (this.isResting) return
    const point = () => /** @type {import("./marks.js").Point} */ ([...this.cross.at, 0.5])
    if (this.cross.moves(event)) {
      this.lens.follow(this.cross.share)
      if (this.cross.isDown) this.inHand.extend(point())
    } else if (event.key === " " || event.key === "Enter") {
      if (event.repeat) return event.preventDefault()
      if (this.cross.isDown) this.#lift()
      else {
        this.#begin(point())
        this.cross.isDown = this.inHand.isOn
        if (this.cross.isDown) this.#say("penDown")
      }
    } else if (event.key === "Escape") this.#lift()
    else return
    event.preventDefault()
    this.cross.show(true)
  }

  #lift() {
    if (this.cross.isDown) {
      this.cross.isDown = false
      this.inHand.finish()
      this.#say("penUp")
    }
    this.cross.show(false)
  }

  /** Ask for the words that go here. @param {[number, number]} at */
  #ask(at) {
    this.labelAt = at
    this.form.reset()
    this.form.hidden = false
    const field = /** @type {HTMLInputElement} */ (this.form.querySelector("input"))
    setTimeout(() => field.focus({ preventScroll: true })) // the touch that asked would take it away again
  }

  /** @param {SubmitEvent} event */
  #write(event) {
    event.preventDefault()
    const field = /** @type {HTMLInputElement} */ (this.form.querySelector("input"))
    const words = field.value.trim()
    this.form.hidden = true
    this.form.reset()
    this.canvas.focus({ preventScroll: true })
    if (words && this.labelAt) this.#add(lettered(this.painter.brush, { words, at: this.labelAt, size: this.tools.widthOf("label"), ink: this.tools.ink }))
  }

  #penCame() {
    this.#penOnly().checked = true
    this.#penOnly().closest("label")?.removeAttribute("hidden")
    this.#say("pen")
  }

  #penOnly() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input[name=pen-only]"))
  }

  /** What was chosen on the rail holds from now on. */
  #adopt() {
    if (this.hands) this.hands.isPenOnly = this.tools?.isOn("pen-only") ?? false
    this.dataset.rail = this.tools?.isOn("left") ? "start" : "end"
  }

  #send() {
    if (this.isSent || this.isEmpty) return
    this.isSent = true
    this.canvas.toBlob((body) => {
      if (!body) return void (this.isSent = false)
      this.dispatchEvent(new CustomEvent("made", { bubbles: true, detail: { kind: "drawing", body, type: "image/png" } }))
    }, "image/png")
  }

  /** A sheet of paper instead of this one. @param {HTMLInputElement} input */
  async #sendPhoto(input) {
    const file = input.files?.[0]
    if (!file || this.isSent) return
    this.isSent = true
    const body = await smallPhoto(file)
    input.value = "" // the page keeps no way back to the file
    this.dispatchEvent(new CustomEvent("made", { bubbles: true, detail: { kind: "drawing", body, type: "image/jpeg" } }))
  }

  /** @param {PointerEvent} event @returns {import("./marks.js").Point} */
  #place(event) {
    return place(event, this.canvas.getBoundingClientRect(), this.canvas)
  }

  /** @param {string} [said] */
  #show(said) {
    this.painter.ground(ground(this.sheet.marks))
    this.painter.show(visible(this.sheet.marks))
    this.#look()
    if (said) this.#say(said)
  }

  #look() {
    this.#part("invite").hidden = !this.isEmpty
    this.#button("undo").disabled = this.isResting || !this.sheet.marks.length
    this.#button("redo").disabled = this.isResting || !this.sheet.undone.length
    this.#button("clear").disabled = this.isResting || this.isEmpty
    this.#button("done").disabled = this.isResting || this.isEmpty
  }

  /** @param {string} key */
  #say(key) {
    const state = this.#part("state")
    state.textContent = (key && state.dataset[key]) || ""
    state.toggleAttribute("data-seen", SEEN.includes(key)) // the rest shows by itself
  }

  /** @param {string} act */
  #button(act) {
    return /** @type {HTMLButtonElement} */ (this.querySelector(`[data-act=${act}]`))
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-part=${name}]`))
  }
}

customElements.define("drawing-board", DrawingBoard)
