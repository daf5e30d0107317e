/** The screen between Done and the preview, while the kiosk works. */
export class WorkingScreen {
  /** @param {import("./screens.js").Screens} screens */
  constructor(screens) {
    this.screens = screens
  }

  begin() {
    this.screens.show("working")
    this.screens.part("progress").value = 0
    this.screens.say("place", this.screens.part("place").dataset.now ?? "")
  }

  /** @param {import("./sender.js").Shown} shown */
  tell(shown) {
    if (this.screens.name !== "working") this.begin()
    this.screens.trouble(null) // it answers
    this.screens.part("progress").value = Math.round(100 * (shown.progress ?? 0))
    const { dataset } = this.screens.part("place")
    this.screens.say("place", shown.place > 1 ? dataset.many.replace("{n}", String(shown.place)) : shown.place === 1 ? dataset.one : dataset.now)
    const isWatched = this.screens.element("memo-recorder").wantsWords
    this.screens.part("words").toggleAttribute("hidden", !(isWatched && shown.words_so_far))
    if (isWatched) this.screens.say("words", shown.words_so_far ?? "")
  }
}
