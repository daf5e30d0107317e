/**
 * A text as the preview shows it: words that can be struck, the gaps between them, placeholders.
 *
 * The kiosk counts code points, JavaScript counts UTF-16 units: an emoji is 1 there and 2 here.
 * Everything in this module is in UTF-16 but what `fromCodePoints` takes and `struckRanges` gives.
 *
 * @typedef {{start: number, end: number, text: string, isWord: boolean, isPlaceholder: boolean, isUnsure: boolean, kind?: string}} Token
 */

/**
 * Where each code point begins, with the length at the end.
 * @param {string} text @returns {number[]}
 */
export function codePointStarts(text) {
  const starts = []
  let at = 0
  for (const character of text) {
    starts.push(at)
    at += character.length
  }
  starts.push(at)
  return starts
}

/** @param {string} text @param {[number, number]} range in code points @returns {[number, number]} in UTF-16 */
export function fromCodePoints(text, [start, end]) {
  const starts = codePointStarts(text)
  const last = starts.length - 1
  return [starts[Math.min(Math.max(start, 0), last)], starts[Math.min(Math.max(end, 0), last)]]
}

/** @param {string} text @param {number} offset in UTF-16 @returns {number} in code points */
export function toCodePoint(text, offset) {
  return Array.from(text.slice(0, offset)).length
}

/** @param {string} text @returns {number} its length as the kiosk counts it */
export function codePointLength(text) {
  return Array.from(text).length
}

/**
 * Cut a text into tokens; joined again they are the text.
 * @param {string} text
 * @param {{start: number, end: number, kind?: string}[]} spans placeholders, code points, in order and apart
 * @param {[number, number][]} unsure code points
 * @returns {Token[]}
 */
export function tokens(text, spans = [], unsure = []) {
  const starts = codePointStarts(text)
  const at = (/** @type {number} */ point) => starts[Math.min(Math.max(point, 0), starts.length - 1)]
  const doubts = unsure.map(([start, end]) => [at(start), at(end)])
  /** @type {Token[]} */
  const result = []
  const plain = (/** @type {number} */ from, /** @type {number} */ to) => {
    let start = from
    for (const piece of pieces(text.slice(from, to))) {
      const end = start + piece.length
      const isWord = !/^\s/u.test(piece)
      const isUnsure = isWord && doubts.some(([a, b]) => a < end && b > start)
      result.push({ start, end, text: piece, isWord, isPlaceholder: false, isUnsure })
      start = end
    }
  }
  let done = 0
  for (const span of [...spans].sort((one, other) => one.start - other.start)) {
    const start = Math.max(at(span.start), done)
    const end = at(span.end)
    if (end <= start) continue
    plain(done, start)
    result.push({ start, end, text: text.slice(start, end), isWord: true, isPlaceholder: true, isUnsure: false, kind: span.kind })
    done = end
  }
  plain(done, text.length)
  return result
}

// Scripts that leave no space between words.
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** Words and the gaps between them; where a script has no gaps, its words, or its characters. @param {string} text */
function pieces(text) {
  return [...text.matchAll(/\s+|\S+/gu)].flatMap(([piece]) => {
    if (!UNSPACED.test(piece)) return [piece]
    if (!("Segmenter" in Intl)) return [...piece]
    return Array.from(new Intl.Segmenter(undefined, { granularity: "word" }).segment(piece), ({ segment }) => segment)
  })
}

/**
 * What to tell the kiosk: struck neighbours become one range, with the gap between them.
 * @param {string} text
 * @param {Token[]} all
 * @param {ReadonlySet<number>} struck indexes into `all`
 * @returns {[number, number][]} code points, in order, apart
 */
export function struckRanges(text, all, struck) {
  /** @type {[number, number][]} */
  const ranges = []
  let open = -1
  let close = -1
  const end = () => {
    if (open >= 0) ranges.push([toCodePoint(text, open), toCodePoint(text, close)])
    open = -1
  }
  all.forEach((token, index) => {
    if (!token.isWord) return
    if (!struck.has(index)) return end()
    if (open < 0) open = token.start
    close = token.end
  })
  end()
  return ranges
}

const MOST_PAIRS = 4_000_000 // of words; more would take seconds

/**
 * Which words of a new text are still struck: those that stand where struck words stood, by the longest way both texts share.
 * @param {Token[]} before @param {ReadonlySet<number>} struck indexes into `before` @param {Token[]} after
 * @returns {Set<number>} indexes into `after`
 */
export function carried(before, struck, after) {
  if (!struck.size) return new Set()
  const found = new Set()
  const old = before.flatMap((token, index) => (token.isWord ? [index] : []))
  const now = after.flatMap((token, index) => (token.isWord ? [index] : []))
  while (old.length && now.length && isSame(before[old[0]], after[now[0]])) {
    if (struck.has(/** @type {number} */ (old.shift()))) found.add(now[0])
    now.shift()
  }
  while (old.length && now.length && isSame(before[old[old.length - 1]], after[now[now.length - 1]])) {
    const last = /** @type {number} */ (now.pop())
    if (struck.has(/** @type {number} */ (old.pop()))) found.add(last)
  }
  if (old.length * now.length > MOST_PAIRS) return found // nearly nothing of the old text is left
  const width = now.length + 1
  const shared = new Uint32Array((old.length + 1) * width) // longest common way from here to the end
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = now.length - 1; column >= 0; column -= 1) {
      shared[row * width + column] = isSame(before[old[row]], after[now[column]])
        ? shared[(row + 1) * width + column + 1] + 1
        : Math.max(shared[(row + 1) * width + column], shared[row * width + column + 1])
    }
  }
  for (let row = 0, column = 0; row < old.length && column < now.length; ) {
    if (isSame(before[old[row]], after[now[column]])) {
      if (struck.has(old[row])) found.add(now[column])
      row += 1
      column += 1
    } else if (shared[(row + 1) * width + column] >= shared[row * width + column + 1]) row += 1
    else column += 1
  }
  return found
}

/** @param {Token} one @param {Token} other */
function isSame(one, other) {
  return one.text === other.text && one.isPlaceholder === other.isPlaceholder
}
