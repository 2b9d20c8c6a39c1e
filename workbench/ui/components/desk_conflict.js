// The same review, or the text of its claim, was saved elsewhere meanwhile: both versions side by side,
// field by field, and nothing is sent before the reviewer has chosen.

const FORM_TITLES = { label: 'Verdict', claim_text: 'Claim text', justification: 'Justification', confidence: 'Confidence', evidence: 'Evidence', pending: 'Source being typed' }

const namesOf = ({ stored, mine }) => [...new Set([...Object.keys(FORM_TITLES), ...Object.keys(stored.form), ...Object.keys(mine)])].filter(name => name !== 'claim_base')

// `stored` is {form, version, claim: {text, version}} as the database has it now.
const offerChoice = (desk, stored, mine = desk.form) => {
  desk.form = mine
  keepLocal(desk, 'conflict')
  desk.choice = { stored, mine, seen: desk.seenText, chosen: {} }
  const different = namesOf(desk.choice).filter(name => !sameField(sideOf(desk, 'stored', name), sideOf(desk, 'mine', name)))
  notice(desk, '')
  desk.$('.fc-choices').replaceChildren(...different.map(name => choiceOf(desk, name)))
  showChoice(desk, true)
  desk.$('.fc-conflict h2').focus()
}

const showChoice = (desk, shown) => {
  desk.$('.fc-conflict').hidden = !shown
  desk.$('.fc-form').hidden = shown
  desk.$('.fc-actions').hidden = shown
}

// The field as one side has it. A stored draft may hold a new text for the claim that was made from
// an older one than is stored: then what is stored is the claim's.
const sideOf = ({ choice }, side, name) => {
  const { stored, mine, seen } = choice
  if (name !== 'claim_text') return (side === 'stored' ? stored.form : mine)[name]
  if (side === 'mine') return mine.claim_text || seen
  return stored.form.claim_base === stored.claim.text && stored.form.claim_text || stored.claim.text
}

const choiceOf = (desk, name) => {
  desk.choice.chosen[name] = 'mine'
  const field = element('fieldset')
  const sides = element('div')
  sides.className = 'fc-sides'
  sides.append(sideChoice(desk, name, 'stored', 'Stored'), sideChoice(desk, name, 'mine', 'Here'))
  field.append(element('legend', FORM_TITLES[name] || name), sides)
  return field
}

const sideChoice = (desk, name, side, title) => {
  const label = element('label')
  const radio = element('input')
  radio.type = 'radio'
  radio.name = `fc-choice-${name}`
  radio.checked = side === 'mine'
  radio.onchange = () => { desk.choice.chosen[name] = side }
  const head = element('strong', title)
  const words = element('span', fieldWords(desk, name, sideOf(desk, side, name)))
  words.dir = 'auto'
  reachable(words)
  label.append(radio, head, words)
  return label
}

const fieldWords = (desk, name, value) => {
  if (name === 'label') return desk.data.labels.find(each => each.key === value)?.title || 'No verdict'
  if (name === 'confidence') return value === null ? 'None' : `${Math.round(value * 100)} %`
  if (Array.isArray(value)) return value.map((entry, i) => `${i + 1}. ${entryWords(entry)}`).join('\n\n') || 'None'
  if (value && typeof value === 'object') return entryWords(value)
  return String(value ?? '') || 'Empty'
}

const entryWords = entry => Object.entries(entry)
  .filter(([name, value]) => name !== 'id' && value !== '' && value !== null && !(Array.isArray(value) && !value.length))
  .map(([name, value]) => name === 'stance' ? STANCE_TITLES[value] : typeof value === 'object' ? JSON.stringify(value) : String(value))
  .join('\n')

// ---- the choice made

const wireConflict = desk => {
  desk.$('.fc-take-stored').onclick = () => settleChoice(desk, () => 'stored')
  desk.$('.fc-keep-mine').onclick = () => settleChoice(desk, () => 'mine')
  desk.$('.fc-use-choice').onclick = () => settleChoice(desk, name => desk.choice.chosen[name] || 'mine')
}

const settleChoice = (desk, sideFor) => {
  const { stored } = desk.choice
  const form = Object.fromEntries(namesOf(desk.choice).map(name => [name, sideOf(desk, sideFor(name), name)]))
  if (form.claim_text === stored.claim.text) form.claim_text = ''
  form.claim_base = form.claim_text && stored.claim.text
  desk.copy.version = stored.version
  desk.data.claim = { ...desk.data.claim, ...stored.claim }
  desk.choice = null
  desk.form = structuredClone(form)
  showChoice(desk, false)
  fillForm(desk, stored.claim.text)
  desk.$('.fc-form').focus({ preventScroll: true })
  forgetLocal(desk.claimId)
  edit(desk, {})
}

// ---- the same, whatever the order of its parts and whether what is empty is named

const bare = value => {
  if (Array.isArray(value)) return value.map(bare)
  if (value === null || typeof value !== 'object') return value ?? ''
  const parts = Object.entries(value).filter(([name]) => name !== 'id').map(([name, part]) => [name, bare(part)])
  return Object.fromEntries(parts.filter(([, part]) => part !== '').sort(([a], [b]) => a < b ? -1 : 1))
}

const sameField = (one, other) => JSON.stringify(bare(one)) === JSON.stringify(bare(other))
const sameForm = sameField
