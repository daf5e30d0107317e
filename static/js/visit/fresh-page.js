/**
 * Ends a visit with a new document: what this one asked for, ran and remembered is gone with it.
 * Until the kiosk answers, nothing is opened, so that no error page of the browser ever shows.
 */
import { call, sleep } from "../parts/api.js"

const AGAIN_MS = 2000

/** @param {import("./screens.js").Screens} screens @param {string} [path] */
export async function openFresh(screens, path = "/") {
  screens.show("between")
  for (let tries = 0; !(await answers()); tries += 1) {
    screens.say("between", screens.part("between").dataset.waiting ?? "")
    await sleep(AGAIN_MS)
  }
  location.replace(path) // replace: history never grows
}

async function answers() {
  try {
    await call("GET", "/healthz")
    return true
  } catch {
    return false
  }
}
