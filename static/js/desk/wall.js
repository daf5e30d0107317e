/**
 * The wall: <wall-board> round the clusters that the server wrote. PageDown and PageUp, the two keys of a
 * clicker, walk through it: all clusters, then each theme, first its cards, then its name. With the focus
 * on a cluster the arrow keys move it, as dragging does; Enter goes on into its cards, one after the other, each
 * moved the same way, and Escape back to it. B or a full stop blanks the screen at once.
 */
const STEP_PX = 48
const TICK_MS = 1000
const MINUTES = [3, 5, 10, 2]
const AWAY_MS = 4000
const CLICK_PX = 6 // a hand that clicks trembles so much
const AWAKE_MS = 60_000

class WallBoard extends HTMLElement {
  connectedCallback() {
    this.board = this.#part("board")
    this.clusters = /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[data-cluster]")])
    this.place = 0 // 0: all clusters; then two places for each, its cards and its name
    this.minutes = 0
    this.#part("scripted").hidden = false
    addEventListener("keydown", (event) => this.#key(event))
    this.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("[data-act]") : null
      if (button instanceof HTMLElement) this.#act(button.dataset.act ?? "")
    })
    this.addEventListener("submit", (event) => this.#count(event))
    this.#part("blank").addEventListener("click", () => this.#act("blank"))
    for (const cluster of this.clusters) {
      this.#draggable(cluster, /** @type {HTMLElement} */ (cluster.querySelector("[data-handle]")))
      for (const card of cluster.querySelectorAll("[data-card]")) if (card instanceof HTMLElement) this.#draggable(card, card)
    }
    this.top = 0
    this.held = /** @type {HTMLElement | null} */ (null)
    this.way = 0
    addEventListener("pointermove", (event) => this.#drag(event))
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => this.#drop())
    this.beat = Date.now()
    for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => this.#keepAwake(), { passive: true })
    if (matchMedia("(any-hover: hover)").matches) {
      addEventListener("pointermove", () => this.#showTools())
      this.#showTools()
    }
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-part=${name}]`))
  }

  /** Whoever uses the wall uses the desk: it does not lock under their hands. */
  #keepAwake() {
    if (Date.now() - this.beat < AWAKE_MS) return
    this.beat = Date.now()
    fetch(location.href, { method: "HEAD" }).catch(() => null)
  }

  #showTools() {
    const tools = this.#part("tools")
    delete tools.dataset.away
    clearTimeout(this.away)
    this.away = setTimeout(() => (tools.dataset.away = ""), AWAY_MS)
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const dialog = /** @type {HTMLDialogElement} */ (this.#part("dots"))
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (dialog.open) {
      if (event.key.toLowerCase() !== "b") return
      dialog.close() // dots are figures, so B still blanks the screen at once
    }
    const act = { PageDown: "next", PageUp: "back", n: "names", b: "blank", ".": "blank", t: "timer", d: "dots", Escape: "leave" }[
      event.key.length === 1 ? event.key.toLowerCase() : event.key
    ]
    const focused = event.target instanceof HTMLElement ? event.target : this
    const thing = focused.matches("[data-cluster], [data-card]") ? focused : null
    if (thing && this.#walk(thing, event)) return event.preventDefault()
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    if (act) this.#act(act)
    else if (by && thing && !(this.place && thing.dataset.cluster !== undefined)) this.#move(thing, by[0] * STEP_PX, by[1] * STEP_PX)
    else if (by?.[0]) this.#act(by[0] > 0 ? "next" : "back")
    else return
    event.preventDefault()
  }

  /**
   * From a cluster into its cards, on to the next one or back to the one before, and out again.
   * @param {HTMLElement} thing
   * @param {KeyboardEvent} event
   */
  #walk(thing, event) {
    const cluster = /** @type {HTMLElement} */ (thing.closest("[data-cluster]"))
    const isCard = thing !== cluster
    if (event.key !== "Enter" && !(event.key === "Escape" && isCard)) return false
    const cards = /** @type {HTMLElement[]} */ ([...cluster.querySelectorAll("[data-card]")])
    const next = cards[cards.indexOf(thing) + (event.shiftKey ? -1 : 1)]
    ;(event.key === "Enter" && next ? next : cluster).focus()
    return true
  }

  /** @param {string} act */
  #act(act) {
    if (act === "blank") return this.#blank()
    if (!this.#part("blank").hidden) return // nothing moves on behind a blank screen
    if (act === "next" || act === "back") this.#go(this.place + (act === "next" ? 1 : -1))
    if (act === "names") {
      const isAny = this.clusters.some((each) => each.querySelector("details:not([open])"))
      for (const each of this.querySelectorAll("details")) each.open = isAny
    }
    if (act === "leave") this.querySelector("a")?.click()
    if (act === "timer") this.#time()
    if (act === "dots") /** @type {HTMLDialogElement} */ (this.#part("dots")).showModal()
  }

  #blank() {
    const blank = this.#part("blank")
    blank.hidden = !blank.hidden
    for (const name of ["board", "tools"]) this.#part(name).inert = !blank.hidden
  }

  /** @param {number} place */
  #go(place) {
    if (!this.board || place < 0 || place > 2 * this.clusters.length) return
    this.place = place
    const current = place ? this.clusters[Math.floor((place - 1) / 2)] : null
    this.board.toggleAttribute("data-one", Boolean(current))
    for (const each of this.clusters) each.toggleAttribute("data-current", each === current)
    const name = current?.querySelector("details")
    if (name) name.open = place % 2 === 0 // the room says first what it sees
    scrollTo(0, 0)
    current?.focus({ preventScroll: true })
  }

  /**
   * @param {HTMLElement} thing A cluster or a card.
   * @param {number} x
   * @param {number} y
   */
  #move(thing, x, y) {
    const [left, top] = (thing.dataset.at ?? "0 0").split(" ").map(Number)
    thing.dataset.at = `${left + x} ${top + y}`
    thing.style.transform = `translate(${left + x}px, ${top + y}px)`
  }

  /**
   * @param {HTMLElement} thing
   * @param {HTMLElement} handle What it is held by.
   */
  #draggable(thing, handle) {
    handle.addEventListener("pointerdown", (event) => {
      const isCard = thing.dataset.card !== undefined
      if ((this.place && !isCard) || event.button) return
      this.held = thing
      this.way = 0
      const cluster = /** @type {HTMLElement} */ (thing.closest("[data-cluster]"))
      Object.assign(cluster.style, { position: "relative", zIndex: String(++this.top) }) // what was moved last lies on top
    })
    // Whoever has dragged by the name did not mean to open it.
    handle.addEventListener("click", (event) => this.way > CLICK_PX && event.preventDefault(), { capture: true })
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    if (!this.held) return
    this.way += Math.abs(event.movementX) + Math.abs(event.movementY)
    if (this.way > CLICK_PX) this.held.dataset.dragged = ""
    this.#move(this.held, event.movementX, event.movementY)
  }

  #drop() {
    delete this.held?.dataset.dragged
    this.held = null
  }

  /** The next length of time, and after the last one none: a ring that empties, without a sound. */
  #time() {
    const timer = this.#part("timer")
    const at = MINUTES.indexOf(this.minutes) + 1
    clearInterval(this.ticking)
    this.minutes = MINUTES[at] ?? 0
    timer.hidden = !this.minutes
    if (!this.minutes) return
    const ends = Date.now() + this.minutes * 60_000
    const tick = () => {
      const left = Math.max(0, ends - Date.now())
      timer.style.setProperty("--left", `${left / (this.minutes * 60_000)}turn`)
      this.#part("minutes").textContent = String(Math.ceil(left / 60_000))
      if (!left) clearInterval(this.ticking)
    }
    this.ticking = setInterval(tick, TICK_MS)
    tick()
  }

  /**
   * Dots are counted without a new page, which would hide the names and mix the cards again.
   * @param {SubmitEvent} event
   */
  async #count(event) {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || form.method !== "post") return
    event.preventDefault()
    const body = new URLSearchParams()
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value)
    const answer = await fetch(form.action, { method: "POST", body }).catch(() => null)
    if (!answer?.ok) return void form.submit()
    const id = form.action.split("/").at(-2)
    const count = Number(body.get("dots"))
    const text = count ? `${"●".repeat(Math.min(count, 12))} ${count}` : ""
    for (const shown of this.querySelectorAll(`[data-dots="${id}"]`)) shown.textContent = text // on the wall and in the dialog
  }
}

customElements.define("wall-board", WallBoard)
