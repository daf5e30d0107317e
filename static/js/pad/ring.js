/** A ring round the pointer, as wide as what the tool in hand touches: what is under it goes, or comes. */
export class Ring {
  /** @param {HTMLElement} paper @param {HTMLCanvasElement} canvas */
  constructor(paper, canvas) {
    this.canvas = canvas
    this.mark = document.createElement("span")
    this.mark.className = "draw__ring"
    this.mark.setAttribute("aria-hidden", "true")
    this.mark.hidden = true
    paper.append(this.mark)
  }

  /** @param {import("./marks.js").Point} point @param {number} width in drawing pixels; none: no ring */
  show([x, y], width) {
    this.mark.hidden = !width
    if (!width) return
    const share = (/** @type {number} */ part, /** @type {number} */ whole) => `${(100 * part) / whole}%`
    this.mark.style.setProperty("left", share(x, this.canvas.width))
    this.mark.style.setProperty("top", share(y, this.canvas.height))
    this.mark.style.setProperty("width", share(width, this.canvas.width))
  }

  hide() {
    this.mark.hidden = true
  }
}
