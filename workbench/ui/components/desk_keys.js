// What the keys of the desk do; how they are heard stands in keys.js.

const KEY_BUTTONS = {
  save: '.fc-save', skip: '.fc-skip', back: '.fc-back', flag: '.fc-flag-claim', reject: '.fc-reject', comment: '.fc-comments-button', details: '.fc-details-button', undo: '.fc-undo', redo: '.fc-redo',
  'new-claim': '.fc-new-claim', 'use-quote': '.fc-use-quote', more: '.fc-more summary', guideline: '.fc-guideline summary', help: '.fc-help-button',
}
const KEY_FIELDS = { claim: '.fc-claim-text', justification: '[name=justification]', 'new-source': '.fc-source-form [name=url]' }
const REPEATING = new Set(['surer', 'less-sure', 'next-source', 'previous-source'])
const CONFIDENCE_STEP = 5

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
