/**
 * Shapes that snap: a line, an arrow, a triangle, a box or a round thing, out of what a hand meant by it.
 * @typedef {import("./marks.js").Point} Point
 * @typedef {[number, number]} Place
 */
const STRAIGHT = 0.09 // so far beside the straight line, as a share of its length
const OPEN = 0.22 // ends so far apart, as a share of the size: not closed
const ROUND = 0.13 // so far from an ellipse at most, as a share of its radius
const TURN = Math.PI / 12 // lines snap to steps of fifteen degrees …
const NEAR = Math.PI / 36 // … where they are nearer than five
const LEAST_PX = 24 // smaller than this, a dot is a dot

/** The shape as a line of corners, closed where the shape is; null where none was meant. @param {Point[]} points @returns {Point[] | null} */
export function snapped(points) {
  const size = extent(points)
  const longest = Math.max(size.width, size.height)
  if (points.length < 2 || longest < LEAST_PX) return null
  const [first, last] = [points[0], points[points.length - 1]]
  const corners = simplified(points, longest * 0.09)
  if (gap(first, last) > OPEN * longest) return straight(points) ?? arrow(corners)
  const around = gap(corners[0], corners[corners.length - 1]) < OPEN * longest ? corners.slice(0, -1) : corners
  const roundness = awayFromEllipse(points, size)
  if (around.length === 3 && roundness > ROUND) return closed(around)
  if (around.length === 4 && roundness > ROUND * 0.7) return box(around, size)
  return roundness < ROUND * 1.6 ? ellipse(size) : around.length > 2 && around.length < 7 ? closed(around) : null
}

/** @param {Point[]} points @returns {Point[] | null} */
function straight(points) {
  const [first, last] = [points[0], points[points.length - 1]]
  const length = gap(first, last)
  if (Math.max(...points.map((each) => aside(each, first, last))) > STRAIGHT * length || way(points) > length * 1.25) return null
  return [first, levelled(first, last)]
}

/** The end of a line, turned to the nearest step if it is near one. @param {Place | Point} from @param {Place | Point} to @returns {Point} */
export function levelled(from, to) {
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0])
  const step = Math.round(angle / TURN) * TURN
  const turned = Math.abs(step - angle) < NEAR ? step : angle
  const length = gap(from, to)
  return [from[0] + Math.cos(turned) * length, from[1] + Math.sin(turned) * length, 0.5]
}

/** A shaft and what comes back from its tip. @param {Place[]} corners @returns {Point[] | null} */
function arrow(corners) {
  if (corners.length < 3 || corners.length > 6) return null
  const [tail, tip, ...rest] = corners
  const length = gap(tail, tip)
  if (!rest.every((each) => gap(each, tip) < length * 0.5 && gap(each, tail) > length * 0.4)) return null
  return arrowed(point(tail), levelled(tail, tip))
}

/** An arrow of one line, from its tail to its tip. @param {Point} tail @param {Point} end @returns {Point[]} */
export function arrowed(tail, end) {
  const angle = Math.atan2(end[1] - tail[1], end[0] - tail[0])
  const barb = Math.min(gap(tail, end) * 0.28, 70)
  const side = (/** @type {number} */ turn) => point([end[0] - Math.cos(angle + turn) * barb, end[1] - Math.sin(angle + turn) * barb])
  return [tail, end, side(0.5), end, side(-0.5)]
}

/** @param {Place[]} corners @param {ReturnType<typeof extent>} size @returns {Point[]} */
function box(corners, size) {
  const isLevel = corners.every((each, index) => {
    const next = corners[(index + 1) % 4]
    const angle = Math.atan2(next[1] - each[1], next[0] - each[0])
    return Math.abs(Math.sin(2 * angle)) < 0.5
  })
  if (!isLevel) return closed(corners)
  const { left, top, width, height } = evened(size)
  return closed([[left, top], [left + width, top], [left + width, top + height], [left, top + height]])
}

/** @param {ReturnType<typeof extent>} size @returns {Point[]} */
function ellipse(size) {
  const { left, top, width, height } = evened(size)
  return Array.from({ length: 73 }, (_, index) => {
    const angle = (index / 72) * 2 * Math.PI
    return point([left + (width / 2) * (1 + Math.cos(angle)), top + (height / 2) * (1 + Math.sin(angle))])
  })
}

/** Nearly a square or a circle is meant as one. @param {ReturnType<typeof extent>} size */
function evened({ left, top, width, height }) {
  if (Math.abs(width - height) > 0.16 * Math.max(width, height)) return { left, top, width, height }
  const side = (width + height) / 2
  return { left: left + (width - side) / 2, top: top + (height - side) / 2, width: side, height: side }
}

/** How far on average from the ellipse in its box, as a share. @param {Point[]} points @param {ReturnType<typeof extent>} size */
function awayFromEllipse(points, { left, top, width, height }) {
  const off = points.map(([x, y]) => Math.abs(Math.hypot(((x - left) * 2) / (width || 1) - 1, ((y - top) * 2) / (height || 1) - 1) - 1))
  return off.reduce((sum, each) => sum + each, 0) / off.length
}

/** Only the corners (Ramer, Douglas and Peucker). @param {(Point | Place)[]} points @param {number} most pixels beside @returns {Place[]} */
export function simplified(points, most) {
  const [first, last] = [points[0], points[points.length - 1]]
  let [far, at] = [0, 0]
  points.forEach((each, index) => {
    const off = aside(each, first, last)
    if (off > far) [far, at] = [off, index]
  })
  if (far <= most) return [[first[0], first[1]], [last[0], last[1]]]
  return [...simplified(points.slice(0, at + 1), most).slice(0, -1), ...simplified(points.slice(at), most)]
}

/** @param {(Point | Place)[]} points */
function extent(points) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top }
}

/** @param {Place[]} corners @returns {Point[]} */
function closed(corners) {
  return [...corners, corners[0]].map(point)
}

/** @param {Place} place @returns {Point} */
function point([x, y]) {
  return [x, y, 0.5]
}

/** @param {Place | Point} one @param {Place | Point} other */
function gap(one, other) {
  return Math.hypot(one[0] - other[0], one[1] - other[1])
}

/** @param {Point[]} points */
function way(points) {
  return points.slice(1).reduce((sum, each, index) => sum + gap(each, points[index]), 0)
}

/** From a place to the stretch between two others. @param {Place | Point} at @param {Place | Point} from @param {Place | Point} to */
function aside(at, from, to) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const along = Math.min(Math.max(((at[0] - from[0]) * dx + (at[1] - from[1]) * dy) / (dx * dx + dy * dy || 1), 0), 1)
  return Math.hypot(at[0] - from[0] - along * dx, at[1] - from[1] - along * dy)
}
