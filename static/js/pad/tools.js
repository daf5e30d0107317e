/**
 * The rail and its two drawers: which tool is in hand, and each tool's own colour and width, for this visit only.
 * @typedef {"pen" | "marker" | "highlighter" | "eraser" | "whole" | "shape" | "label" | "sign"} Tool
 */
/** Thin, middle, thick, in drawing pixels: of lines, of letters, of signs. @type {Record<Tool, [number, number, number]>} */
export const WIDTHS = {
  pen: [4, 9, 20],
  marker: [16, 28, 46],
  highlighter: [32, 52, 80],
  eraser: [28, 64, 130],
  whole: [12, 28, 64],
  shape: [4, 9, 20],
  label: [36, 54, 84],
  sign: [100, 170, 280],
}
const NIBS = ["pen", "marker", "highlighter"]
const MARKS = ["sign", "label", "shape"]
const HIGHLIGHT = 4 // yellow, of the twelve

export class Tools {
  /** @type {Tool} */
  tool = "pen"
  /** @type {Tool} the one to come back to after rubbing out or a sign */
  #nib = "pen"
  path = "" // of the sign in hand
  /** @type {Map<Tool, {ink: number, width: number}>} */
  #own = new Map()

  /** @param {HTMLElement} root @param {{onChange: () => void}} options */
  constructor(root, { onChange }) {
    this.root = root
    this.onChange = onChange
    root.addEventListener("click", (event) => this.#click(event))
    root.addEventListener("change", (event) => this.#chosen(/** @type {HTMLInputElement} */ (event.target)))
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#open()) this.shut({ isByKey: true })
    })
    this.reset()
  }

  get ink() {
    return this.#inputs("ink")[this.#settings().ink].value
  }

  get width() {
    return WIDTHS[this.tool][this.#settings().width]
  }

  /** @param {Tool} tool */
  widthOf(tool) {
    return WIDTHS[tool][this.#settings(tool).width]
  }

  /** @param {string} name */
  isOn(name) {
    return this.#inputs(name).some((input) => input.checked)
  }

  reset() {
    this.#own = new Map()
    for (const input of this.root.querySelectorAll("input")) input.checked = input.defaultChecked
    this.#nib = "pen"
    this.shut()
    this.take("pen")
  }

  /** @param {Tool} tool */
  take(tool) {
    this.tool = tool
    if (NIBS.includes(tool)) this.#nib = tool
    for (const button of this.#buttons("tool")) {
      const isDraw = button.dataset.tool === "draw" && NIBS.includes(tool)
      const isRubber = button.dataset.tool === "eraser" && tool === "whole" && !button.closest("[data-drawer-of]")
      button.setAttribute("aria-pressed", String(isDraw || isRubber || button.dataset.tool === tool))
    }
    // What is in hand may lie in a drawer that is shut: then the drawer's button says so.
    for (const button of this.#buttons("drawer")) button.toggleAttribute("data-in-hand", button.dataset.drawer === "more" && MARKS.includes(tool))
    for (const button of this.#buttons("sign")) button.setAttribute("aria-pressed", String(tool === "sign" && this.#pathOf(button) === this.path))
    for (const each of this.root.querySelectorAll("[data-tools]")) each.toggleAttribute("hidden", !(/** @type {HTMLElement} */ (each).dataset.tools?.split(" ").includes(tool)))
    const { ink, width } = this.#settings()
    this.#inputs("ink")[ink].checked = true
    this.#inputs("width")[width].checked = true
    this.#look()
    this.onChange()
  }

  /** @param {{isByKey?: boolean}} [options] */
  shut({ isByKey = false } = {}) {
    const open = this.#open()
    this.#drawer("")
    if (isByKey) open?.focus()
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null
    if (!button) return
    const { tool, drawer, sign } = button.dataset
    if (drawer !== undefined) this.#drawer(button.getAttribute("aria-expanded") === "true" ? "" : drawer)
    if (sign !== undefined) this.path = this.#pathOf(button)
    if (sign !== undefined) this.take("sign")
    if (tool === "draw" && NIBS.includes(this.tool)) return this.#drawer("ink") // once more: how it draws
    if (tool === "eraser" && this.tool === "eraser" && !button.closest("[data-drawer-of]")) return this.#drawer("ink")
    if (tool) this.take(tool === "draw" ? this.#nib : /** @type {Tool} */ (tool))
    if (tool || sign !== undefined) if (!button.closest("[data-drawer-of=ink]")) this.#drawer("")
  }

  /** @param {HTMLInputElement} input */
  #chosen(input) {
    if (input.name === "ink" || input.name === "width") {
      this.#own.set(this.tool, { ...this.#settings(), [input.name]: this.#inputs(input.name).indexOf(input) })
      this.#look()
    }
    this.onChange()
  }

  /** @param {Tool} [tool] */
  #settings(tool = this.tool) {
    return this.#own.get(tool) ?? { ink: tool === "highlighter" ? HIGHLIGHT : 0, width: 1 }
  }

  /** The dot on the rail shows what the next stroke will look like. */
  #look() {
    const dot = /** @type {HTMLElement} */ (this.root.querySelector("[data-part=dot]"))
    const isRubber = this.tool === "eraser" || this.tool === "whole"
    dot.style.setProperty("--ink", isRubber ? "#ffffff" : this.ink)
    dot.dataset.width = String(this.#settings().width)
    dot.toggleAttribute("data-see-through", this.tool === "highlighter")
  }

  /** @param {string} name of the one that opens; none: all shut */
  #drawer(name) {
    for (const each of this.root.querySelectorAll("[data-drawer-of]")) each.toggleAttribute("hidden", /** @type {HTMLElement} */ (each).dataset.drawerOf !== name)
    for (const button of this.#buttons("drawer")) button.setAttribute("aria-expanded", String(button.dataset.drawer === name))
  }

  #open() {
    return this.#buttons("drawer").find((button) => button.getAttribute("aria-expanded") === "true")
  }

  /** @param {HTMLElement} button */
  #pathOf(button) {
    return button.querySelector("path")?.getAttribute("d") ?? ""
  }

  /** @param {string} name @returns {HTMLButtonElement[]} */
  #buttons(name) {
    return [.../** @type {NodeListOf<HTMLButtonElement>} */ (this.root.querySelectorAll(`button[data-${name}]`))]
  }

  /** @param {string} name @returns {HTMLInputElement[]} */
  #inputs(name) {
    return [.../** @type {NodeListOf<HTMLInputElement>} */ (this.root.querySelectorAll(`input[name=${name}]`))]
  }
}
