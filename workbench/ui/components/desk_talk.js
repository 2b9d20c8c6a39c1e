// Beside the review: what the claim came from, its details, flags, the guideline, undo and redo.

const wireTalk = desk => {
  const { $ } = desk
  for (const step of ['undo', 'redo']) $(`.fc-${step}`).onclick = () => takeBack(desk, step)
  $('.fc-reject').onclick = () => askWhy(desk, 'reject')
  $('.fc-flag-claim').onclick = () => askWhy(desk, 'flag')
  $('.fc-why-say').onclick = () => sayWhy(desk, $('[name=why]').value)
  $('[name=why]').oninput = event => keepReason(desk, desk.asking, event.target.value)
  $('.fc-ask').onkeydown = event => {
    if (event.key === 'Escape') dropWhy(desk)
    else if (event.key === 'Enter' && event.target.name === 'why' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      sayWhy(desk, event.target.value)
    }
  }
  $('.fc-details-button').onclick = () => showDetails(desk, $('.fc-details').hidden)
  $('.fc-save-details').onclick = () => saveDetails(desk)
  $('.fc-details').oninput = () => keepDetails(desk)
  $('.fc-guideline').addEventListener('toggle', () => readGuideline(desk))
  wireComments(desk)
}

const drawTalk = (desk, data, moved) => {
  desk.$('.fc-history-link').href = `history?claim=${desk.claimId}`
  drawSteps(desk, data)
  drawGuideline(desk, data.guideline)
  drawStamp(desk, data.judged_under)
  drawLineage(desk, data)
  drawFlags(desk, data.flags)
  drawResolution(desk, data)
  if (moved) {
    showDetails(desk, Boolean(keptLocal(desk.claimId, 'details')), false)
    closeWhy(desk, false)
    showReasons(desk, false)
    reopenReason(desk)
  }
  drawComments(desk, data, moved)
}

// ---- undo and redo

const drawSteps = (desk, data) => {
  for (const [step, word] of [['undo', 'Undo'], ['redo', 'Redo']]) {
    const button = desk.$(`.fc-${step}`)
    button.disabled = !data[step]
    button.title = data[step] ? `${word}: ${data[step].words}` : `Nothing to ${step}`
    button.setAttribute('aria-label', data[step] ? button.title : word)
  }
}

const takeBack = (desk, step) => {
  if (desk.data[step]) act(desk, step, { event_id: desk.data[step].event_id })
}

// ---- why a claim is rejected or flagged

const WHY = {
  reject: { title: 'Why is this not worked on?', say: 'Reject & next', least: '' },
  flag: { title: 'Why should the lead look at this?', say: 'Flag', least: 'Say why the lead should look at it.' },
}

const askWhy = (desk, kind) => {
  if (!desk.$('.fc-ask').hidden && desk.asking === kind) return dropWhy(desk)
  openWhy(desk, kind)
  desk.$('[name=why]').focus()
}

const openWhy = (desk, kind) => {
  const { $ } = desk
  desk.asking = kind
  $('.fc-ask-title').textContent = WHY[kind].title
  $('.fc-why-say').textContent = WHY[kind].say
  const reasons = kind === 'reject' ? desk.data.reasons : []
  $('.fc-ask-choices').replaceChildren(...reasons.map(reason => smallButton(reason, () => sayWhy(desk, told(reason, $('[name=why]').value)))))
  $('[name=why]').value = keptReason(desk, kind)
  $('.fc-ask').hidden = false
}

const told = (reason, words) => words.trim() ? `${reason}: ${words.trim()}` : reason

// Put away on purpose: the words with it.
const dropWhy = desk => {
  keepReason(desk, desk.asking, '')
  closeWhy(desk)
}

const closeWhy = (desk, refocus = true) => {
  if (desk.$('.fc-ask').hidden) return
  desk.$('.fc-ask').hidden = true
  if (refocus) desk.$(desk.asking === 'flag' ? '.fc-flag-claim' : '.fc-reject').focus()
}

const sayWhy = (desk, reason) => {
  const { least } = WHY[desk.asking]
  if (least && !reason.trim()) return notice(desk, least)
  closeWhy(desk)
  act(desk, desk.asking, { reason })
}

// A reason half typed is there again, and its field open, after a reload.
const REASONED = new Set(['skip', 'flag', 'reject'])

const keptReason = (desk, kind) => keptLocal(desk.claimId, `why-${kind}`) || ''
const forgetReason = (claimId, kind) => dropLocal(claimId, `why-${kind}`)
const keepReason = (desk, kind, text) => text ? storeLocal(desk.claimId, `why-${kind}`, text) : forgetReason(desk.claimId, kind)

const reopenReason = desk => {
  if (keptReason(desk, 'skip')) openReasons(desk)
  const kind = ['flag', 'reject'].find(each => keptReason(desk, each))
  if (kind) openWhy(desk, kind)
}

const drawFlags = (desk, flags) => {
  desk.$('.fc-flags').replaceChildren(...flags.map(flag => {
    const line = element('li', `Flagged by ${flag.by}: ${flag.reason} `)
    line.append(smallButton('Lower flag', () => act(desk, 'lower_flag', { flag_id: flag.id, row_version: flag.version })))
    return line
  }))
  desk.$('.fc-flags').hidden = !flags.length
}

// ---- lineage

const drawLineage = (desk, { claim, lineage }) => {
  const line = desk.$('.fc-lineage')
  const parts = []
  if (lineage.how) parts.push('Made from claim ', ...claimLinks(lineage.parents), lineage.how === 'merge' ? ' by a merge. ' : ' by a split. ')
  if (lineage.became) parts.push(lineage.became === 'merge' ? 'Merged into claim ' : 'Split into claims ', ...claimLinks(lineage.children), '. ')
  else if (claim.state === 'rejected' || claim.state === 'retired') parts.push(`This claim was ${claim.state}${claim.reason ? `: ${claim.reason}` : ''}.`)
  line.replaceChildren(...parts)
  line.hidden = !parts.length
}

const claimLinks = ids => ids.flatMap((id, i) => {
  const link = element('a', String(id))
  link.href = `review?claim=${id}`
  return i ? [i === ids.length - 1 ? ' and ' : ', ', link] : [link]
})

// ---- speaker, date, place, types

const DETAILS = ['speaker', 'claimed_on', 'place']

const showDetails = (desk, shown, focus = true) => {
  const { $ } = desk
  $('.fc-details').hidden = !shown
  $('.fc-details-button').setAttribute('aria-expanded', String(shown))
  if (!shown) return
  const { claim, claim_types: types } = desk.data
  const details = keptLocal(desk.claimId, 'details') || { ...claim, speaker: claim.speaker || '' }
  for (const name of DETAILS) $(`.fc-details [name=${name}]`).value = details[name]
  const was = 'speaker' in claim.proposed ? `Proposed by the splitter: ${claim.proposed.speaker || 'no speaker'}` : ''
  $('.fc-proposed-speaker').textContent = was
  $('.fc-types').replaceChildren(...types.map(type => typeBox(type, details.claim_types.includes(type))))
  if (focus) $('[name=speaker]').focus()
}

const typeBox = (type, checked) => {
  const label = element('label')
  const box = element('input')
  Object.assign(box, { type: 'checkbox', name: 'claim_type', value: type, checked })
  label.append(box, type)
  return label
}

const readDetails = desk => ({
  ...Object.fromEntries(DETAILS.map(name => [name, desk.$(`.fc-details [name=${name}]`).value])),
  claim_types: [...desk.root.querySelectorAll('[name=claim_type]:checked')].map(box => box.value),
})

// What is typed stays in this browser until it is saved, over a reload and over somebody else's change.
const keepDetails = desk => storeLocal(desk.claimId, 'details', readDetails(desk))

const saveDetails = async desk => {
  if (desk.$('[name=claimed_on]').validity.badInput) return notice(desk, 'The date of the claim is not complete.')
  if (!await act(desk, 'describe', readDetails(desk))) return
  showDetails(desk, false)
  desk.$('.fc-details-button').focus()
}

// What people chose, with what the splitter proposed still beside it.
const chosenFacts = claim => [
  ['Speaker', 'speaker' in claim.proposed && `${claim.speaker || 'the article itself'} · proposed: ${claim.proposed.speaker || 'the article itself'}`],
  ['Claimed on', claim.claimed_on],
  ['Place', claim.place],
  ['Type', claim.claim_types.join(', ')],
  ['Span', 'quote' in claim.proposed && `changed · proposed: “${shorten(claim.proposed.quote, 120)}”`],
  ['Proposed text', claim.proposed_text && claim.proposed_text !== claim.text && claim.proposed_text],
]

// ---- the guideline

const drawGuideline = (desk, guideline) => {
  desk.$('.fc-guideline').hidden = !guideline
  if (!guideline) return
  desk.$('.fc-guideline-version').textContent = `version ${guideline.number}`
  desk.$('.fc-guideline-new').hidden = guideline.known === null
  if (desk.guidelineShown === guideline.number && guideline.known === null) return
  desk.guidelineShown = guideline.number
  desk.$('.fc-guideline-text').textContent = guideline.text
  const lines = guideline.changes.filter(([sign]) => sign !== ' ')
  const changes = desk.$('.fc-guideline-changes')
  changes.hidden = !lines.length
  changes.replaceChildren(element('strong', `Changed since version ${guideline.known}, which you saw last`), ...lines.map(([sign, line]) => element(sign === '+' ? 'ins' : 'del', line)))
}

const drawStamp = (desk, number) => {
  desk.$('.fc-stamp').hidden = number === null
  desk.$('.fc-stamp').textContent = `Submitted under guideline version ${number}`
}

const readGuideline = desk => {
  const { guideline } = desk.data
  if (!desk.$('.fc-guideline').open || !guideline || desk.readNumber === guideline.number) return
  desk.readNumber = guideline.number
  act(desk, 'read_guideline', { number: guideline.number })
}
