// What moves on from a claim, by button or key: save, skip, back, next, open, new claim.

const wireActions = desk => {
  holdSelection(desk.$('.fc-selection'))
  desk.$('.fc-save').onclick = () => finish(desk)
  desk.$('.fc-skip').onclick = () => act(desk, 'skip')
  desk.$('.fc-back').onclick = () => act(desk, 'back')
  wireReasons(desk)
  desk.$('.fc-new-claim').onclick = () => {
    const { start, end } = desk.selection
    act(desk, 'new_claim', { start, end })
  }
}

// Skipping by key asks for the reason: Enter alone skips without one.
const askReason = desk => {
  openReasons(desk)
  desk.$('[name=skip_reason]').focus()
}

const openReasons = desk => {
  showReasons(desk, true)
  desk.$('[name=skip_reason]').value = keptReason(desk, 'skip')
}

const showReasons = (desk, shown) => {
  desk.$('.fc-reasons').hidden = !shown
  desk.$('.fc-why').setAttribute('aria-expanded', String(shown))
}

const wireReasons = desk => {
  const skip = reason => {
    showReasons(desk, false)
    act(desk, 'skip', { reason })
  }
  const bar = desk.$('.fc-reasons')
  bar.oninput = event => keepReason(desk, 'skip', event.target.value)
  desk.$('.fc-why').onclick = () => bar.hidden ? askReason(desk) : showReasons(desk, false)
  for (const button of bar.querySelectorAll('button')) button.onclick = () => skip(button.textContent)
  bar.onkeydown = event => {
    if (event.key === 'Escape') {
      keepReason(desk, 'skip', '')
      showReasons(desk, false)
      desk.$('.fc-why').focus()
    } else if (event.key === 'Enter' && event.target.name === 'skip_reason' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      skip(event.target.value)
    }
  }
}

// Waits for the drafts on their way, since the save is made on the version they return. Tells whether it
// was done.
const act = async (desk, kind, more = {}) => {
  if (desk.choice) desk.$('.fc-conflict h2').focus()
  if (desk.choice || desk.pending) return false
  const { claimId } = desk
  const problem = WHY_NOT[kind]?.(desk)
  if (problem) {
    notice(desk, problem)
    return false
  }
  const focused = document.activeElement
  const inArticle = desk.$('.fc-left').contains(focused)
  desk.pending = kind
  // To read is not to wait: the desk stays as it is.
  desk.root.classList.toggle('fc-busy', kind !== 'read_guideline')
  desk.$('.fc-form').inert = kind === 'save'
  if (kind === 'save') holdDraft(desk)
  else flush(desk)
  await desk.queue
  const done = !desk.choice && await settleAct(desk, kind, more)
  desk.pending = null
  desk.root.classList.remove('fc-busy')
  desk.$('.fc-form').inert = false
  if (desk.claimId === claimId) {
    if (kind === 'save' && !desk.choice) focused.focus({ preventScroll: true })
  } else followWork(desk, inArticle)
  return done
}

const holdDraft = desk => {
  say(desk, 'Saving…')
  clearTimeout(desk.timer)
  desk.dirty = false
}

const settleAct = async (desk, kind, more) => {
  const claimId = desk.claimId
  const form = kind === 'save' ? { form: desk.form, active_seconds: takeSeconds(desk) } : {}
  const answer = await ask(desk, kind, { ...form, ...more })
  if (answer.error) {
    returnSeconds(desk, claimId, form.active_seconds || 0)
    await refused(desk, kind, answer)
    return false
  }
  if (kind !== 'read_guideline') notice(desk, '')
  if (kind === 'save' || kind === 'normalise') forgetLocal(claimId)
  if (kind === 'describe') dropLocal(claimId, 'details')
  if (REASONED.has(kind)) forgetReason(claimId, kind)
  if (answer.desk) takeAnswer(desk, claimId, answer, CHANGES_COUNT.has(kind))
  else desk.leaveEmpty()
  return true
}

const ask = async (desk, kind, more) => {
  const { claim, article } = desk.data
  const { answer } = await sendUntilAnswered(desk, 'desk/act', { kind, claim_id: desk.claimId, claim_version: claim.version, seen_text: desk.seenText, version: desk.copy.version, article_id: article.id, filter: filterInAddress(), op_id: newId(), ...more })
  return answer
}

const takeAnswer = (desk, claimId, answer, recount) => {
  if (answer.desk.claim.id !== claimId) history.pushState(history.state, '', `?${[filterInAddress(), `claim=${answer.desk.claim.id}`].filter(Boolean).join('&')}`)
  show(desk, answer.desk)
  say(desk, answer.done)
  if (recount) countPlace(desk)
}

const CHANGES_COUNT = new Set(['save', 'normalise', 'skip', 'back', 'reject', 'new_claim', 'undo', 'redo'])

// After the next claim is there: in a large project it takes as long as all else together.
const countPlace = async desk => {
  desk.counts = (desk.counts || 0) + 1
  const at = desk.counts
  try {
    const body = JSON.stringify({ claim_id: desk.claimId, filter: filterInAddress() })
    const response = await sendOnce('desk/place', body)
    const { place } = await response.json()
    if (!place || at !== desk.counts) return
    desk.data.place = place
    drawPlace(desk, desk.data)
  } catch { /* the next step counts again */ }
}

// What the queue draws from, if not from everything: it stays in the address from claim to claim.
const filterInAddress = () => {
  const query = new URLSearchParams(location.search)
  query.delete('claim')
  return query.toString()
}

// The focus goes where the work is: keys are heard there, and the next Tab goes to what comes first.
const followWork = (desk, inArticle) => {
  if (desk.choice) return
  if (inArticle) focusArticle(desk)
  else desk.$('.fc-form').focus({ preventScroll: true })
}

// After a change by somebody else the claim is looked at again: what was asked for can be asked once more,
// on what is stored now and with it in sight.
const refused = async (desk, kind, answer) => {
  say(desk, '')
  if (answer.stored && kind === 'save') return offerChoice(desk, answer.stored)
  if (kind === 'save') edit(desk, {})
  else if (answer.stored) {
    const now = await ask(desk, 'open', { open: desk.claimId })
    if (now.desk) show(desk, now.desk)
  }
  notice(desk, answer.error, wayIn(answer))
}

const whyNotSave = desk => {
  if (!desk.form.label) return 'Choose a verdict first: press its digit or click it.'
  if (sourceField(desk, 'published_on').validity.badInput) return 'The publication date of the source is not complete.'
  return ''
}

const whyNotNormalise = desk => desk.$('.fc-claim-text').value.trim() ? '' : 'Write the claim so that it stands alone first.'

const WHY_NOT = { save: whyNotSave, normalise: whyNotNormalise }
