// Keys of a part of a page (the desk, the article on Claims). The server's table says which actions there are
// and which key each has for this person; the part says what they do: KEY_BUTTONS and KEY_FIELDS by selector,
// carryOut(part, name), isHere(part, {name}). No key but a chord is heard while somebody types.

const clicking = selector => part => part.$(selector)?.click()
const focusing = selector => part => part.$(selector)?.focus()
const mapped = (table, make) => Object.fromEntries(Object.entries(table).map(([name, selector]) => [name, make(selector)]))

const wireKeys = part => {
  const down = event => {
    if (event.defaultPrevented || event.isComposing || !part.root.isConnected || document.querySelector('[role=dialog], dialog[open]')) return
    const typing = isField(event.composedPath()[0])
    if (typing && event.key === 'Escape') return event.composedPath()[0].blur()
    const key = [keyName(event), codeName(event)].find(each => part.actionOf.has(each))
    const name = part.actionOf.get(key)
    if (!name || !isHere(part, { name }) || (typing && !isChord(key))) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (!event.repeat || REPEATING.has(name)) carryOut(part, name)
  }
  document.addEventListener('keydown', down, true)
  return () => document.removeEventListener('keydown', down, true)
}

// ---- what a key is called: `b`, `Shift+u`, `?`, `Control+Enter`, as the server writes it

const isChord = key => /^(Control|Alt)\+/.test(key)
const isLetter = key => key.length === 1 && key.toLowerCase() !== key.toUpperCase()

const keyName = event => {
  const types = event.getModifierState('AltGraph')
  const held = [
    (event.ctrlKey || event.metaKey) && !types && 'Control',
    event.altKey && !types && 'Alt',
    event.shiftKey && (event.key.length > 1 || isLetter(event.key)) && 'Shift',
  ]
  return [...held.filter(Boolean), isLetter(event.key) ? event.key.toLowerCase() : event.key].join('+')
}

// The key by its place, for layouts whose letters or digits are others.
const codeName = event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return null
  return /^(?:Key|Digit)(.)$/.exec(event.code)?.[1].toLowerCase() ?? null
}

const keyTitle = key => (key.length === 1 ? [key] : key.split('+')).map(part => ({ Control: 'Ctrl' })[part] || (part.length === 1 ? part.toUpperCase() : part)).join(' ')

// aria-keyshortcuts has a word for the key that joins the others.
const ariaKey = key => key === '+' ? 'Plus' : key

const takeKeys = (part, keys) => {
  part.keys = keys
  part.actionOf = new Map(keys.map(({ name, key }) => [key, name]))
  for (const { name, key } of keys) {
    const shown = part.$(KEY_BUTTONS[name] || KEY_FIELDS[name] || 'nothing-has-it')
    shown?.setAttribute('aria-keyshortcuts', ariaKey(key))
    const hint = part.$(`kbd[data-action=${name}]`)
    if (hint) hint.textContent = keyTitle(key)
  }
}

const keyOf = (part, name) => part.keys.find(each => each.name === name)?.key ?? ''
