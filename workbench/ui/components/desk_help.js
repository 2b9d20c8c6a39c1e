// The list of keys, and in the same place each key changed to another. The server keeps them, and
// says which cannot be had.

const wireHelp = desk => {
  const dialog = desk.$('.fc-help')
  desk.$('.fc-help-button').onclick = () => openHelp(desk)
  dialog.onclose = () => dialog.replaceChildren()
  dialog.addEventListener('keydown', event => hearNewKey(desk, event), true)
}

const openHelp = desk => {
  desk.changing = null
  drawHelp(desk, false)
  desk.$('.fc-help').showModal()
}

const drawHelp = (desk, changeable, said = '') => {
  const title = element('h2', changeable ? 'Change keys' : 'Keys')
  title.id = 'fc-help-title'
  const note = element('p', said || (changeable ? 'Choose an action, then press its new key.' : 'No key is heard while you type in a field, except those with Ctrl or Alt; Esc leaves the field. In the article → and ← select words, with Shift more or fewer.'))
  note.setAttribute('role', 'status')
  const groups = Map.groupBy ? Map.groupBy(desk.keys, each => each.group) : grouped(desk.keys)
  const lists = element('div')
  lists.className = 'fc-help-groups'
  lists.append(...[...groups].map(([group, keys]) => helpGroup(desk, group, keys.filter(each => isHere(desk, each)), changeable)))
  const foot = element('div')
  foot.className = 'fc-help-foot'
  foot.append(...helpButtons(desk, changeable))
  desk.$('.fc-help').replaceChildren(title, note, lists, foot)
}

const grouped = keys => {
  const groups = new Map()
  for (const each of keys) groups.set(each.group, [...(groups.get(each.group) || []), each])
  return groups
}

const helpGroup = (desk, group, keys, changeable) => {
  const section = element('section')
  const list = element('ul')
  list.append(...keys.map(each => helpRow(desk, each, changeable)))
  section.append(element('h3', group), list)
  return section
}

const helpRow = (desk, each, changeable) => {
  const row = element('li')
  const title = titleOf(desk, each)
  if (changeable) row.append(element('span', title), keyButton(desk, each, title))
  else row.append(element('span', title), element('kbd', keyTitle(each.key)))
  return row
}

const titleOf = (desk, { name, title }) => {
  const verdict = /^verdict-(\d)$/.exec(name)
  return verdict ? desk.data.labels.find(each => each.digit === Number(verdict[1])).title : title
}

const keyButton = (desk, each, title) => {
  const button = smallButton('', () => askKey(desk, each, button))
  button.dataset.action = each.name
  button.setAttribute('aria-label', `${title}: ${keyTitle(each.key)}`)
  button.append(element('kbd', keyTitle(each.key)))
  return button
}

const helpButtons = (desk, changeable) => {
  const close = smallButton('Close', () => desk.$('.fc-help').close())
  if (!changeable) return [smallButton('Change keys', () => redrawHelp(desk, true)), close]
  return [smallButton('Reset to defaults', () => sendKeys(desk, { reset: true })), smallButton('Done', () => redrawHelp(desk, false)), close]
}

// Drawn anew, the focus stays with the work: on the same action's button, else on the last one.
const redrawHelp = (desk, changeable, said, name) => {
  desk.changing = null
  drawHelp(desk, changeable, said)
  const button = name ? desk.$(`.fc-help [data-action=${name}]`) : desk.$('.fc-help-foot button')
  button.focus()
}

const askKey = (desk, each, button) => {
  desk.changing = each
  desk.$('.fc-help [role=status]').textContent = `Press the new key for “${titleOf(desk, each)}”, or Esc to leave it.`
  for (const other of desk.root.querySelectorAll('.fc-help [data-action]')) other.classList.toggle('fc-waiting', other === button)
}

const hearNewKey = (desk, event) => {
  if (!desk.changing || ['Control', 'Alt', 'Shift', 'Meta', 'AltGraph'].includes(event.key)) return
  event.preventDefault()
  event.stopImmediatePropagation()
  const { name } = desk.changing
  if (event.key === 'Escape') return redrawHelp(desk, true, '', name)
  sendKeys(desk, { action: name, key: keyName(event) })
}

const sendKeys = async (desk, wish) => {
  desk.changing = null
  try {
    const response = await fetch('desk/keys', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(wish) })
    const answer = await response.json()
    if (answer.keys) {
      takeKeys(desk, answer.keys)
      drawVerdicts(desk, desk.data.labels)
      markVerdict(desk)
    }
    redrawHelp(desk, true, answer.error || 'Saved.', wish.action)
  } catch {
    redrawHelp(desk, true, 'Not saved: the server does not answer. Try again in a moment.', wish.action)
  }
}
