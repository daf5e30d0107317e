/** Words behind the ring, for who wants to see them while speaking. */
import { call } from "../parts/api.js"

const EVERY_MS = 1500

/** @param {import("./screens.js").Screens} screens */
export function watchWords(screens) {
  setInterval(() => void look(screens), EVERY_MS)
}

/** @param {import("./screens.js").Screens} screens */
async function look(screens) {
  const recorder = screens.element("memo-recorder")
  if (screens.name !== "speak" || !recorder?.wantsWords || !recorder.draft) return
  try {
    const shown = await call("GET", `/api/drafts/${recorder.draft}`)
    const heard = recorder.the("heard")
    heard.textContent = shown.words_so_far ?? ""
    heard.scrollTop = heard.scrollHeight
  } catch {
    // Only a comfort; the preview will tell.
  }
}
