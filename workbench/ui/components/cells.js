// A table of numbers: a cell is words, or { text, note, query, shade, bar }. One with a query is a
// link to the claims behind it, which opens in another tab as any link does.

export default function ({ data, parentElement }) {
  const table = parentElement.querySelector('.fc-cells')
  table.setAttribute('aria-label', data.caption)
  table.classList.toggle('fc-full', data.full)
  boxIn(table.parentElement, data)
  const drawn = JSON.stringify(data)
  if (table.drawn === drawn) return
  table.drawn = drawn
  const head = made('thead')
  const line = made('tr')
  line.append(...data.columns.map(title => header(title, 'col')))
  data.rows[0]?.forEach((cell, place) => line.children[place].classList.toggle('fc-words', Boolean(cell?.words)))
  head.append(line)
  const body = made('tbody')
  body.append(...data.rows.map(drawRow))
  table.replaceChildren(head, body)
}

// A long table scrolls in a box, which keys reach also where no cell is a link.
const boxIn = (box, data) => {
  const tall = data.rows.length > 20
  box.classList.toggle('fc-tall', tall)
  box.tabIndex = tall ? 0 : -1
  if (tall) {
    box.setAttribute('role', 'region')
    box.setAttribute('aria-label', data.caption)
  } else ['role', 'aria-label'].forEach(name => box.removeAttribute(name))
}

const drawRow = ([first, ...others]) => {
  const line = made('tr')
  line.append(header(first, 'row'), ...others.map(drawCell))
  return line
}

const header = (of, scope) => {
  const cell = made('th')
  cell.scope = scope
  cell.dir = 'auto'
  fill(cell, of)
  return cell
}

const drawCell = of => {
  const cell = made('td')
  if (of === null || of === undefined) return cell
  if (of.shade) cell.style.setProperty('--fc-shade', of.shade)
  if (of.words) cell.className = 'fc-words'
  if (of.bar) {
    cell.className = 'fc-bar'
    cell.append(bar(of.bar))
  } else fill(cell, of)
  return cell
}

const fill = (cell, of) => {
  const { text, note, query } = typeof of === 'string' ? { text: of } : of
  const words = made(query ? 'a' : 'span')
  // A long word such as Evidence/Cherrypicking may break behind its stroke.
  words.append(...text.split(/(?<=\/)/).flatMap(part => [part, made('wbr')]))
  words.dir = 'auto'
  if (query) words.href = query
  cell.append(words)
  if (note) {
    const below = made('span')
    below.className = 'fc-note'
    below.textContent = note
    cell.append(below)
  }
}

// From `least` to 1, with a line at 0 and at the marks that are drawn for all rows.
const bar = ({ value, low, high, least, marks }) => {
  const place = at => `${((Math.max(at, least) - least) / (1 - least)) * 100}%`
  const track = made('span')
  track.className = 'fc-track'
  track.setAttribute('aria-hidden', 'true')
  for (const at of marks) track.append(mark('i', { left: place(at) }))
  if (low !== null) track.append(mark('b', { left: place(low), right: `calc(100% - ${place(high)})` }))
  if (value !== null) track.append(mark('em', { left: place(value) }))
  return track
}

const mark = (tag, style) => {
  const drawn = made(tag)
  Object.assign(drawn.style, style)
  return drawn
}

const made = tag => document.createElement(tag)
