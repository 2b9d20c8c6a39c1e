// The list of keys, and in the same place each key changed to another. The server keeps them, and
// says which cannot be had.

const wireHelp = part => {
  const dialog = part.$('.fc-help')
  part.$('.fc-help-button').onclick = () => openHelp(part)
  dialog.onclose = () => dialog.replaceChildren()
  dialog.addEventListener('keydown', event => hearNewKey(part, event), true)
}

const openHelp = part => {
  part.changing = null
  drawHelp(part, false)
  part.$('.fc-help').showModal()
}

const drawHelp = (part, changeable, said = '') => {
  const title = element('h2', changeable ? 'Change keys' : 'Keys')
  title.id = 'fc-help-title'
  const note = element('p', said || (changeable ? 'Choose an action, then press its new key.' : 'No key is heard while you type in a field, except those with Ctrl or Alt; Esc leaves the field. In the article → and ← select words, with Shift more or fewer.'))
  note.setAttribute('role', 'status')
  const keys = part.keys.filter(each => isHere(part, each))
  const groups = Map.groupBy ? Map.groupBy(keys, each => each.group) : grouped(keys)
  const lists = element('div')
  lists.className = 'fc-help-groups'
  lists.append(...[...groups].map(([group, each]) => helpGroup(part, group, each, changeable)))
  const foot = element('div')
  foot.className = 'fc-help-foot'
  foot.append(...helpButtons(part, changeable))
  part.$('.fc-help').replaceChildren(title, note, lists, foot)
}

const grouped = keys => {
  const groups = new Map()
  for (const each of keys) groups.set(each.group, [...(groups.get(each.group) || []), each])
  return groups
}

const helpGroup = (part, group, keys, changeable) => {
  const section = element('section')
  const list = element('ul')
  list.append(...keys.map(each => helpRow(part, each, changeable)))
  section.append(element('h3', group), list)
  return section
}

const helpRow = (part, each, changeable) => {
  const row = element('li')
  const title = titleOf(part, each)
  if (changeable) row.append(element('span', title), keyButton(part, each, title))
  else row.append(element('span', title), element('kbd', keyTitle(each.key)))
  return row
}

const titleOf = (part, { name, title }) => {
  const verdict = /^verdict-(\d)$/.exec(name)
  return verdict ? part.data.labels.find(each => each.digit === Number(verdict[1])).title : title
}

const keyButton = (part, each, title) => {
  const button = smallButton('', () => askKey(part, each, button))
  button.dataset.action = each.name
  button.setAttribute('aria-label', `${title}: ${keyTitle(each.key)}`)
  button.append(element('kbd', keyTitle(each.key)))
  return button
}

const helpButtons = (part, changeable) => {
  const close = smallButton('Close', () => part.$('.fc-help').close())
  if (!changeable) return [smallButton('Change keys', () => redrawHelp(part, true)), close]
  return [smallButton('Reset to defaults', () => sendKeys(part, { reset: true })), smallButton('Done', () => redrawHelp(part, false)), close]
}

// Drawn anew, the focus stays with the work: on the same action's button, else on the last one.
const redrawHelp = (part, changeable, said, name) => {
  part.changing = null
  drawHelp(part, changeable, said)
  const button = name ? part.$(`.fc-help [data-action=${name}]`) : part.$('.fc-help-foot button')
  button.focus()
}

const askKey = (part, each, button) => {
  part.changing = each
  part.$('.fc-help [role=status]').textContent = `Press the new key for “${titleOf(part, each)}”, or Esc to leave it.`
  for (const other of part.root.querySelectorAll('.fc-help [data-action]')) other.classList.toggle('fc-waiting', other === button)
}

const hearNewKey = (part, event) => {
  if (!part.changing || ['Control', 'Alt', 'Shift', 'Meta', 'AltGraph'].includes(event.key)) return
  event.preventDefault()
  event.stopImmediatePropagation()
  const { name } = part.changing
  if (event.key === 'Escape') return redrawHelp(part, true, '', name)
  sendKeys(part, { action: name, key: keyName(event) })
}

const sendKeys = async (part, wish) => {
  part.changing = null
  try {
    const response = await sendOnce('desk/keys', JSON.stringify(wish))
    const answer = await response.json()
    if (answer.keys) {
      takeKeys(part, answer.keys)
      part.keysChanged?.()
    }
    redrawHelp(part, true, answer.error || 'Saved.', wish.action)
  } catch {
    redrawHelp(part, true, 'Not saved: the server does not answer. Try again in a moment.', wish.action)
  }
}
