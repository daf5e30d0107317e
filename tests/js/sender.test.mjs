import assert from "node:assert/strict"
import { test } from "node:test"
import { Problem } from "../../static/js/parts/api.js"
import { send } from "../../static/js/visit/sender.js"

const waiting = () => ({ isOver: () => false, onPause: () => {} })

/** A kiosk that keeps what arrives as drafts; `onCall` may change the text, or cut the connection. */
function kiosk(onCall) {
  const drafts = new Map()
  let calls = 0
  const ask = async (method, path, { body } = {}) => {
    if (method === "DELETE") return void drafts.delete(path.split("/").at(-1))
    calls += 1
    if (onCall(calls) === "cut") throw new Problem(0, "")
    drafts.set(`d${calls}`, body)
    return { draft: `d${calls}` }
  }
  return { ask, drafts }
}

test("a text changed between two tries is sent as it stands", async () => {
  let text = "old"
  const { ask, drafts } = kiosk((call) => {
    if (call > 1) return
    text = "new"
    return "cut"
  })
  assert.equal(await send({ kind: "note", body: () => text, type: "text/plain" }, waiting(), ask), "d2")
  assert.deepEqual([...drafts], [["d2", "new"]])
})

test("a text changed while it was on its way is sent again, and the older draft is forgotten", async () => {
  let text = "old"
  const { ask, drafts } = kiosk((call) => {
    if (call === 1) text = "new"
  })
  assert.equal(await send({ kind: "note", body: () => text, type: "text/plain" }, waiting(), ask), "d2")
  assert.deepEqual([...drafts], [["d2", "new"]])
})

test("a text that stays the same is sent once", async () => {
  const { ask, drafts } = kiosk(() => {})
  assert.equal(await send({ kind: "note", body: () => "same", type: "text/plain" }, waiting(), ask), "d1")
  assert.deepEqual([...drafts], [["d1", "same"]])
})
