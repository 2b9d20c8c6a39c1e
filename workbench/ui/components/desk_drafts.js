// Drafts: kept in this browser at once, in the database a moment later, and never overwritten.

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
      if (response.status >= 500) tryAgain(desk)
      else say(desk, 'Draft not saved')
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
