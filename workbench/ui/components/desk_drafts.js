// Drafts: kept in this browser at once, in the database a moment later, and never overwritten.

const keepLocal = (desk, kind) => storeLocal(desk.claimId, kind, { version: desk.copy.version, form: desk.form })

// What this browser typed and the server never confirmed. If somebody saved since, or a choice between
// two versions was left open, the choice is offered again.
const restoreLocal = (desk, data) => {
  const open = keptLocal(desk.claimId, 'conflict')
  const kept = open || keptLocal(desk.claimId)
  if (!kept) return rewrittenSince(desk, data)
  if (sameForm(kept.form, data.review.form)) return forgetLocal(desk.claimId)
  if (open || kept.version !== data.review.version) return offerChoice(desk, storedNow(data), kept.form)
  desk.form = kept.form
  fillForm(desk, data.claim.text)
  edit(desk, {})
  say(desk, 'Restored from this browser')
}

// A new text for the claim, typed while somebody else gave it another one.
const rewrittenSince = (desk, data) => {
  const { form } = desk
  const { text } = data.claim
  if (!form.claim_text || !form.claim_base || [form.claim_base, form.claim_text].includes(text)) return
  offerChoice(desk, storedNow(data))
}

const forgetLocal = claimId => {
  dropLocal(claimId)
  dropLocal(claimId, 'conflict')
}

const storedNow = ({ review, claim }) => ({ ...review, claim: { text: claim.text, version: claim.version } })

// Drafts go out one after the other, each made on the version that the one before returned.
const flush = desk => {
  clearTimeout(desk.timer)
  if (!desk.dirty || desk.choice || desk.pending === 'save') return desk.queue
  desk.dirty = false
  const draft = { claim_id: desk.claimId, form: structuredClone(desk.form), op_id: newId(), active_seconds: takeSeconds(desk) }
  const { copy } = desk
  desk.queue = desk.queue.then(() => sendDraft(desk, copy, draft))
  return desk.queue
}

// Sent until there is an answer, always as the same operation: an answer that was lost is no conflict.
const sendDraft = async (desk, copy, draft) => {
  const here = () => desk.copy === copy
  if (here() && desk.choice) return
  desk.sending = draft
  const { response, answer } = await sendUntilAnswered(desk, 'desk/draft', { ...draft, version: copy.version }, here)
  desk.sending = null
  if (response.ok) return draftKept(desk, copy, draft, answer, here())
  if (answer.stored && sameForm(answer.stored.form, draft.form)) return draftKept(desk, copy, draft, answer.stored, here())
  returnSeconds(desk, draft.claim_id, draft.active_seconds)
  if (!here()) return
  say(desk, 'Draft not saved')
  if (answer.stored) offerChoice(desk, answer.stored)
  else notice(desk, answer.error, wayIn(answer))
}

// Back to this very claim, where what was typed is still kept.
const wayIn = ({ signed_out: isOut }) => {
  if (!isOut) return []
  const link = document.createElement('a')
  link.href = `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`
  link.textContent = 'Sign in'
  return [link]
}

const draftKept = (desk, copy, draft, { version, hints }, here) => {
  copy.version = version
  if (here && hints) drawHints(desk, hints)
  if (here && desk.dirty) return keepLocal(desk)
  dropLocal(draft.claim_id)
  if (here && !desk.pending) say(desk, 'Draft saved')
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
