// The article as text nodes and marks, shared by the components that show one.
// Offsets that come and go are code points, as in Python; the DOM counts UTF-16 units.

const toCodePoints = (text, units) => {
  let n = 0
  for (let i = 0; i < units; i += text.codePointAt(i) > 0xffff ? 2 : 1) n += 1
  return n
}

const toUnits = (text, codePoints) => {
  let i = 0
  for (let n = codePoints; n > 0 && i < text.length; n -= 1) i += text.codePointAt(i) > 0xffff ? 2 : 1
  return i
}

// Draws `text` into `host`, cut at every edge of a span; nothing in it can become markup. From claim to
// claim of one article only marks that look different are touched: to lay out 20,000 words takes long.
const drawArticle = (host, text, spans, current) => {
  const shape = JSON.stringify(spans.map(({ id, start, end }) => [id, start, end]))
  if (host.drawn?.text !== text || host.drawn.shape !== shape) host.drawn = { text, shape, pieces: drawPieces(host, text, spans) }
  const byId = new Map(spans.map(span => [span.id, span]))
  for (const piece of host.drawn.pieces) dressMark(piece, byId, current, text)
}

// The marks that were drawn, each with the spans that cover it, the longest first.
const drawPieces = (host, text, spans) => {
  const units = unitsOf(text, spans)
  const placed = spans.map(({ id, start, end }) => ({ id, a: units.get(start), b: units.get(end) }))
  const edges = new Set([0, text.length, ...placed.flatMap(span => [span.a, span.b])])
  const cuts = [...edges].sort((x, y) => x - y)
  const pieces = cuts.slice(0, -1).map((a, i) => drawPiece(text, a, cuts[i + 1], placed))
  host.replaceChildren(...pieces.map(piece => piece.mark || piece.words))
  return pieces.filter(piece => piece.mark)
}

// Code point offset -> UTF-16 offset for every edge, in one pass over the text.
const unitsOf = (text, spans) => {
  const wanted = [...new Set(spans.flatMap(span => [span.start, span.end]))].sort((x, y) => x - y)
  const units = new Map()
  let codePoint = 0
  let unit = 0
  for (const edge of wanted) {
    for (; codePoint < edge && unit < text.length; codePoint += 1) unit += text.codePointAt(unit) > 0xffff ? 2 : 1
    units.set(edge, unit)
  }
  return units
}

const drawPiece = (text, a, b, placed) => {
  const words = document.createTextNode(text.slice(a, b))
  const over = placed.filter(span => span.a <= a && span.b >= b)
  if (!over.length) return { words }
  over.sort((x, y) => (y.b - y.a) - (x.b - x.a))
  const mark = document.createElement('mark')
  mark.append(words)
  return { mark, a, over }
}

const dressMark = ({ mark, a, over }, byId, current, text) => {
  const top = over.find(span => span.id === current) || over[over.length - 1]
  const { state } = byId.get(top.id)
  const look = `${top.id} fc-${state}${top.id === current ? ' fc-current' : ''}${over.length > 1 ? ' fc-many' : ''}`
  if (mark.look === look) return
  mark.look = look
  mark.dataset.id = top.id
  mark.className = look.slice(look.indexOf(' ') + 1)
  // Its state in words: nobody is told by the colour alone.
  if (top.a === a) nameMark(mark, `${state[0].toUpperCase()}${state.slice(1)} claim: ${text.slice(top.a, top.b)}`)
  else unnameMark(mark)
}

const nameMark = (mark, name) => {
  mark.dataset.first = ''
  mark.tabIndex = 0
  mark.setAttribute('aria-roledescription', 'claim')
  mark.setAttribute('aria-label', name)
}

const unnameMark = mark => ['data-first', 'tabindex', 'aria-roledescription', 'aria-label'].forEach(name => mark.removeAttribute(name))

// Calls onSelect({start, end, text}) after a selection inside `host` by mouse or keys, onSelect(null) when it
// is gone, and onOpen(id) when a mark is clicked or entered. Returns the function that unhooks it.
const wireArticle = (host, textOf, onSelect, onOpen) => {
  const firstMarks = () => host.querySelectorAll('[data-first]')
  // Chromium starts no selection at the first character of something focusable.
  const press = () => firstMarks().forEach(mark => mark.removeAttribute('tabindex'))
  const release = event => {
    if (event.target.closest?.('.fc-selection')) return
    firstMarks().forEach(mark => { mark.tabIndex = 0 })
    setTimeout(() => onSelect(selectionIn(host, textOf())), 0)
  }
  const shiftUp = event => {
    if (event.key === 'Shift' && !isField(document.activeElement)) onSelect(selectionIn(host, textOf()))
  }
  const open = event => {
    const mark = event.target.closest?.('[data-id]')
    if (mark && document.getSelection().isCollapsed) onOpen(Number(mark.dataset.id))
  }
  const enter = event => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    const mark = event.target.closest?.('[data-id]')
    if (!mark) return
    event.preventDefault()
    event.stopPropagation()
    onOpen(Number(mark.dataset.id))
  }
  const walk = event => {
    if (walkWords(host, event)) onSelect(selectionIn(host, textOf()))
  }
  host.addEventListener('pointerdown', press, true)
  host.addEventListener('keydown', walk)
  host.addEventListener('click', open)
  host.addEventListener('keydown', enter)
  document.addEventListener('pointerup', release)
  document.addEventListener('keyup', shiftUp)
  return () => {
    document.removeEventListener('pointerup', release)
    document.removeEventListener('keyup', shiftUp)
  }
}

// Words are selected from the claim in focus with the arrow keys: the next or the last one, with Shift one more
// or one less. Tells whether a key was one of these.
const walkWords = (host, event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return false
  event.preventDefault()
  const selection = document.getSelection()
  const inside = selection.rangeCount && !selection.isCollapsed && host.contains(selection.focusNode)
  if (!inside) selection.collapse(event.target.firstChild || event.target, 0)
  const way = step > 0 ? 'forward' : 'backward'
  if (inside && event.shiftKey) selection.modify('extend', way, 'word')
  else if (step > 0 || !inside) nextWord(selection, inside)
  else wordBefore(selection)
  selection.focusNode.parentElement.scrollIntoView({ block: 'nearest' })
  return true
}

const nextWord = (selection, inside) => {
  if (inside) selection.collapseToEnd()
  selection.modify('move', 'forward', 'word')
  selection.modify('move', 'backward', 'word')
  selection.modify('extend', 'forward', 'word')
}

const wordBefore = selection => {
  selection.collapseToStart()
  selection.modify('move', 'backward', 'word')
  selection.modify('extend', 'forward', 'word')
}

// A click on the bar that acts on the selection must not take the selection away.
const holdSelection = bar => bar.addEventListener('mousedown', event => event.preventDefault())

const isField = element => Boolean(element) &&
  (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName))

// The selected words as code points, without white space at their ends; null if there are none.
const selectionIn = (host, text) => {
  const selection = document.getSelection()
  if (!selection.rangeCount || selection.isCollapsed) return null
  const range = selection.getRangeAt(0)
  if (!range.intersectsNode(host)) return null
  let a = host.contains(range.startContainer) ? unitsBefore(host, range.startContainer, range.startOffset) : 0
  let b = host.contains(range.endContainer) ? unitsBefore(host, range.endContainer, range.endOffset) : text.length
  while (a < b && /\s/.test(text[a])) a += 1
  while (b > a && /\s/.test(text[b - 1])) b -= 1
  if (a >= b) return null
  ;[a, b] = wholeCharacters(text, a, b)
  return { start: toCodePoints(text, a), end: toCodePoints(text, b), text: text.slice(a, b) }
}

// Puts the selection back after the article was drawn anew.
const selectAgain = (host, text, { start, end }) => {
  const walker = document.createTreeWalker(host, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  const [a, b] = [toUnits(text, start), toUnits(text, end)]
  let seen = 0
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (a >= seen && a <= seen + node.length) range.setStart(node, a - seen)
    if (b > seen && b <= seen + node.length) range.setEnd(node, b - seen)
    seen += node.length
  }
  document.getSelection().removeAllRanges()
  document.getSelection().addRange(range)
}

const unitsBefore = (host, node, offset) => {
  const range = document.createRange()
  range.selectNodeContents(host)
  range.setEnd(node, offset)
  return range.toString().length
}

const bringIntoView = (box, element, gently) => {
  const top = element.getBoundingClientRect().top - box.getBoundingClientRect().top
  if (gently && top > 0 && top < box.clientHeight - 60) return
  box.scrollTop += top - box.clientHeight / 3
}

// Never half of an emoji or a letter without its accent.
const wholeCharacters = (text, a, b) => {
  const segments = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text.slice(Math.max(0, a - 64), b + 64))]
  const base = Math.max(0, a - 64)
  for (const { index, segment } of segments) {
    const from = base + index
    const to = from + segment.length
    if (from < a && a < to && from >= base) a = from
    if (from < b && b < to) b = to
  }
  return [a, b]
}
