// The desk's form: verdict, justification, confidence; its sources are in desk_sources.js.

const wireForm = desk => {
  const { $ } = desk
  $('.fc-claim-text').oninput = event => edit(desk, { claim_text: event.target.value.replace(/\n+/g, ' '), claim_base: desk.seenText })
  $('.fc-claim-text').onblur = event => { event.target.scrollTop = 0 }
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
  if (desk.pending || ['claim', 'none', 'answered'].includes(desk.root.dataset.work)) return
  edit(desk, { label: desk.form.label === key ? '' : key })
  markVerdict(desk)
}

const moveVerdict = (desk, event) => {
  if (desk.root.dataset.work === 'answered') return
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
