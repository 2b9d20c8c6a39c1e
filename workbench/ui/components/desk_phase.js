// The phase of the work that the claim is in: what there is to do, and what was found before.

const drawPhase = (desk, data) => {
  const { phase } = data
  const work = phase ? phase.work || 'none' : 'review'
  desk.root.dataset.work = work
  desk.$('.fc-save').textContent = work === 'claim' ? 'Normalised & next' : 'Save & next'
  desk.$('.fc-save').hidden = desk.$('.fc-chord').hidden = work === 'none'
  desk.$('.fc-claim-text').readOnly = work === 'none'
  const drawn = JSON.stringify([phase, data.claim.id])
  if (desk.phaseDrawn === drawn) return
  desk.phaseDrawn = drawn
  drawPhaseLine(desk, phase)
  drawDisputed(desk, phase?.verdicts || [])
  drawGiven(desk, phase?.given || [], work)
  if (work === 'claim') showDetails(desk, true, false)
}

const drawPhaseLine = (desk, phase) => {
  const line = desk.$('.fc-phase')
  line.hidden = !phase
  if (!phase) return line.replaceChildren()
  const place = phase.number ? `Phase ${phase.number} of ${phase.of} · ${phase.title}` : phase.title
  line.replaceChildren(element('strong', place), phase.about ? `: ${phase.about}` : '')
}

const drawDisputed = (desk, verdicts) => {
  const part = desk.$('.fc-disputed')
  part.hidden = !verdicts.length
  const list = element('ul')
  list.append(...verdicts.map(({ title, justification }) => {
    const item = element('li')
    item.append(element('strong', title), justification ? ` – ${justification}` : ' – no justification given')
    return item
  }))
  part.replaceChildren(partHeading('The verdicts differ'), list)
}

const drawGiven = (desk, given, work) => {
  const part = desk.$('.fc-given')
  part.hidden = !given.length && work !== 'verdict'
  const title = given.length ? `Evidence so far (${given.length})` : 'Evidence so far: none was found'
  const list = element('ol')
  list.append(...given.map(givenCard))
  part.replaceChildren(partHeading(title), list)
}

const partHeading = title => {
  const heading = element('h3', title)
  heading.className = 'fc-heading'
  return heading
}

// As it was gathered, but for what its finder made of it.
const givenCard = entry => {
  const card = element('li')
  card.className = 'fc-given-source'
  const medium = entry.medium && entry.medium !== 'web text' ? entry.medium : ''
  const meta = [entry.publisher, entry.author, entry.published_on, medium, entry.url && hostOf(entry.url)].filter(Boolean).join(' · ')
  const answered = entry.question && entry.answer_type === 'extractive' && (!entry.answer || entry.answer === entry.quote)
  if (entry.question) card.append(answerOf(entry))
  if (entry.quote && !answered) card.append(reachable(element('blockquote', entry.quote)))
  card.append(entry.url ? sourceLink(entry) : element('strong', 'No source'))
  if (meta) card.append(element('p', meta))
  return card
}

// What is set right in the details belongs to normalising: it is stored first.
const normalise = async desk => {
  if (desk.$('[name=claimed_on]').validity.badInput) return notice(desk, 'The date of the claim is not complete.')
  if (keptLocal(desk.claimId, 'details') && !await act(desk, 'describe', readDetails(desk))) return
  await act(desk, 'normalise', { text: desk.form.claim_text })
}

const finish = desk => {
  const { work } = desk.root.dataset
  if (work === 'none') return notice(desk, 'There is nothing for you to do on this claim: skip to the next one.')
  if (work === 'answered') return act(desk, 'skip')
  return work === 'claim' ? normalise(desk) : act(desk, 'save')
}
