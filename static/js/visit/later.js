/** What a visit needs only once its page can be used: it comes after it. */
import "../pad/drawing-board.js"
import "../pad/paper-corners.js"
import "./board-drift.js"
import "./language-question.js"
import "./page-clipboard.js"
import "./safe-words.js"
import "./staff-press.js"
