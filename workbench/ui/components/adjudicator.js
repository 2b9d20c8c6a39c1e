// A contested claim: its passage, the reviews side by side, and the decision. What is asked for is one trigger
// with an op_id; the page answers with the next claim, or with what is in the way.

const courts = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector('.fc-adjudicator')
  const court = courts.get(root) || openCourt(root)
  court.send = action => {
    const sent = { ...action, op_id: newId() }
    setTriggerValue('act', sent)
    return sent
  }
  takeClaim(court, data)
  return court.close
}

const openCourt = root => {
  const court = { root, $: selector => root.querySelector(selector), typed: emptyDecision() }
  courts.set(root, court)
  wireHelp(court)
  wireForm(court)
  const { $ } = court
  $('.fc-next').onclick = () => open(court, court.data.next)
  $('.fc-previous').onclick = () => open(court, court.data.previous)
  for (const name of ['undo', 'redo']) $(`.fc-${name}`).onclick = () => takeBack(court, name)
  $('.fc-adj-verdicts').addEventListener('keydown', event => walkLabels(court, event))
  court.keysChanged = () => drawLabels(court)
  const unhook = wireKeys(court)
  court.close = () => {
    unhook()
    courts.delete(root)
  }
  return court
}

const open = (court, id) => id && court.send({ kind: 'open', claim_id: id })

const takeBack = (court, name) => {
  const step = court.data[name]
  if (step) court.send({ kind: name, claim_id: court.data.claim.id, event_id: step.event_id })
}

const takeClaim = (court, data) => {
  const before = court.data
  const moved = before?.claim.id !== data.claim.id
  if (court.sent && data.done === court.sent.op_id) {
    dropLocal(court.sent.claim_id, 'decision')
    court.sent = null
    say(court, data.said)
  } else if (data.problem) {
    court.sent = null
    say(court, '')
  }
  court.data = data
  takeKeys(court, data.keys)
  drawBar(court)
  if (JSON.stringify(before?.reviews) !== JSON.stringify(data.reviews) || moved) drawReviews(court)
  drawDecided(court)
  drawComments(court)
  if (moved || before.version !== data.version) loadDecision(court)
  drawConflict(court)
  if (moved) begin(court, before)
}

// Where the work goes on, so that the next key is heard: not in a field of the claim before.
const begin = (court, before) => {
  if (before && court.root.contains(document.activeElement)) document.activeElement.blur()
  const { article, spans, claim } = court.data
  drawArticle(court.$('.fc-article'), article.text, spans, claim.id)
  for (const mark of court.root.querySelectorAll('.fc-article mark')) mark.removeAttribute('tabindex')
  court.$('.fc-adj-scroll').scrollTop = 0
  const show = () => {
    const current = court.$('.fc-current')
    if (current) bringIntoView(court.$('.fc-adj-left .fc-scroll'), current, false)
  }
  show()
  document.fonts.ready.then(show)
}

const drawBar = court => {
  const { $, data } = court
  $('.fc-adj-place').textContent = data.place
  $('.fc-next').disabled = !data.next
  $('.fc-previous').disabled = !data.previous
  for (const name of ['undo', 'redo']) {
    $(`.fc-${name}`).disabled = !data[name]
    $(`.fc-${name}`).title = data[name] ? `${name === 'undo' ? 'Undo' : 'Redo'}: ${data[name].words}` : ''
  }
  $('.fc-on-desk').href = `review?claim=${data.claim.id}`
  show($('.fc-adj-earlier'), data.earlier)
  show($('.fc-adj-problem'), data.problem)
  $('.fc-adj-claim').textContent = data.claim.text
  $('.fc-adj-speaker').textContent = data.claim.speaker ? `Said by ${data.claim.speaker}` : ''
  $('.fc-adj-title').textContent = [data.article.title, data.article.outlet, data.article.published_on].filter(Boolean).join(' · ')
}

const show = (line, text) => {
  line.hidden = !text
  line.textContent = text || ''
}

// ---- the reviews

const drawReviews = court => {
  const { reviews } = court.data
  const box = court.$('.fc-adj-reviews')
  box.style.setProperty('--fc-columns', reviews.length)
  box.replaceChildren(...reviews.map(reviewColumn))
}

const reviewColumn = review => {
  const column = element('article')
  column.className = 'fc-adj-review'
  column.setAttribute('aria-label', review.name)
  const verdict = element('p')
  verdict.className = 'fc-adj-verdict'
  verdict.style.setProperty('--fc-color', review.color)
  verdict.append(breakable(review.label))
  if (review.differs) verdict.append(sign('differs'))
  const about = [review.confidence === null ? 'no confidence given' : `${Math.round(review.confidence * 100)} % sure`, when(review.at)]
  const meta = element('p', about.join(' · '))
  meta.className = 'fc-adj-meta'
  const words = element('p', review.justification || 'No justification.')
  words.className = review.justification ? 'fc-adj-words' : 'fc-adj-words fc-adj-none'
  words.dir = 'auto'
  column.append(element('h3', review.name), verdict, meta, words, ...sets(review.evidence))
  return column
}

const when = at => at ? new Date(at).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' }) : ''

const sign = text => {
  const made = element('span', text)
  made.className = 'fc-adj-sign'
  return made
}

const sets = evidence => {
  if (!evidence.length) {
    const none = element('p', 'No evidence.')
    none.className = 'fc-adj-none'
    return [none]
  }
  const numbers = [...new Set(evidence.map(each => each.set_number))]
  return numbers.flatMap(number => {
    const list = element('ol')
    list.className = 'fc-adj-evidence'
    list.append(...evidence.filter(each => each.set_number === number).map(piece))
    return numbers.length > 1 ? [element('h4', `Evidence set ${number}`), list] : [list]
  })
}

const piece = each => {
  const item = element('li')
  item.className = `fc-adj-${each.stance}`
  const head = element('p')
  head.append(element('strong', each.stance))
  if (each.mark) head.append(sign(each.mark))
  item.append(head)
  if (each.question) item.append(element('p', each.question), element('p', each.answer_type === 'unanswerable' ? 'Unanswerable' : each.answer))
  if (each.url) item.append(sourceLink(each))
  if (each.quote) {
    const quote = element('blockquote', each.quote)
    quote.dir = 'auto'
    item.append(quote)
  }
  return item
}

const sourceLink = each => {
  const link = element('a', [each.title || each.url, each.publisher].filter(Boolean).join(' · '))
  if (/^https?:/.test(each.url)) link.href = each.url
  link.target = '_blank'
  link.rel = 'noopener noreferrer'
  link.dir = 'auto'
  return link
}

// ---- what was decided, and what was said

const drawDecided = court => {
  const { decided } = court.data
  const box = court.$('.fc-adj-decided')
  box.hidden = !decided
  court.$('.fc-send-back').hidden = Boolean(decided)
  if (!decided) return box.replaceChildren()
  box.replaceChildren(element('h3', 'Final verdict'), ...decisionLines(decided), ...decided.dissent.map(dissentLine))
}

const decisionLines = decided => {
  const verdict = element('p', decided.title)
  verdict.className = 'fc-adj-verdict'
  verdict.style.setProperty('--fc-color', decided.color)
  const meta = element('p', [decided.how, when(decided.at), decided.cause_title].filter(Boolean).join(' · '))
  meta.className = 'fc-adj-meta'
  const reason = element('p', decided.reason)
  reason.className = 'fc-adj-words'
  return decided.reason ? [verdict, meta, reason] : [verdict, meta]
}

const dissentLine = ({ name, title, reason }) => {
  const line = element('p', `Dissent: ${name}, ${title}${reason ? `: ${reason}` : ', without words'}`)
  line.className = 'fc-adj-words'
  return line
}

const drawComments = court => {
  const { comments } = court.data
  const box = court.$('.fc-adj-comments')
  box.hidden = !comments.length
  box.replaceChildren(element('h3', 'Comments'), ...comments.map(each => {
    const line = element('div')
    line.className = each.reply ? 'fc-adj-comment fc-adj-reply' : 'fc-adj-comment'
    const head = element('p', `${each.by} · ${when(each.at)}${each.resolved ? ' · resolved' : ''}`)
    head.className = 'fc-adj-meta'
    const text = element('p', each.text)
    text.className = 'fc-adj-words'
    line.append(head, text)
    return line
  }))
}

// Somebody else decided while this was typed: both stand side by side, and one is chosen.
const drawConflict = court => {
  const { conflict, decided, labels, causes } = court.data
  const box = court.$('.fc-adj-conflict')
  const shown = Boolean(conflict && decided)
  const appeared = shown && box.hidden
  box.hidden = !shown
  court.$('.fc-adj-form').hidden = shown
  if (!shown) return
  const { label, reason, cause } = court.typed
  const mine = { title: labels.find(each => each.key === label)?.title || 'No verdict', color: labels.find(each => each.key === label)?.color || 'gray', how: 'Not saved', at: '', cause_title: causes[cause] || '', reason }
  box.querySelector('.fc-adj-sides').replaceChildren(side('Stored', decided), side('Here', mine))
  if (appeared) box.querySelector('h3').focus()
}

const side = (title, decision) => {
  const made = element('div')
  made.append(element('h4', title), ...decisionLines(decision))
  return made
}
