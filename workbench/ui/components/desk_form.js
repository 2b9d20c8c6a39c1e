// The desk's form: verdict, justification, confidence, and the sources under it.

const wireForm = desk => {
  const { $ } = desk
  $('.fc-claim-text').oninput = event => edit(desk, { claim_text: event.target.value.replace(/\n+/g, ' '), claim_base: desk.seenText })
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
