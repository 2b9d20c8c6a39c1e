// The desk's keys. The server's table says which actions there are and which key each has for this
// person; here stands what they do. No key but a chord is heard while somebody types.

const KEY_BUTTONS = {
  save: '.fc-save', skip: '.fc-skip', back: '.fc-back', flag: '.fc-flag-claim', reject: '.fc-reject', comment: '.fc-comments-button', details: '.fc-details-button', undo: '.fc-undo', redo: '.fc-redo',
  'new-claim': '.fc-new-claim', 'use-quote': '.fc-use-quote', more: '.fc-more summary', guideline: '.fc-guideline summary', help: '.fc-help-button',
}
const KEY_FIELDS = { claim: '.fc-claim-text', justification: '[name=justification]', 'new-source': '.fc-source-form [name=url]' }
const REPEATING = new Set(['surer', 'less-sure', 'next-source', 'previous-source'])
const CONFIDENCE_STEP = 5

const clicking = selector => desk => desk.$(selector)?.click()
const focusing = selector => desk => desk.$(selector)?.focus()
const mapped = (table, make) => Object.fromEntries(Object.entries(table).map(([name, selector]) => [name, make(selector)]))

const KEY_ACTIONS = {
  ...mapped(KEY_BUTTONS, clicking),
  ...mapped(KEY_FIELDS, focusing),
  skip: desk => askReason(desk),
  surer: desk => stepConfidence(desk, CONFIDENCE_STEP),
  'less-sure': desk => stepConfidence(desk, -CONFIDENCE_STEP),
  'next-claim': desk => act(desk, 'next'),
  'previous-claim': desk => act(desk, 'previous'),
  'next-source': desk => stepSource(desk, 1),
  'previous-source': desk => stepSource(desk, -1),
  'edit-source': desk => sourceButton(desk, 'Edit')?.click(),
  'remove-source': desk => dropSource(desk),
  supports: desk => setStance(desk, 'supports'),
  refutes: desk => setStance(desk, 'refutes'),
  context: desk => setStance(desk, 'context'),
  article: desk => focusArticle(desk),
}

const carryOut = (desk, name) => {
  if (desk.choice && name !== 'help') return desk.$('.fc-conflict h2').focus()
  if (desk.pending) return
  const verdict = /^verdict-(\d)$/.exec(name)
  if (!verdict) return KEY_ACTIONS[name]?.(desk)
  const label = desk.data.labels.find(each => each.digit === Number(verdict[1]))
  if (label) chooseVerdict(desk, label.key)
}

// Whether the desk has what the action needs: the list of keys names no others.
const isHere = (desk, { name }) => {
  const verdict = /^verdict-(\d)$/.exec(name)
  if (verdict) return desk.data.labels.some(each => each.digit === Number(verdict[1]))
  return name in KEY_ACTIONS && (!(name in KEY_BUTTONS) || Boolean(desk.$(KEY_BUTTONS[name])))
}

const wireKeys = desk => {
  const down = event => {
    if (event.defaultPrevented || event.isComposing || !desk.root.isConnected || document.querySelector('[role=dialog], dialog[open]')) return
    const typing = isField(event.composedPath()[0])
    if (typing && event.key === 'Escape') return event.composedPath()[0].blur()
    const key = [keyName(event), codeName(event)].find(each => desk.actionOf.has(each))
    if (!key || (typing && !isChord(key))) return
    event.preventDefault()
    event.stopImmediatePropagation()
    const name = desk.actionOf.get(key)
    if (!event.repeat || REPEATING.has(name)) carryOut(desk, name)
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

const takeKeys = (desk, keys) => {
  desk.keys = keys
  desk.actionOf = new Map(keys.map(({ name, key }) => [key, name]))
  for (const { name, key } of keys) {
    const shown = desk.$(KEY_BUTTONS[name] || KEY_FIELDS[name] || 'nothing-has-it')
    shown?.setAttribute('aria-keyshortcuts', ariaKey(key))
    const hint = desk.$(`kbd[data-action=${name}]`)
    if (hint) hint.textContent = keyTitle(key)
  }
}

const keyOf = (desk, name) => desk.keys.find(each => each.name === name)?.key ?? ''

// ---- what some of them do

const stepConfidence = (desk, step) => {
  const { confidence } = desk.form
  const percent = confidence === null ? 50 : Math.min(100, Math.max(0, Math.round(confidence * 100) + step))
  edit(desk, { confidence: percent / 100 })
  desk.$('[name=confidence]').value = percent
}

const sourceCards = desk => [...desk.root.querySelectorAll('.fc-source')]
const cardInFocus = desk => sourceCards(desk).findIndex(card => card.contains(document.activeElement))

const stepSource = (desk, step) => {
  const cards = sourceCards(desk)
  if (!cards.length) return desk.$(KEY_FIELDS['new-source']).focus()
  const at = cardInFocus(desk)
  const next = at < 0 ? (step > 0 ? 0 : cards.length - 1) : (at + step + cards.length) % cards.length
  focusCard(cards[next])
}

const focusCard = card => {
  card.tabIndex = -1
  card.focus()
  card.scrollIntoView({ block: 'nearest' })
}

// The button of the source in focus; of the only one there is, also without.
const sourceButton = (desk, name) => {
  const cards = sourceCards(desk)
  const card = cards[cardInFocus(desk)] || (cards.length === 1 ? cards[0] : null)
  if (!card) say(desk, `Choose a source first: ${keyTitle(keyOf(desk, 'next-source'))}`)
  return card?.querySelector(`[aria-label^=${name}]`)
}

const dropSource = desk => {
  const at = Math.max(0, cardInFocus(desk))
  const button = sourceButton(desk, 'Remove')
  if (!button) return
  button.click()
  const cards = sourceCards(desk)
  if (cards.length) focusCard(cards[Math.min(at, cards.length - 1)])
  else desk.$('.fc-form').focus({ preventScroll: true })
}

// Of the source in focus, else of the one that is being typed.
const setStance = (desk, stance) => {
  const at = cardInFocus(desk)
  if (at < 0) {
    const field = desk.$('.fc-source-form [name=stance]')
    field.value = stance
    field.dispatchEvent(new Event('input', { bubbles: true }))
    return say(desk, `Stance of the next source: ${STANCE_TITLES[stance]}`)
  }
  edit(desk, { evidence: desk.form.evidence.map((entry, i) => i === at ? { ...entry, stance } : entry) })
  drawSources(desk)
  focusCard(sourceCards(desk)[at])
}

const focusArticle = desk => {
  const mark = desk.$('.fc-article .fc-current[data-first]') || desk.$('.fc-article [data-first]')
  mark?.focus()
  mark?.scrollIntoView({ block: 'nearest' })
}
