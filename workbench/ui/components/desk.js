// The review desk. It talks to the server by fetch, not by runs of the page: drafts also get there when
// the tab closes, a save is answered with the next claim, and both work while the page reconnects.
// Whatever is sent carries an op_id, so that it can be sent again until the server has answered.

const DRAFT_DELAY_MS = 400
const desks = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector('.fc-desk')
  const desk = desks.get(root) || openDesk(root)
  desk.leaveEmpty = () => setTriggerValue('empty', true)
  desk.take(data)
  return desk.close
}

const openDesk = root => {
  const $ = selector => root.querySelector(selector)
  const desk = { root, $, claimId: null, copy: { version: 0 }, form: null, dirty: false, sending: null, pending: null, choice: null, queue: Promise.resolve() }
  desks.set(root, desk)
  desk.take = data => takeData(desk, data)
  desk.keysChanged = () => {
    drawVerdicts(desk, desk.data.labels)
    markVerdict(desk)
  }
  const unhook = [wireArticle($('.fc-article'), () => desk.data.article.text, words => showSelection(desk, words), id => act(desk, 'open', { open: id })), wireKeys(desk), wireLeaving(desk), wireTime(desk), wireRecall(desk)]
  wireForm(desk)
  wireSources(desk)
  wireActions(desk)
  wireHelp(desk)
  wireTalk(desk)
  wireConflict(desk)
  desk.close = () => {
    flush(desk)
    unhook.forEach(each => each())
    desks.delete(root)
  }
  return desk
}

// ---- data from the server

// From a run of the page: the same claim as it lies here, or another one after the address changed.
const takeData = (desk, data) => {
  takeKeys(desk, data.keys)
  const same = data.claim.id === desk.claimId
  if (same && (desk.dirty || desk.sending || desk.pending || desk.choice || data.review.version < desk.copy.version)) return
  show(desk, data)
}

const show = (desk, data) => {
  const before = desk.data
  data.article.text ??= before.article.text
  data.place ??= before.place
  desk.data = data
  const moved = data.claim.id !== desk.claimId
  if (moved) loadClaim(desk, data)
  else if (data.review.version > desk.copy.version || (data.claim.text !== desk.seenText && !desk.dirty)) {
    loadForm(desk, data.review, data.claim.text)
    rewrittenSince(desk, data)
  }
  drawPlace(desk, data)
  drawLeft(desk, data, before, moved)
  drawFacts(desk, data.claim)
  drawHints(desk, data.hints)
  drawTalk(desk, data, moved)
  drawPhase(desk, data)
  drawTraining(desk, data)
}

const loadClaim = (desk, data) => {
  flush(desk)
  stashTime(desk)
  desk.claimId = data.claim.id
  unstashTime(desk)
  desk.choice = null
  showChoice(desk, false)
  drawVerdicts(desk, data.labels)
  notice(desk, '')
  loadForm(desk, data.review, data.claim.text)
  restoreLocal(desk, data)
  showSelection(desk, null)
  desk.$('.fc-form').scrollTop = 0
}

const loadForm = (desk, review, claimText) => {
  desk.copy = { version: review.version }
  desk.form = structuredClone(review.form)
  desk.dirty = false
  desk.editing = null
  fillForm(desk, claimText)
}

const fillForm = (desk, claimText) => {
  const { form, $ } = desk
  desk.seenText = claimText
  $('.fc-claim-text').value = form.claim_text || claimText
  $('[name=justification]').value = form.justification
  $('[name=confidence]').value = form.confidence === null ? '' : Math.round(form.confidence * 100)
  fillSource(desk, form.pending)
  markVerdict(desk)
  drawSources(desk)
  for (const area of desk.root.querySelectorAll('textarea')) grow(area)
}

// ---- what is on the screen

const drawPlace = (desk, { place, training }) => {
  if (training) return drawTrainingPlace(desk, training)
  desk.$('.fc-count').textContent = `${place.n_reviewed} of ${place.n_claims} ${filterInAddress() ? 'in this filter ' : ''}reviewed${place.n_skipped ? ` · ${place.n_skipped} skipped` : ''}`
  const bar = desk.$('.fc-place progress')
  bar.max = Math.max(1, place.n_claims)
  bar.value = place.n_reviewed
}

const drawLeft = (desk, data, before, moved) => {
  const { article, spans, claim } = data
  const host = desk.$('.fc-article')
  const drawn = JSON.stringify([article.id, claim.id, spans])
  if (drawn === desk.drawn) return
  desk.drawn = drawn
  desk.$('.fc-title').textContent = article.title
  desk.$('.fc-title').title = article.title
  desk.$('.fc-meta').textContent = [article.outlet, article.author, article.published_on].filter(Boolean).join(' · ')
  drawArticle(host, article.text, spans, claim.id)
  const current = host.querySelector('.fc-current')
  if (moved && current) bringIntoView(desk.$('.fc-scroll'), current, before?.article.id === article.id)
}

const drawFacts = (desk, claim) => {
  const facts = [
    ['Speaker', claim.speaker && !('speaker' in claim.proposed) && (claim.speaker_text && claim.speaker_text !== claim.speaker ? `${claim.speaker} (“${claim.speaker_text}”)` : claim.speaker)],
    ...chosenFacts(claim),
    ['Through', claim.through.join(', ')],
    ['Cue', claim.cue_text],
    ['Dates', claim.times.map(time => time.value ? `${time.text} → ${time.value}` : time.text).join(', ')],
    ['Names', [...new Set(claim.entities.map(entity => entity.text))].join(', ')],
    ['Check-worthiness', `${claim.checkworthiness.toFixed(2)}${claim.reasons.length ? ` · ${claim.reasons.join(', ')}` : ''}`],
  ].filter(([, value]) => value)
  desk.$('.fc-facts').replaceChildren(...facts.flatMap(([name, value]) => [element('dt', name), element('dd', value)]))
  desk.$('.fc-flag').hidden = !claim.ambiguous
}

const drawVerdicts = (desk, labels) => {
  const buttons = labels.map(label => {
    const button = element('button')
    button.type = 'button'
    button.setAttribute('role', 'radio')
    button.setAttribute('aria-label', label.title)
    const key = keyOf(desk, `verdict-${label.digit}`)
    button.setAttribute('aria-keyshortcuts', ariaKey(key))
    button.dataset.key = label.key
    button.style.setProperty('--fc-color', label.color)
    const digit = element('kbd', keyTitle(key))
    digit.setAttribute('aria-hidden', 'true')
    button.append(digit, breakable(label.title))
    button.onclick = () => chooseVerdict(desk, label.key)
    return button
  })
  desk.$('.fc-verdicts').classList.toggle('fc-crowded', labels.length > 4)
  desk.$('.fc-verdicts').replaceChildren(...buttons)
}

// A long title such as “Evidence/Cherrypicking” may break behind its slash, to stay in one row.
const breakable = title => {
  const span = element('span')
  for (const part of title.split(/(?<=\/)/)) span.append(part, element('wbr'))
  return span
}

const markVerdict = desk => {
  const buttons = [...desk.root.querySelectorAll('.fc-verdicts button')]
  const chosen = buttons.find(button => button.dataset.key === desk.form.label)
  for (const button of buttons) {
    button.setAttribute('aria-checked', String(button === chosen))
    button.tabIndex = button === (chosen || buttons[0]) ? 0 : -1
  }
}

// Browsers that size a text area by its content (see desk.css) need no help, and no extra layout.
const grow = area => {
  if (CSS.supports('field-sizing', 'content')) return
  area.style.height = 'auto'
  area.style.height = `${area.scrollHeight + 2}px`
}

const say = (desk, text) => { desk.$('.fc-saved').textContent = text }

const notice = (desk, text, actions = []) => {
  desk.$('.fc-notice').hidden = !text
  desk.$('.fc-notice-text').textContent = text
  desk.$('.fc-notice-actions').replaceChildren(...actions)
}

const showSelection = (desk, words) => {
  desk.selection = words
  desk.$('.fc-selection').hidden = !words
  desk.$('.fc-selected').textContent = words ? shorten(words.text, 80) : ''
}
