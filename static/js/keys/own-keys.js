/**
 * <own-keys>: letters on the screen, for boxes that have no keyboard (kiosk/visit/own_keyboard.py tells).
 *
 * It learns nothing: no word is offered, mended or remembered. A key counts where the finger is lifted, so a slip can
 * still slide away; several fingers may type at once. The field keeps the focus, and what is typed comes to it as from
 * a keyboard, so that the pages need not know. Whoever uses a switch or listens can press the keys like any button.
 */
import { LAYOUTS, PICTURES, SIGNS, after, deleted, large } from "./layouts.js"

const FIELDS = "textarea, input:not([type]), input:is([type=text], [type=search], [type=password], [type=email], [type=url], [type=number])"
const SVG = "http://www.w3.org/2000/svg"
const HOLD_MS = 600 // then Delete goes on
const AGAIN_MS = 120

class OwnKeys extends HTMLElement {
  /** @type {HTMLInputElement | HTMLTextAreaElement | null} */
  field = null
  isLarge = false
  hasSigns = false
  /** @type {Map<number, Element>} which key each finger is on */
  down = new Map()
  deleting = 0
  language = "en"

  connectedCallback() {
    this.dir = "ltr" // as on every keyboard, whatever is written with it
    document.addEventListener("focusin", (event) => this.#look(event.target))
    document.addEventListener("click", (event) => this.#look(event.target)) // put away, and wanted again
    for (const kind of ["pointerdown", "mousedown"]) this.addEventListener(kind, (event) => event.preventDefault()) // the field keeps the focus
    this.addEventListener("pointerdown", (event) => this.#touch(event))
    this.addEventListener("pointerup", (event) => this.#lift(event))
    for (const kind of ["pointercancel", "pointerleave"]) this.addEventListener(kind, (event) => this.#slip(/** @type {PointerEvent} */ (event)))
    this.addEventListener("click", (event) => {
      if (event.detail === 0) this.#press(key(event.target)) // a switch, a key, a screen reader
    })
    new ResizeObserver(() => this.#tellHeight()).observe(this)
    this.#look(document.activeElement)
  }

  /** A field wants letters; one that is out of sight does not any more. @param {EventTarget | null} target */
  #look(target) {
    if (target instanceof Element && target.matches(FIELDS) && !target.matches(":disabled, :read-only")) {
      if (this.field !== target) this.language = languageOf(target)
      this.field = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (target)
      this.field.inputMode = "none" // these keys, and not the system's besides
      if (this.hidden) this.#open()
    } else if (!this.field?.checkVisibility()) this.#close()
  }

  #open() {
    this.hidden = false
    this.hasSigns = this.isLarge = false
    this.#lay()
    this.#tellHeight()
    for (const each of [this.field?.form, this.field]) each?.scrollIntoView({ block: "nearest" })
  }

  #close() {
    this.field = null
    this.hidden = true
    clearInterval(this.deleting)
    this.#tellHeight()
  }

  /** Pages make room for it: keys.css. */
  #tellHeight() {
    document.body.toggleAttribute("data-keys", !this.hidden)
    document.documentElement.style.setProperty("--keys", `${this.offsetHeight}px`)
  }

  #lay() {
    const letters = this.hasSigns ? SIGNS : LAYOUTS[this.language]
    const rows = letters.map((row) => Array.from(row, (letter) => this.#key(this.isLarge ? large(letter, this.language) : letter)))
    const last = rows[rows.length - 1]
    if (!this.hasSigns && this.language !== "ar") last.unshift(this.#key("shift", "", this.isLarge))
    last.push(this.#key("delete", ""))
    const { language, lettersAgain, signs, space } = this.dataset
    const name = this.#names()[this.language] ?? this.language
    rows.push([
      this.#key("signs", this.hasSigns ? lettersAgain : signs),
      this.#key("next", name, undefined, `${language} ${name}`),
      this.#key(this.language === "ar" ? "،" : ","),
      this.#key(" ", space),
      this.#key("."),
      this.#key("enter", ""),
      this.#key("close", ""),
    ])
    const focused = this.contains(document.activeElement) ? key(document.activeElement) : ""
    this.replaceChildren(...rows.map(row))
    if (focused) this.#button(focused)?.focus()
  }

  /** @param {string} code a letter, or what it does @param {string} [face] @param {boolean} [isPressed] @param {string} [name] */
  #key(code, face = code, isPressed, name = this.dataset[code]) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "own-key"
    if (code === " ") button.classList.add("own-key--space")
    else if (face.length > 1) button.classList.add("own-key--word")
    button.dataset.key = code
    button.append(face || picture(PICTURES[code]))
    if (name && name !== face) button.setAttribute("aria-label", name)
    if (isPressed !== undefined) button.setAttribute("aria-pressed", String(isPressed))
    return button
  }

  /** @param {PointerEvent} event */
  #touch(event) {
    const button = event.target instanceof Element ? event.target.closest("[data-key]") : null
    if (!button || event.button !== 0) return
    if (button.hasPointerCapture(event.pointerId)) button.releasePointerCapture(event.pointerId)
    this.down.set(event.pointerId, button)
    if (key(button) === "delete") this.deleting = setTimeout(() => (this.deleting = setInterval(() => this.#press("delete"), AGAIN_MS)), HOLD_MS)
  }

  /** @param {PointerEvent} event */
  #lift(event) {
    const button = this.down.get(event.pointerId)
    const there = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-key]")
    this.#slip(event)
    if (button && button === there) this.#press(key(button))
  }

  /** @param {PointerEvent} event */
  #slip(event) {
    this.down.delete(event.pointerId)
    clearInterval(this.deleting) // timeouts and intervals share their numbers
  }

  /** @param {string} code */
  #press(code) {
    if (!code) return
    if (code === "close") return this.#close()
    if (code in this.turns) {
      this.turns[code]()
      return this.#lay()
    }
    const { field } = this
    if (!field) return
    if (!this.contains(document.activeElement)) field.focus({ preventScroll: true })
    const name = { delete: "Backspace", enter: "Enter" }[code] ?? code
    if (!field.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }))) return
    if (code === "enter" && field instanceof HTMLInputElement) return field.form?.requestSubmit()
    if (code === "delete") this.#edit("")
    else this.#edit(code === "enter" ? "\n" : code)
    if (!this.isLarge || code === "delete") return
    this.isLarge = false
    this.#lay()
  }

  /** @type {Record<string, () => void>} */
  turns = {
    shift: () => (this.isLarge = !this.isLarge),
    signs: () => (this.hasSigns = !this.hasSigns),
    next: () => {
      this.language = after(this.language)
      this.hasSigns = this.isLarge = false
    },
  }

  /** @param {string} text to put in; empty: Delete was pressed */
  #edit(text) {
    const field = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (this.field)
    const length = field.value.length
    const [start, end] = [field.selectionStart ?? length, field.selectionEnd ?? length]
    const edit = text ? { text, start, end } : deleted(field.value, start, end)
    if (text && field.maxLength >= 0 && length - (end - start) + text.length > field.maxLength) return
    if (field.selectionStart === null) field.value = field.value.slice(0, edit.start) + edit.text // a field for numbers has no caret
    else field.setRangeText(edit.text, edit.start, edit.end, "end")
    if (field.selectionEnd === field.value.length) field.scrollTop = field.scrollHeight
    field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: text ? "insertText" : "deleteContentBackward", data: text || null }))
  }

  /** @param {string} code */
  #button(code) {
    return [...this.querySelectorAll("button")].find((each) => each.dataset.key === code)
  }

  /** @returns {Record<string, string>} of the languages */
  #names() {
    return JSON.parse(this.dataset.languages ?? "{}")
  }
}

/** @param {EventTarget | null} target */
function key(target) {
  const button = target instanceof Element ? target.closest("[data-key]") : null
  return button instanceof HTMLElement ? (button.dataset.key ?? "") : ""
}

/** What is likely to be written there. @param {Element} field */
function languageOf(field) {
  const language = field.closest("[lang]")?.getAttribute("lang") ?? ""
  return language in LAYOUTS ? language : "en"
}

/** @param {string} path */
function picture(path) {
  const svg = document.createElementNS(SVG, "svg")
  for (const [name, value] of Object.entries({ class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" })) svg.setAttribute(name, value)
  svg.append(document.createElementNS(SVG, "path"))
  svg.firstElementChild?.setAttribute("d", path)
  return svg
}

/** @param {HTMLElement[]} keys */
function row(keys) {
  const line = document.createElement("div")
  line.className = "own-keys__row"
  line.append(...keys)
  return line
}

customElements.define("own-keys", OwnKeys)
