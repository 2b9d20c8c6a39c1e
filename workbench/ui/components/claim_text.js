// The text of the claim that is open on the Claims page. What is typed stays in this browser until the server
// has it; it is saved on leaving the field, and never over a text that was not seen.

const fields = new WeakMap()

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector('.fc-claim-field')
  const field = fields.get(root) || openField(root)
  field.tellSaved = () => {
    setStateValue('seen', { claim_id: field.claim.claim_id, version: field.seen })
    setTriggerValue('saved', newId())
  }
  takeClaim(field, data)
}

const openField = root => {
  const $ = selector => root.querySelector(selector)
  const field = { root, $, area: $('textarea'), claim: null, base: '', typed: false, sending: false, choice: false }
  fields.set(root, field)
  field.area.oninput = () => typeText(field)
  field.area.onblur = event => leaveText(field, event.relatedTarget)
  field.area.onkeydown = event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) saveText(field)
  }
  $('.fc-save-text').onclick = () => saveText(field)
  $('.fc-take-stored-text').onclick = () => settleText(field, field.claim.text)
  $('.fc-keep-text').onclick = () => settleText(field, field.area.value)
  return field
}

const say = (field, text) => { field.$('.fc-text-state').textContent = text }

const notice = (field, text) => {
  field.$('.fc-text-error').hidden = !text
  field.$('.fc-text-error').textContent = text
}

const isChanged = field => field.area.value !== field.claim.text

// ---- from the server: `claim` is {claim_id, version, text} as it is stored

const takeClaim = (field, claim) => {
  const moved = claim.claim_id !== field.claim?.claim_id
  const untouched = moved || field.area.value === field.base
  if (!moved && claim.version < field.claim.version) return
  field.claim = { ...claim }
  field.seen = claim.version
  if (moved) begin(field, keptLocal(claim.claim_id, 'text') || { text: claim.text, base: claim.text })
  else if (untouched) begin(field, { text: claim.text, base: claim.text })
  compare(field)
  // A button pressed right after typing drew the page anew before the text was sent.
  if (field.typed && document.activeElement !== field.area) saveText(field)
}

const begin = (field, { text, base }) => {
  field.area.value = text
  field.base = base
  field.typed = false
  say(field, text === field.claim.text ? '' : 'Restored from this browser, not saved yet')
  notice(field, '')
}

// What is here against what is stored: the same, a change of it, or a change of an older text.
const compare = field => {
  const { claim, area } = field
  if (isChanged(field)) storeLocal(claim.claim_id, 'text', { text: area.value, base: field.base })
  else {
    Object.assign(field, { base: claim.text, typed: false })
    dropLocal(claim.claim_id, 'text')
  }
  field.$('.fc-save-text').disabled = !isChanged(field)
  showTexts(field, isChanged(field) && field.base !== claim.text)
}

const showTexts = (field, shown) => {
  const begins = shown && !field.choice
  field.choice = shown
  field.$('.fc-text-form').hidden = shown
  field.$('.fc-text-conflict').hidden = !shown
  field.$('.fc-stored-text').textContent = field.claim.text
  field.$('.fc-text-here').textContent = field.area.value
  if (begins) field.$('.fc-text-conflict h3').focus()
}

const settleText = (field, text) => {
  Object.assign(field, { base: field.claim.text, typed: true })
  field.area.value = text
  compare(field)
  field.area.focus()
  saveText(field)
}

// ---- to the server

const typeText = field => {
  field.typed = true
  compare(field)
  notice(field, '')
  say(field, isChanged(field) ? 'Not saved yet' : '')
}

// A button that is pressed acts on the version that is drawn: the text follows after it.
const leaveText = (field, next) => {
  const presses = next?.closest('button, [role=button]') && !field.root.contains(next)
  if (field.typed && !presses) saveText(field)
}

const saveText = async field => {
  if (field.sending || field.choice || !isChanged(field)) return
  field.sending = true
  say(field, 'Saving…')
  const { claim, base } = field
  const { version } = claim
  const text = field.area.value
  const here = () => field.claim.claim_id === claim.claim_id
  const { answer } = await sendUntilAnswered(field, 'desk/text', { claim_id: claim.claim_id, version, text, op_id: newId() }, here)
  field.sending = false
  if (answer.error && !answer.stored) return refuse(field, answer.error, here())
  const stored = answer.stored ? answer.stored.claim : answer.claim
  const again = answer.stored && stored.text === base
  if (!here()) return dropSent(claim, text, stored)
  Object.assign(field.claim, stored)
  if (!answer.stored) accepted(field, text)
  if (!answer.stored && version === field.seen) field.seen = stored.version
  compare(field)
  if (again) return saveText(field)
  say(field, field.choice || isChanged(field) ? '' : 'Saved')
  field.tellSaved()
}

// The stored text may differ from what was sent by white space at its ends; and typing may have gone on.
const accepted = (field, sent) => {
  field.base = field.claim.text
  if (field.area.value === sent) field.area.value = field.claim.text
}

const refuse = (field, error, here) => {
  if (!here) return
  field.typed = false
  say(field, 'Not saved')
  notice(field, error)
}

// Answered when another claim is open: what was saved need not be kept, all else is offered again.
const dropSent = (claim, text, stored) => {
  if (stored.text === text) dropLocal(claim.claim_id, 'text')
}
