import assert from "node:assert/strict"
import { test } from "node:test"
import { Problem, persist } from "../../static/js/parts/api.js"
import { LiveMemo } from "../../static/js/visit/live-memo.js"

/** A kiosk of a few lines: remembers what it was sent and can be told to fail. */
function kiosk(failing = () => 0) {
  const asked = []
  const heard = { live: "", whole: "" }
  const ask = async (method, path, options = {}) => {
    const body = options.body ? await options.body.text() : ""
    asked.push(`${method} ${path}`)
    const status = failing(`${method} ${path}`, asked.length)
    if (status) throw new Problem(status === "cut" ? 0 : status, "no")
    if (path.endsWith("/pieces")) heard.live += body
    const isNew = method === "POST" && path.split("?")[0] === "/api/drafts"
    const isLive = path.includes("live=1")
    if (isNew && !isLive) heard.whole = body
    return isNew ? { draft: isLive ? "live1" : "whole1" } : null
  }
  return { ask, asked, heard }
}

const piece = (text) => new Blob([text])

test("pieces arrive in order, one after another, and finish names the live draft", async () => {
  const { ask, asked, heard } = kiosk()
  const memo = new LiveMemo("audio/webm", "", ask)
  for (const text of ["a", "b", "c", "d"]) memo.add(piece(text))
  assert.equal(await memo.finish(4), "live1")
  assert.equal(heard.live, "abcd")
  assert.equal(asked.at(-1), "POST /api/drafts/live1/finish")
})

test("whenever the live way fails, the whole recording is sent, once", async () => {
  for (let failsAt = 1; failsAt <= 6; failsAt += 1) {
    const { ask, heard, asked } = kiosk((call, count) => (count === failsAt && call.includes("POST") ? 500 : 0))
    const memo = new LiveMemo("audio/webm", "", ask)
    for (const text of ["a", "b", "c", "d"]) memo.add(piece(text))
    const draft = await memo.finish(4)
    if (draft === "whole1") {
      assert.equal(heard.whole, "abcd", `failing at ${failsAt}`)
      assert.equal(asked.filter((each) => each === "POST /api/drafts").length, 1)
    } else assert.equal(heard.live, "abcd")
  }
})

test("a kiosk without a model refuses pieces, and the whole is sent at the end", async () => {
  const { ask, asked, heard } = kiosk((call) => (call.includes("live=1") ? 409 : 0))
  const memo = new LiveMemo("audio/webm", "", ask)
  memo.add(piece("a"))
  memo.add(piece("b"))
  assert.equal(await memo.finish(2), "whole1")
  assert.equal(heard.whole, "ab")
  assert.ok(!asked.some((each) => each.endsWith("/pieces")))
})

test("when nothing gets through, every word is still here", async () => {
  const { ask } = kiosk(() => 507)
  const memo = new LiveMemo("audio/webm", "", ask)
  memo.add(piece("abc"))
  await assert.rejects(memo.finish(2), (problem) => problem.status === 507)
  assert.equal(await memo.whole().text(), "abc")
})

test("dropping forgets here and at the kiosk, even a draft that is only being made", async () => {
  const { ask, asked } = kiosk()
  const memo = new LiveMemo("audio/webm", "", ask)
  memo.add(piece("a"))
  memo.drop()
  await memo.sending
  await new Promise((resolve) => setTimeout(resolve))
  assert.equal(memo.pieces.length, 0)
  assert.ok(asked.every((each) => !each.endsWith("/pieces")))
  const other = new LiveMemo("audio/webm", "", ask)
  other.add(piece("a"))
  await other.sending
  other.drop()
  assert.ok(asked.includes("DELETE /api/drafts/live1"))
})

test("a passing failure is tried again, a refusal is not", async () => {
  let tries = 0
  const wait = async () => {}
  const late = () => (++tries < 3 ? Promise.reject(new Problem(503, "busy", 1)) : Promise.resolve("done"))
  assert.equal(await persist(late, { wait }), "done")
  tries = 0
  const never = () => (tries++, Promise.reject(new Problem(422, "no")))
  await assert.rejects(persist(never, { wait }))
  assert.equal(tries, 1)
  tries = 0
  const closed = () => (tries++, Promise.reject(new Problem(503, "nothing is open", 600)))
  await assert.rejects(persist(closed, { wait }))
  assert.equal(tries, 1)
})

test("the language that was chosen goes with the pieces, and with the whole", async () => {
  const { ask, asked } = kiosk((call) => (call.includes("live=1") ? 409 : 0))
  const memo = new LiveMemo("audio/webm", "pl", ask)
  memo.add(piece("a"))
  await memo.finish(1)
  assert.deepEqual(asked, ["POST /api/drafts?live=1&language=pl", "POST /api/drafts?language=pl"])
})

test("with somebody who waits there is no last try, and none once they have gone", async () => {
  let tries = 0
  let isOver = false
  const wait = async () => {}
  const late = async () => {
    tries += 1
    if (tries < 40) throw new Problem(0, "")
    return "done"
  }
  assert.equal(await persist(late, { wait, isOver: () => isOver }), "done")
  const never = async () => {
    tries += 1
    if (tries === 60) isOver = true
    throw new Problem(0, "")
  }
  await assert.rejects(persist(never, { wait, isOver: () => isOver }))
  assert.equal(tries, 60)
})
