// What the keys do on the Claims page. Its buttons are Streamlit's, found by the keys that they have there.

const KEY_BUTTONS = { 'new-claim': '[data-act=create]', 'use-span': '[data-act=move]', split: '[data-act=split]', help: '.fc-help-button' }
const KEY_FIELDS = {}
const REPEATING = new Set()
const PAGE_BUTTONS = { undo: '.st-key-claims-undo button', redo: '.st-key-claims-redo button', accept: '.st-key-put-accepted button', reject: '.st-key-claims-reject button', merge: '.st-key-claims-merge button', details: '.st-key-claims-details summary' }
const PAGE_FIELDS = { claim: '.fc-claim-field textarea' }

const onPage = (table, act) => mapped(table, selector => () => act(document.querySelector(selector)))

const KEY_ACTIONS = {
  ...mapped(KEY_BUTTONS, selector => part => pressIfShown(part.$(selector))),
  ...onPage(PAGE_BUTTONS, button => button?.click()),
  ...onPage(PAGE_FIELDS, field => field?.focus()),
  'next-claim': picker => openNeighbour(picker, 1),
  'previous-claim': picker => openNeighbour(picker, -1),
  article: picker => focusCurrent(picker),
}

const carryOut = (picker, name) => KEY_ACTIONS[name]?.(picker)
const isHere = (_picker, { name }) => name in KEY_ACTIONS

const pressIfShown = button => {
  if (button.offsetParent) button.click()
}

const openNeighbour = (picker, step) => {
  const ids = picker.data.spans.map(span => span.id)
  const next = ids[ids.indexOf(picker.data.current) + step]
  if (next !== undefined) picker.send({ kind: 'open', claim_id: next })
}

const focusCurrent = picker => {
  const mark = picker.host.querySelector('.fc-current[data-first]') || picker.host.querySelector('[data-first]')
  mark?.focus()
  mark?.scrollIntoView({ block: 'nearest' })
}
