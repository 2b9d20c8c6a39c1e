// The review desk. It talks to the server by fetch, not by runs of the page: drafts also get there when
// the tab closes, a save is answered with the next claim, and both work while the page reconnects.
// Whatever is sent carries an op_id, so that it can be sent again until the server has answered.

const DRAFT_DELAY_MS = 400
const RETRY_MS = 2000
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
  const desk = { root, $, claimId: null, version: 0, form: null, dirty: false, sending: null, pending: null, choice: null, queue: Promise.resolve() }
  desks.set(root, desk)
  desk.take = data => takeData(desk, data)
  const unhook = [wireArticle($('.fc-article'), () => desk.data.article.text, words => showSelection(desk, words), id => act(desk, 'open', { open: id })), wireKeys(desk), wireLeaving(desk)]
  wireForm(desk)
  wireSources(desk)
  wireActions(desk)
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
  const same = data.claim.id === desk.claimId
  if (same && (desk.dirty || desk.sending || desk.pending || data.review.version < desk.version)) return
  show(desk, data)
}

const show = (desk, data) => {
  const before = desk.data
  data.article.text ??= before.article.text
  desk.data = data
  const moved = data.claim.id !== desk.claimId
  if (moved) loadClaim(desk, data)
  else if (data.review.version > desk.version) loadForm(desk, data.review, data.claim.text)
  drawPlace(desk, data)
  drawLeft(desk, data, before, moved)
  drawFacts(desk, data.claim)
}

const loadClaim = (desk, data) => {
  flush(desk)
  desk.claimId = data.claim.id
  desk.choice = null
  drawVerdicts(desk, data.labels)
  notice(desk, '')
  loadForm(desk, data.review, data.claim.text)
  restoreLocal(desk, data.review)
  showSelection(desk, null)
  desk.$('.fc-form').scrollTop = 0
}

const loadForm = (desk, review, claimText) => {
  desk.version = review.version
  desk.form = structuredClone(review.form)
  desk.dirty = false
  desk.editing = null
  fillForm(desk, claimText)
}

const fillForm = (desk, claimText) => {
  const { form, $ } = desk
  $('.fc-claim-text').value = form.claim_text || claimText
  $('[name=justification]').value = form.justification
  $('[name=confidence]').value = form.confidence === null ? '' : Math.round(form.confidence * 100)
  fillSource(desk, form.pending)
  markVerdict(desk)
  drawSources(desk)
  for (const area of desk.root.querySelectorAll('textarea')) grow(area)
}

// ---- what is on the screen

const drawPlace = (desk, { place, guideline }) => {
  desk.$('.fc-count').textContent = `${place.n_reviewed} of ${place.n_claims} reviewed${place.n_skipped ? ` · ${place.n_skipped} skipped` : ''}`
  const bar = desk.$('.fc-place progress')
  bar.max = Math.max(1, place.n_claims)
  bar.value = place.n_reviewed
  desk.$('.fc-guideline').hidden = !guideline
  desk.$('.fc-guideline-text').textContent = guideline
}

const drawLeft = (desk, data, before, moved) => {
  const { article, spans, claim } = data
  const host = desk.$('.fc-article')
  const drawn = JSON.stringify([article.id, claim.id, spans])
  if (drawn === desk.drawn) return
  desk.drawn = drawn
  desk.$('.fc-title').textContent = article.title
  desk.$('.fc-meta').textContent = [article.outlet, article.author, article.published_on].filter(Boolean).join(' · ')
  drawArticle(host, article.text, spans, claim.id)
  const current = host.querySelector('.fc-current')
  if (moved && current) bringIntoView(desk.$('.fc-scroll'), current, before?.article.id === article.id)
}

const bringIntoView = (box, element, gently) => {
  const top = element.getBoundingClientRect().top - box.getBoundingClientRect().top
  if (gently && top > 0 && top < box.clientHeight - 60) return
  box.scrollTop += top - box.clientHeight / 3
}

const drawFacts = (desk, claim) => {
  const facts = [
    ['Speaker', claim.speaker && (claim.speaker_text && claim.speaker_text !== claim.speaker ? `${claim.speaker} (“${claim.speaker_text}”)` : claim.speaker)],
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
    button.setAttribute('aria-keyshortcuts', String(label.digit))
    button.dataset.key = label.key
    button.style.setProperty('--fc-color', label.color)
    const digit = element('kbd', String(label.digit))
    digit.setAttribute('aria-hidden', 'true')
    button.append(digit, breakable(label.title))
    button.onclick = () => chooseVerdict(desk, label.key)
    return button
  })
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

const drawSources = desk => {
  desk.$('.fc-sources').replaceChildren(...desk.form.evidence.map((entry, i) => sourceCard(desk, entry, i)))
}

const sourceCard = (desk, entry, i) => {
  const card = element('li')
  card.className = `fc-source fc-${entry.stance}`
  const title = element('a', entry.title || entry.url)
  title.href = entry.url
  title.target = '_blank'
  title.rel = 'noopener noreferrer'
  const meta = [STANCE_TITLES[entry.stance], entry.publisher, entry.published_on, hostOf(entry.url)].filter(Boolean).join(' · ')
  card.append(title, element('p', meta))
  if (entry.quote) card.append(element('blockquote', entry.quote))
  card.append(cardButton('Edit', i, () => editSource(desk, i)), cardButton('Remove', i, () => removeSource(desk, i)))
  return card
}

const STANCE_TITLES = { supports: 'Supports', refutes: 'Refutes', context: 'Context' }

const cardButton = (name, i, onclick) => {
  const button = element('button', name)
  button.type = 'button'
  button.className = 'fc-button fc-quiet fc-small'
  button.setAttribute('aria-label', `${name} source ${i + 1}`)
  button.onclick = onclick
  return button
}

const hostOf = url => {
  try { return new URL(url).host } catch { return '' }
}

const element = (tag, text = '') => {
  const made = document.createElement(tag)
  made.textContent = text
  return made
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

const shorten = (text, length) => [...text].length > length ? `${[...text].slice(0, length).join('')}…` : text

// ---- the form

const wireForm = desk => {
  const { $ } = desk
  $('.fc-claim-text').oninput = event => edit(desk, { claim_text: event.target.value.replace(/\n+/g, ' ') })
  $('[name=justification]').oninput = event => edit(desk, { justification: event.target.value })
  $('[name=confidence]').oninput = event => edit(desk, { confidence: confidenceOf(event.target) })
  for (const area of desk.root.querySelectorAll('textarea')) area.addEventListener('input', () => grow(area))
  $('.fc-verdicts').onkeydown = event => moveVerdict(desk, event)
}

const confidenceOf = field => {
  if (field.value === '') return null
  return Math.min(100, Math.max(0, Number(field.value))) / 100
}

const chooseVerdict = (desk, key) => {
  if (desk.pending) return
  edit(desk, { label: desk.form.label === key ? '' : key })
  markVerdict(desk)
}

const moveVerdict = (desk, event) => {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
  if (!step) return
  event.preventDefault()
  const buttons = [...desk.root.querySelectorAll('.fc-verdicts button')]
  const next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length]
  edit(desk, { label: next.dataset.key })
  markVerdict(desk)
  next.focus()
}

const edit = (desk, change) => {
  Object.assign(desk.form, change)
  desk.dirty = true
  say(desk, 'Typing…')
  keepLocal(desk)
  clearTimeout(desk.timer)
  desk.timer = setTimeout(() => flush(desk), DRAFT_DELAY_MS)
}

// ---- sources

const SOURCE_FIELDS = ['url', 'title', 'publisher', 'published_on', 'quote', 'stance']
const NEW_SOURCE = { url: '', title: '', publisher: '', published_on: '', quote: '', stance: 'supports', id: null }

const sourceField = (desk, name) => desk.$(`.fc-source-form [name=${name}]`)

const wireSources = desk => {
  for (const name of SOURCE_FIELDS) {
    sourceField(desk, name).addEventListener('input', () => {
      sourceError(desk, '')
      edit(desk, { pending: readSource(desk) })
    })
  }
  desk.$('.fc-add-source').onclick = () => addSource(desk)
  desk.$('.fc-cancel-edit').onclick = () => putBack(desk)
  desk.$('.fc-source-form').onkeydown = event => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.target.tagName !== 'INPUT') return
    event.preventDefault()
    addSource(desk)
  }
}

const readSource = desk => ({
  ...Object.fromEntries(SOURCE_FIELDS.map(name => [name, sourceField(desk, name).value])),
  id: desk.form.pending.id ?? null,
})

const fillSource = (desk, entry) => {
  for (const name of SOURCE_FIELDS) sourceField(desk, name).value = entry[name] || NEW_SOURCE[name]
  grow(sourceField(desk, 'quote'))
  sourceError(desk, '')
  desk.$('.fc-add-source').textContent = desk.editing ? 'Save source' : 'Add source'
  desk.$('.fc-cancel-edit').hidden = !desk.editing
}

const sourceError = (desk, text) => {
  desk.$('.fc-source-error').hidden = !text
  desk.$('.fc-source-error').textContent = text
}

const addSource = desk => {
  const entry = readSource(desk)
  entry.url = entry.url.trim()
  if (!/^https?:\/\/[^\s/]+/i.test(entry.url)) {
    sourceError(desk, entry.url ? `“${shorten(entry.url, 60)}” is no web address: begin it with http:// or https://.` : 'A source needs its web address.')
    sourceField(desk, 'url').focus()
    return
  }
  if (sourceField(desk, 'published_on').validity.badInput) {
    sourceError(desk, 'The publication date is not complete.')
    sourceField(desk, 'published_on').focus()
    return
  }
  const evidence = [...desk.form.evidence]
  evidence.splice(desk.editing ? desk.editing.at : evidence.length, 0, entry)
  settleSources(desk, evidence)
  sourceField(desk, 'url').focus()
}

const editSource = (desk, i) => {
  if (!isBlank(readSource(desk))) {
    sourceError(desk, 'Add or clear the source that you are typing first.')
    return
  }
  const entry = desk.form.evidence[i]
  const evidence = desk.form.evidence.filter((_, at) => at !== i)
  desk.editing = { at: i, entry }
  edit(desk, { evidence, pending: { ...entry } })
  fillSource(desk, entry)
  drawSources(desk)
  sourceField(desk, 'url').focus()
}

const putBack = desk => {
  const evidence = [...desk.form.evidence]
  evidence.splice(desk.editing.at, 0, desk.editing.entry)
  settleSources(desk, evidence)
}

const settleSources = (desk, evidence) => {
  desk.editing = null
  edit(desk, { evidence, pending: { ...NEW_SOURCE } })
  fillSource(desk, NEW_SOURCE)
  drawSources(desk)
}

const removeSource = (desk, i) => {
  edit(desk, { evidence: desk.form.evidence.filter((_, at) => at !== i) })
  drawSources(desk)
}

const isBlank = entry => !SOURCE_FIELDS.some(name => name !== 'stance' && entry[name])

// ---- drafts

const localKey = claimId => `fc-draft:${location.host}:${claimId}`

const keepLocal = desk => {
  try { localStorage.setItem(localKey(desk.claimId), JSON.stringify({ version: desk.version, form: desk.form })) } catch { /* full or forbidden: the server has it soon */ }
}

const dropLocal = claimId => {
  try { localStorage.removeItem(localKey(claimId)) } catch { /* as above */ }
}

// What this browser typed and the server never confirmed, if nobody saved since.
const restoreLocal = (desk, review) => {
  let kept = null
  try { kept = JSON.parse(localStorage.getItem(localKey(desk.claimId))) } catch { return }
  if (!kept) return
  if (JSON.stringify(kept.form) === JSON.stringify(review.form)) return dropLocal(desk.claimId)
  if (kept.version !== review.version) return offerChoice(desk, 'This review was saved elsewhere after you typed here.', { version: review.version, form: review.form }, kept.form)
  desk.form = kept.form
  fillForm(desk, desk.data.claim.text)
  edit(desk, {})
  say(desk, 'Restored from this browser')
}

// Drafts go out one after the other: each is made on the version that the one before returned.
const flush = desk => {
  clearTimeout(desk.timer)
  if (!desk.dirty || desk.choice) return desk.queue
  desk.dirty = false
  const draft = { claim_id: desk.claimId, form: structuredClone(desk.form), op_id: newId() }
  desk.queue = desk.queue.then(() => sendDraft(desk, draft))
  return desk.queue
}

const sendDraft = async (desk, draft) => {
  const here = () => desk.claimId === draft.claim_id
  const version = desk.versions?.[draft.claim_id] ?? desk.version
  desk.sending = draft
  try {
    const response = await fetch('desk/draft', { method: 'POST', keepalive: true, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ...draft, version }) })
    const answer = await response.json()
    if (response.ok) {
      desk.versions = { [draft.claim_id]: answer.version }
      if (!here()) return dropLocal(draft.claim_id)
      desk.version = answer.version
      if (desk.dirty) return
      dropLocal(draft.claim_id)
      if (!desk.pending) say(desk, 'Draft saved')
    } else if (here()) {
      if (answer.stored) offerChoice(desk, answer.error, answer.stored)
      else notice(desk, answer.error)
      say(desk, 'Draft not saved')
    }
  } catch {
    if (here()) tryAgain(desk)
  } finally {
    desk.sending = null
  }
}

const tryAgain = desk => {
  say(desk, 'Not saved yet: no connection. Kept in this browser.')
  desk.dirty = true
  clearTimeout(desk.timer)
  desk.timer = setTimeout(() => flush(desk), RETRY_MS)
}

// The same review was saved in another tab or by another device: both are shown, the reviewer chooses.
const offerChoice = (desk, text, stored, mine = desk.form) => {
  desk.choice = { stored, mine }
  const take = (name, form) => {
    const button = element('button', name)
    button.type = 'button'
    button.className = 'fc-button fc-small'
    button.onclick = () => settleChoice(desk, form)
    return button
  }
  notice(desk, `${text} Stored: ${summary(desk, stored.form)}. Here: ${summary(desk, mine)}.`, [take('Take the stored one', stored.form), take('Keep what is here', mine)])
}

const summary = (desk, form) => {
  const label = desk.data.labels.find(each => each.key === form.label)?.title || 'no verdict'
  return `${label}, ${form.evidence.length} source${form.evidence.length === 1 ? '' : 's'}, “${shorten(form.justification, 60)}”`
}

const settleChoice = (desk, form) => {
  desk.version = desk.choice.stored.version
  desk.versions = { [desk.claimId]: desk.version }
  desk.choice = null
  desk.form = structuredClone(form)
  fillForm(desk, desk.data.claim.text)
  notice(desk, '')
  edit(desk, {})
}

const wireLeaving = desk => {
  const leave = () => { if (document.visibilityState === 'hidden') flush(desk) }
  const hide = () => flush(desk)
  document.addEventListener('visibilitychange', leave)
  window.addEventListener('pagehide', hide)
  return () => {
    document.removeEventListener('visibilitychange', leave)
    window.removeEventListener('pagehide', hide)
  }
}

// ---- moving on

const wireActions = desk => {
  holdSelection(desk.$('.fc-selection'))
  desk.$('.fc-save').onclick = () => act(desk, 'save')
  desk.$('.fc-skip').onclick = () => act(desk, 'skip')
  desk.$('.fc-back').onclick = () => act(desk, 'back')
  desk.$('.fc-new-claim').onclick = () => {
    const { start, end } = desk.selection
    act(desk, 'new_claim', { start, end })
  }
}

// Waits for the drafts on their way, since the save is made on the version they return.
const act = async (desk, kind, more = {}) => {
  if (desk.pending || desk.choice) return
  const problem = kind === 'save' ? whyNotSave(desk) : ''
  if (problem) return notice(desk, problem)
  desk.pending = kind
  desk.root.classList.add('fc-busy')
  if (kind === 'save') holdDraft(desk)
  else flush(desk)
  await desk.queue
  if (!desk.choice) await settleAct(desk, kind, more)
  desk.pending = null
  desk.root.classList.remove('fc-busy')
}

const holdDraft = desk => {
  say(desk, 'Saving…')
  clearTimeout(desk.timer)
  desk.dirty = false
}

const settleAct = async (desk, kind, more) => {
  const claimId = desk.claimId
  const form = kind === 'save' ? { form: desk.form } : {}
  const answer = await post(desk, 'desk/act', { kind, claim_id: claimId, claim_version: desk.data.claim.version, version: desk.version, article_id: desk.data.article.id, op_id: newId(), ...form, ...more })
  if (answer.error) return refused(desk, kind, answer)
  if (kind === 'save') dropLocal(claimId)
  if (!answer.desk) return desk.leaveEmpty()
  if (answer.desk.claim.id !== claimId) history.pushState(history.state, '', `?claim=${answer.desk.claim.id}`)
  show(desk, answer.desk)
  say(desk, answer.done)
}

const refused = (desk, kind, answer) => {
  say(desk, '')
  if (answer.stored) return offerChoice(desk, answer.error, answer.stored)
  if (kind === 'save') edit(desk, {})
  notice(desk, answer.error)
}

// Sends until there is an answer: the server carries out each op_id once.
const post = async (desk, path, body) => {
  for (;;) {
    try {
      const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
      if (response.status < 500) return await response.json()
    } catch { /* no connection: said below, and tried again */ }
    say(desk, 'Not saved yet: the server does not answer. Trying again…')
    await new Promise(done => setTimeout(done, RETRY_MS))
  }
}

const whyNotSave = desk => {
  if (!desk.form.label) return 'Choose a verdict first: press its digit or click it.'
  if (sourceField(desk, 'published_on').validity.badInput) return 'The publication date of the source is not complete.'
  return ''
}

// ---- keys

const wireKeys = desk => {
  const down = event => {
    if (event.defaultPrevented || event.isComposing || !desk.root.isConnected || document.querySelector('[role=dialog]')) return
    const typing = isField(event.composedPath()[0])
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      event.stopImmediatePropagation()
      if (!event.repeat) act(desk, 'save')
      return
    }
    if (typing) {
      if (event.key === 'Escape') document.activeElement.blur()
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
    const done = pressed(desk, event.key)
    if (done) event.preventDefault()
  }
  document.addEventListener('keydown', down, true)
  return () => document.removeEventListener('keydown', down, true)
}

const pressed = (desk, key) => {
  const label = desk.data.labels.find(each => String(each.digit) === key)
  if (label) return chooseVerdict(desk, label.key) ?? true
  const button = { b: '.fc-back', s: '.fc-skip' }[key.toLowerCase()]
  if (button) desk.$(button).click()
  return Boolean(button)
}
