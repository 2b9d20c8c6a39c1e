// The sources under a verdict: the form that one is typed into, and the cards of those added.

const STANCE_TITLES = { supports: 'Supports', refutes: 'Refutes', context: 'Context' }
const ANSWER_TITLES = { extractive: 'extractive', abstractive: 'abstractive', boolean: 'yes or no', unanswerable: 'no answer found' }
const MORE_FIELDS = ['author', 'medium', 'accessed_on', 'question', 'answer_type', 'answer', 'explanation', 'set_number']
const SOURCE_FIELDS = ['url', 'title', 'publisher', 'published_on', 'quote', 'stance', ...MORE_FIELDS]
const DATE_FIELDS = { published_on: 'publication date', accessed_on: 'date of access' }
const NEW_SOURCE = { ...Object.fromEntries(SOURCE_FIELDS.map(name => [name, ''])), stance: 'supports', set_number: 1, id: null }
const ALWAYS_SET = new Set(['stance', 'set_number', 'medium', 'answer_type'])
const MORE_OPEN = 'fc-more-open'

const sourceField = (desk, name) => desk.$(`.fc-source-form [name=${name}]`)

const wireSources = desk => {
  for (const name of SOURCE_FIELDS) {
    sourceField(desk, name).addEventListener('input', () => {
      if (name === 'question') chooseAnswerType(desk)
      sourceTyped(desk)
    })
  }
  desk.$('.fc-add-source').onclick = () => addSource(desk)
  desk.$('.fc-cancel-edit').onclick = () => putBack(desk)
  desk.$('.fc-use-quote').onclick = () => quoteSelection(desk)
  desk.$('.fc-source-form').onkeydown = event => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.target.tagName !== 'INPUT') return
    event.preventDefault()
    addSource(desk)
  }
  rememberMore(desk.$('.fc-more'))
}

// Kept at the press itself: the browser tells of a fold only later, and a reload may come first.
const rememberMore = more => {
  try { more.open = localStorage.getItem(MORE_OPEN) === 'yes' } catch { /* forbidden: it begins folded */ }
  more.querySelector('summary').onclick = () => {
    try { localStorage.setItem(MORE_OPEN, more.open ? 'no' : 'yes') } catch { /* as above */ }
  }
}

const sourceTyped = desk => {
  sourceError(desk, '')
  edit(desk, { pending: readSource(desk) })
  drawMore(desk, desk.form.pending)
}

const readSource = desk => ({
  ...Object.fromEntries(SOURCE_FIELDS.map(name => [name, sourceField(desk, name).value])),
  set_number: Math.trunc(Number(sourceField(desk, 'set_number').value)) || 1,
  id: desk.form.pending.id ?? null,
})

const fillSource = (desk, entry) => {
  for (const name of SOURCE_FIELDS) sourceField(desk, name).value = entry[name] || NEW_SOURCE[name]
  for (const area of desk.root.querySelectorAll('.fc-source-form textarea')) grow(area)
  sourceError(desk, '')
  drawMore(desk, entry)
  forgetRecalled(desk)
  desk.$('.fc-add-source').textContent = desk.editing ? 'Save source' : 'Add source'
  desk.$('.fc-cancel-edit').hidden = !desk.editing
}

// What is folded away is counted on the fold; an answer has the fields that its type needs.
const drawMore = (desk, entry) => {
  const n = MORE_FIELDS.filter(name => entry[name] && entry[name] !== NEW_SOURCE[name]).length
  desk.$('.fc-more-filled').textContent = n ? `· ${n} filled` : ''
  desk.$('.fc-answer').hidden = entry.answer_type === 'unanswerable'
  desk.$('.fc-explanation').hidden = entry.answer_type !== 'boolean'
  sourceField(desk, 'answer').placeholder = { boolean: 'Yes or No', extractive: 'The quote, if left empty' }[entry.answer_type] || ''
}

const chooseAnswerType = desk => {
  const [question, type] = [sourceField(desk, 'question'), sourceField(desk, 'answer_type')]
  if (question.value && !type.value) type.value = 'extractive'
  if (!question.value && type.value === 'extractive') type.value = ''
}

const quoteSelection = desk => {
  const quote = sourceField(desk, 'quote')
  quote.value = [quote.value, desk.selection?.text].filter(Boolean).join(' […] ')
  grow(quote)
  sourceTyped(desk)
  showSelection(desk, null)
  quote.focus()
}

const sourceError = (desk, text) => {
  desk.$('.fc-source-error').hidden = !text
  desk.$('.fc-source-error').textContent = text
}

const addSource = desk => {
  const entry = readSource(desk)
  entry.url = entry.url.trim()
  const [name, problem] = whatIsMissing(desk, entry)
  if (problem) {
    if (MORE_FIELDS.includes(name)) desk.$('.fc-more').open = true
    sourceError(desk, problem)
    return sourceField(desk, name).focus()
  }
  const evidence = [...desk.form.evidence]
  evidence.splice(desk.editing ? desk.editing.at : evidence.length, 0, entry)
  settleSources(desk, evidence, entry.set_number)
  sourceField(desk, 'url').focus()
}

// The server checks all of it again; here it is said while the source still lies open.
const whatIsMissing = (desk, { url, question, answer, answer_type: type, quote, explanation }) => {
  if ((url || type !== 'unanswerable') && !/^https?:\/\/[^\s/]+/i.test(url)) return ['url', url ? `“${shorten(url, 60)}” is no web address: begin it with http:// or https://.` : 'A source needs its web address.']
  for (const [name, title] of Object.entries(DATE_FIELDS)) {
    if (sourceField(desk, name).validity.badInput) return [name, `The ${title} is not complete.`]
  }
  if (!sourceField(desk, 'set_number').validity.valid) return ['set_number', 'The evidence set is a number from 1 to 20.']
  if (!type) return answer ? ['answer_type', 'Choose the type of the answer.'] : []
  if (!question.trim()) return ['question', 'Write the question that it answers.']
  if (type === 'unanswerable') return answer.trim() ? ['answer_type', 'An unanswerable question has no answer; empty it or choose another type.'] : []
  if (type === 'boolean' && !/^\s*(yes|no)\s*$/i.test(answer)) return ['answer', 'A boolean answer is Yes or No.']
  if (type === 'boolean' && !explanation.trim()) return ['explanation', 'A boolean answer needs its explanation.']
  if (!answer.trim() && !(type === 'extractive' && quote.trim())) return ['answer', 'Write the answer.']
  return []
}

const editSource = (desk, i) => {
  if (!isBlank(readSource(desk))) {
    sourceError(desk, 'Add or clear the source that you are typing first.')
    return
  }
  const entry = { ...NEW_SOURCE, ...desk.form.evidence[i] }
  const evidence = desk.form.evidence.filter((_, at) => at !== i)
  desk.editing = { at: i, entry }
  edit(desk, { evidence, pending: { ...entry } })
  fillSource(desk, entry)
  drawSources(desk)
  recallAddress(desk)
  sourceField(desk, 'url').focus()
}

const putBack = desk => {
  const evidence = [...desk.form.evidence]
  evidence.splice(desk.editing.at, 0, desk.editing.entry)
  settleSources(desk, evidence, 1)
}

// Sets stand together, in their order; the next source begins in the set of the last one.
const settleSources = (desk, evidence, set_number) => {
  desk.editing = null
  const pending = { ...NEW_SOURCE, set_number }
  evidence.sort((one, other) => setOf(one) - setOf(other))
  edit(desk, { evidence, pending })
  fillSource(desk, pending)
  drawSources(desk)
}

const setOf = entry => entry.set_number || 1

const removeSource = (desk, i) => {
  edit(desk, { evidence: desk.form.evidence.filter((_, at) => at !== i) })
  drawSources(desk)
}

const isBlank = entry => !SOURCE_FIELDS.some(name => !ALWAYS_SET.has(name) && entry[name])

// ---- the cards

const drawSources = desk => {
  const { evidence } = desk.form
  const inSets = evidence.some(entry => setOf(entry) > 1)
  const cards = evidence.flatMap((entry, i) => {
    const begins = inSets && (!i || setOf(evidence[i - 1]) !== setOf(entry))
    return [...begins ? [setHeading(setOf(entry))] : [], sourceCard(desk, entry, i)]
  })
  desk.$('.fc-sources').replaceChildren(...cards)
  const questions = [...new Set(evidence.map(entry => entry.question).filter(Boolean))]
  desk.$('#fc-questions').replaceChildren(...questions.map(question => new Option(question)))
}

const setHeading = number => {
  const heading = element('li', `Evidence set ${number}`)
  heading.className = 'fc-set'
  return heading
}

const sourceCard = (desk, entry, i) => {
  const card = element('li')
  card.className = `fc-source fc-${entry.stance}`
  const medium = entry.medium && entry.medium !== 'web text' ? entry.medium : ''
  const accessed = entry.accessed_on && `accessed ${entry.accessed_on}`
  const meta = [STANCE_TITLES[entry.stance], entry.publisher, entry.author, entry.published_on, medium, accessed, entry.url && hostOf(entry.url)].filter(Boolean).join(' · ')
  card.append(entry.url ? sourceLink(entry) : element('strong', 'No source'))
  card.append(element('p', entry.url ? meta : ANSWER_TITLES[entry.answer_type] || ''))
  if (entry.quote) card.append(reachable(element('blockquote', entry.quote)))
  if (entry.question) card.append(answerOf(entry))
  card.append(cardButton('Edit', i, () => editSource(desk, i)), cardButton('Remove', i, () => removeSource(desk, i)))
  return card
}

const sourceLink = entry => {
  const link = element('a', entry.title || entry.url)
  link.href = entry.url
  link.target = '_blank'
  link.rel = 'noopener noreferrer'
  return link
}

const answerOf = entry => {
  const list = element('dl')
  list.className = 'fc-answered'
  const kind = ANSWER_TITLES[entry.answer_type]
  const answer = entry.answer_type === 'unanswerable' ? 'No answer found' : `${entry.answer || entry.quote}${kind ? ` (${kind})` : ''}`
  list.append(element('dt', entry.question), element('dd', answer))
  if (entry.explanation) list.append(element('dd', entry.explanation))
  return list
}

const cardButton = (name, i, onclick) => {
  const button = smallButton(name, onclick)
  button.classList.add('fc-quiet')
  button.setAttribute('aria-label', `${name} source ${i + 1}`)
  return button
}

const hostOf = url => {
  try { return new URL(url).host } catch { return '' }
}

// ---- hints

// Polite and no role=status: the page has one status, which says what is saved.
const drawHints = (desk, hints = []) => {
  const list = desk.$('.fc-hints')
  const drawn = JSON.stringify(hints)
  if (list.dataset.drawn === drawn) return
  list.dataset.drawn = drawn
  list.hidden = !hints.length
  list.replaceChildren(...hints.map(hint => element('li', hint.text)))
}
