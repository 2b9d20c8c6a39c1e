// What is known before a source is typed: earlier sources to choose from, fields that an address
// fills, and the stored copy of a document. All of it comes from this workbench's own database.

const RECALL_DELAY_MS = 200
const RECALLED = ['title', 'publisher', 'author', 'published_on', 'medium']

const wireRecall = desk => {
  for (const name of ['url', 'title']) {
    const field = sourceField(desk, name)
    field.addEventListener('input', () => recallSoon(desk, field))
    field.addEventListener('keydown', event => moveInEarlier(desk, field, event))
    field.addEventListener('blur', () => closeEarlier(desk))
  }
  const copy = sourceField(desk, 'copy')
  copy.addEventListener('paste', () => setTimeout(() => keepCopy(desk), 0))
  copy.addEventListener('change', () => keepCopy(desk))
  holdSelection(desk.$('.fc-earlier'))
  // Before the desk's own keys, for which Escape leaves the field.
  const escape = event => {
    if (event.key !== 'Escape' || desk.$('.fc-earlier').hidden) return
    event.preventDefault()
    closeEarlier(desk)
  }
  const leave = () => { if (document.visibilityState === 'hidden') keepCopy(desk) }
  window.addEventListener('keydown', escape, true)
  document.addEventListener('visibilitychange', leave)
  return () => {
    window.removeEventListener('keydown', escape, true)
    document.removeEventListener('visibilitychange', leave)
  }
}

const askSource = async (desk, body) => {
  try {
    const response = await sendOnce('desk/source', JSON.stringify({ claim_id: desk.claimId, ...body }))
    return await response.json()
  } catch {
    return { error: 'There is no connection to the server just now.' }
  }
}

const recallSoon = (desk, field) => {
  clearTimeout(desk.recallTimer)
  desk.recallTimer = setTimeout(() => {
    offerEarlier(desk, field)
    if (field.name === 'url') recallAddress(desk)
  }, RECALL_DELAY_MS)
}

// ---- earlier sources, as a combobox with a listbox (ARIA Authoring Practices)

const offerEarlier = async (desk, field) => {
  const words = field.value
  const answer = words.trim().length < 2 ? {} : await askSource(desk, { ask: 'words', words })
  if (field.value !== words || document.activeElement !== field) return
  const others = (answer.sources || []).filter(source => source.url !== sourceField(desk, 'url').value)
  if (!others.length) return closeEarlier(desk)
  desk.earlier = others
  const list = desk.$('.fc-earlier')
  list.replaceChildren(...others.map((source, i) => earlierOption(desk, source, i)))
  list.style.top = `${field.offsetTop + field.offsetHeight + 2}px`
  list.hidden = false
  field.setAttribute('aria-expanded', 'true')
  pointAt(desk, field, -1)
}

const earlierOption = (desk, source, i) => {
  const option = element('li')
  option.id = `fc-earlier-${i}`
  option.setAttribute('role', 'option')
  option.append(element('strong', source.title || source.url))
  option.append(element('span', [source.publisher, source.published_on, shorten(source.url, 90)].filter(Boolean).join(' · ')))
  option.onclick = () => chooseEarlier(desk, i)
  return option
}

const pointAt = (desk, field, at) => {
  desk.earlierAt = at
  ;[...desk.$('.fc-earlier').children].forEach((option, i) => {
    option.setAttribute('aria-selected', String(i === at))
    if (i === at) option.scrollIntoView({ block: 'nearest' })
  })
  if (at < 0) field.removeAttribute('aria-activedescendant')
  else field.setAttribute('aria-activedescendant', `fc-earlier-${at}`)
}

const moveInEarlier = (desk, field, event) => {
  if (desk.$('.fc-earlier').hidden || event.ctrlKey || event.metaKey) return
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const n = desk.earlier.length
  if (step) pointAt(desk, field, desk.earlierAt < 0 ? (step > 0 ? 0 : n - 1) : (desk.earlierAt + step + n) % n)
  else if (event.key === 'Enter' && desk.earlierAt >= 0) chooseEarlier(desk, desk.earlierAt)
  else return
  event.preventDefault()
  event.stopPropagation()
}

const chooseEarlier = (desk, i) => {
  const source = desk.earlier[i]
  for (const name of ['url', ...RECALLED]) sourceField(desk, name).value = source[name]
  closeEarlier(desk)
  forgetRecalled(desk)
  sourceTyped(desk)
  recallAddress(desk)
  sourceField(desk, 'quote').focus()
}

const closeEarlier = desk => {
  desk.$('.fc-earlier').hidden = true
  for (const name of ['url', 'title']) {
    sourceField(desk, name).setAttribute('aria-expanded', 'false')
    sourceField(desk, name).removeAttribute('aria-activedescendant')
  }
}

// ---- what an address fills: empty fields, and those that an address before it filled

const recallAddress = async desk => {
  const [claimId, url] = [desk.claimId, sourceField(desk, 'url').value.trim()]
  const { fields = {}, copy = null } = await askSource(desk, { ask: 'address', url })
  if (desk.claimId !== claimId || sourceField(desk, 'url').value.trim() !== url) return
  drawCopy(desk, copy)
  let changed = false
  for (const name of RECALLED) {
    const field = sourceField(desk, name)
    if (field.value && field.value !== desk.recalled[name]) continue
    changed ||= field.value !== (fields[name] || '')
    field.value = fields[name] || ''
    desk.recalled[name] = field.value
  }
  if (changed) sourceTyped(desk)
}

const forgetRecalled = desk => {
  desk.recalled = {}
  sourceField(desk, 'copy').value = ''
  drawCopy(desk, null)
  closeEarlier(desk)
}

// ---- the stored copy

const drawCopy = (desk, copy) => {
  const state = desk.$('.fc-copy-state')
  state.hidden = !copy
  state.textContent = copy ? `A copy of ${copy.n_characters.toLocaleString('en')} characters is kept since ${copy.taken_on}.` : ''
}

const keepCopy = async desk => {
  const field = sourceField(desk, 'copy')
  const { url, title, publisher, author, published_on } = readSource(desk)
  const text = field.value
  if (!text.trim()) return
  const answer = await askSource(desk, { ask: 'keep', url, title, publisher, author, published_on, text })
  if (answer.error) return sourceError(desk, answer.error)
  if (field.value === text) field.value = ''
  grow(field)
  sourceError(desk, '')
  drawCopy(desk, answer.copy)
  edit(desk, {})
}
