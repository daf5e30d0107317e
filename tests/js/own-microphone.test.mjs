import assert from "node:assert/strict"
import { test } from "node:test"
import { Problem } from "../../static/js/parts/api.js"
import { OwnMicrophone } from "../../static/js/visit/own-microphone.js"

function kiosk(answers = {}) {
  const asked = []
  const ask = async (method, path) => {
    asked.push(`${method} ${path}`)
    const answer = answers[`${method} ${path}`]
    if (answer instanceof Error) throw answer
    return answer ?? { draft: "d1", state: "recording", level: 0.5 }
  }
  return { ask, asked }
}

test("a pause is the kiosk's: it hears nothing until the visitor goes on", async () => {
  const { ask, asked } = kiosk({ "GET /api/microphone": { state: "paused", level: 0 } })
  let lost = 0
  const own = new OwnMicrophone(() => (lost += 1), "", ask)
  await own.start()
  own.pause()
  await new Promise((resolve) => setTimeout(resolve, 300))
  own.resume()
  own.drop()
  assert.equal(lost, 0)
  assert.deepEqual(asked.filter((each) => !each.startsWith("GET")), [
    "POST /api/microphone/start", "POST /api/microphone/pause", "POST /api/microphone/resume", "DELETE /api/drafts/d1",
  ])
})

test("a pause that the kiosk did not hear of ends the recording", async () => {
  const { ask, asked } = kiosk({ "POST /api/microphone/pause": new Problem(503, "busy") })
  const own = new OwnMicrophone(() => {}, "", ask)
  await own.start()
  own.pause()
  await new Promise((resolve) => setTimeout(resolve, 20))
  own.drop()
  assert.ok(asked.includes("POST /api/microphone/stop"))
})

test("the kiosk is asked once to stop, however often the page asks", async () => {
  const { ask, asked } = kiosk()
  const own = new OwnMicrophone(() => {}, "", ask)
  await own.start()
  own.pause()
  assert.deepEqual([await own.stop(), await own.stop()], ["d1", "d1"])
  assert.equal(asked.filter((each) => each.endsWith("/stop")).length, 1)
})

test("forgetting deletes the draft, and so the kiosk stops listening", async () => {
  const { ask, asked } = kiosk()
  const own = new OwnMicrophone(() => {}, "", ask)
  await own.start()
  own.drop()
  own.drop()
  assert.deepEqual(asked, ["POST /api/microphone/start", "DELETE /api/drafts/d1"])
})

test("a microphone that is gone is told, once", async () => {
  let lost = 0
  const { ask } = kiosk({ "GET /api/microphone": { state: "lost", level: 0 } })
  const own = new OwnMicrophone(() => (lost += 1), "", ask)
  await own.start()
  await new Promise((resolve) => setTimeout(resolve, 400))
  assert.equal(lost, 1)
})

test("after a failed stop, Done may ask again", async () => {
  const answers = { "POST /api/microphone/stop": new Problem(503, "busy") }
  const { ask } = kiosk(answers)
  const own = new OwnMicrophone(() => {}, "", ask)
  await own.start()
  await assert.rejects(own.stop())
  delete answers["POST /api/microphone/stop"]
  assert.equal(await own.stop(), "d1")
})

test("the kiosk is told which language it will hear", async () => {
  const { ask, asked } = kiosk()
  const own = new OwnMicrophone(() => {}, "pl", ask)
  await own.start()
  own.drop()
  assert.equal(asked[0], "POST /api/microphone/start?language=pl")
})
