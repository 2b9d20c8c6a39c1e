// One page of the claims found. Which rows are selected is kept here and told as a list of ids; a
// click on a claim opens it, and with Ctrl or the middle button in a tab of its own, as any link.

const tables = new WeakMap()

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector('.fc-claims')
  const table = tables.get(root) || { root, batch: null, selected: new Set() }
  tables.set(root, table)
  table.open = id => setTriggerValue('open', { id, at: Date.now() })
  table.tell = () => setStateValue('selected', [...table.selected])
  if (table.batch !== data.batch) startOver(table, data)
  drawRows(table, data)
}

const startOver = (table, data) => {
  table.batch = data.batch
  if (!table.selected.size) return
  table.selected.clear()
  table.tell()
}

const drawRows = (table, data) => {
  table.root.classList.toggle('fc-narrow', data.narrow)
  const drawn = JSON.stringify([data.rows, data.current])
  if (drawn !== table.drawn) table.root.tBodies[0].replaceChildren(...data.rows.map(row => drawRow(table, data, row)))
  table.drawn = drawn
  const all = table.root.querySelector('.fc-all')
  const ids = data.rows.map(row => row.id)
  all.onchange = () => select(table, ids, all.checked)
  markAll(table)
}

const drawRow = (table, data, row) => {
  const line = document.createElement('tr')
  if (row.id === data.current) line.setAttribute('aria-current', 'true')
  line.append(cell(tick(table, row)), cell(row.state), cell(link(table, data, row), signs(row)), cell(cut(row.speaker), 'fc-wide'), cell(cut(row.article), 'fc-wide'), verdict(row), cell(row.checkworthiness.toFixed(2), 'fc-wide fc-number'))
  return line
}

const tick = (table, row) => {
  const box = document.createElement('input')
  box.type = 'checkbox'
  box.value = row.id
  box.checked = table.selected.has(row.id)
  box.setAttribute('aria-label', `Select: ${row.text}`)
  box.onchange = () => select(table, [row.id], box.checked)
  return box
}

const link = (table, data, row) => {
  const anchor = cut(row.text, 'a')
  anchor.classList.add(`fc-${row.state}`)
  anchor.href = `?${data.query ? `${data.query}&` : ''}claim=${row.id}`
  anchor.onclick = event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    table.open(row.id)
  }
  return anchor
}

const signs = row => {
  const words = [row.flagged && 'flagged', row.n_comments && `${row.n_comments} open ${row.n_comments === 1 ? 'comment' : 'comments'}`]
  const line = document.createElement('div')
  line.className = 'fc-signs'
  line.textContent = words.filter(Boolean).join(' · ')
  if (row.flagged) line.prepend(flag())
  return line
}

const flag = () => {
  const mark = document.createElement('span')
  mark.textContent = '⚑ '
  mark.ariaHidden = 'true'
  return mark
}

const verdict = row => {
  if (!row.label) return cell('', 'fc-wide')
  const dot = document.createElement('span')
  dot.className = 'fc-dot'
  dot.style.setProperty('--fc-color', row.color)
  const words = cut('')
  words.append(dot, row.label)
  return cell(words, 'fc-wide')
}

const cut = (text, tag = 'div') => {
  const made = document.createElement(tag)
  made.className = 'fc-cut'
  made.textContent = text
  made.dir = 'auto'
  return made
}

const cell = (content, more) => {
  const made = document.createElement('td')
  made.append(content)
  if (typeof more === 'string') made.className = more
  else if (more) made.append(more)
  return made
}

const select = (table, ids, on) => {
  for (const id of ids) table.selected[on ? 'add' : 'delete'](id)
  for (const box of boxes(table)) box.checked = table.selected.has(Number(box.value))
  markAll(table)
  table.tell()
}

const markAll = table => {
  const all = table.root.querySelector('.fc-all')
  const n = boxes(table).filter(box => box.checked).length
  all.checked = n > 0 && n === boxes(table).length
  all.indeterminate = n > 0 && !all.checked
}

const boxes = table => [...table.root.tBodies[0].querySelectorAll('input')]
