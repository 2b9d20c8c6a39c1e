// The decision that is being made: a verdict, a reason, a cause. Until the server has it, it stays in this
// browser, also when the page is loaded anew.

const emptyDecision = () => ({ label: '', reason: '', cause: '' })

const wireForm = court => {
  const reason = court.$('[name=reason]')
  reason.oninput = () => editDecision(court, { reason: reason.value })
  court.$('.fc-decide').onclick = () => decide(court)
  court.$('.fc-send-back').onclick = () => sendBack(court)
  court.$('.fc-keep-mine').onclick = () => decide(court)
  court.$('.fc-take-stored').onclick = () => {
    forgetDecision(court)
    court.send({ kind: 'open', claim_id: court.data.next || court.data.claim.id })
  }
}

const loadDecision = court => {
  const { claim, decided } = court.data
  const kept = keptLocal(claim.id, 'decision')
  court.typed = { ...emptyDecision(), ...kept }
  if (!kept && decided?.by_lead) court.typed = { label: decided.label, reason: decided.reason, cause: decided.cause }
  court.$('[name=reason]').value = court.typed.reason
  drawLabels(court)
  drawCauses(court)
}

const forgetDecision = court => {
  dropLocal(court.data.claim.id, 'decision')
  court.typed = emptyDecision()
}

const editDecision = (court, change) => {
  court.typed = { ...court.typed, ...change }
  storeLocal(court.data.claim.id, 'decision', court.typed)
  say(court, '')
}

const chooseLabel = (court, label) => {
  editDecision(court, { label })
  markLabel(court)
}

const decide = court => {
  const { label, reason, cause } = court.typed
  if (!label) return tell(court, 'Choose the final verdict first.', '.fc-adj-verdicts [tabindex="0"]')
  if (!reason.trim()) return tell(court, 'Say why: the reviewers read it.', '[name=reason]')
  if (!cause) return tell(court, 'Choose why they differed.', '.fc-adj-causes input')
  sendDecision(court, 'decide')
}

const sendBack = court => {
  if (!court.typed.reason.trim()) return tell(court, 'Say as the reason what the next reviewer should look at.', '[name=reason]')
  sendDecision(court, 'send_back')
}

const sendDecision = (court, kind) => {
  if (court.sent && Date.now() - court.sent.at < 5000) return
  const { claim, version } = court.data
  court.sent = { ...court.send({ kind, claim_id: claim.id, version, ...court.typed }), at: Date.now() }
  say(court, 'Saving…')
}

const say = (court, text) => { court.$('.fc-saved').textContent = text }

const tell = (court, text, selector) => {
  say(court, text)
  court.$(selector)?.focus()
}

// ---- what is drawn of it

const drawLabels = court => {
  const buttons = court.data.labels.map(label => {
    const button = element('button')
    button.type = 'button'
    button.setAttribute('role', 'radio')
    button.setAttribute('aria-label', label.title)
    const key = keyOf(court, `verdict-${label.digit}`)
    button.setAttribute('aria-keyshortcuts', ariaKey(key))
    button.dataset.key = label.key
    button.style.setProperty('--fc-color', label.color)
    const digit = element('kbd', keyTitle(key))
    digit.ariaHidden = 'true'
    button.append(digit, breakable(label.title))
    button.onclick = () => chooseLabel(court, label.key)
    return button
  })
  court.$('.fc-adj-verdicts').replaceChildren(...buttons)
  markLabel(court)
}

const breakable = title => {
  const span = element('span')
  for (const part of title.split(/(?<=\/)/)) span.append(part, element('wbr'))
  return span
}

const markLabel = court => {
  const buttons = [...court.$('.fc-adj-verdicts').children]
  const chosen = buttons.find(button => button.dataset.key === court.typed.label)
  for (const button of buttons) {
    button.setAttribute('aria-checked', String(button === chosen))
    button.tabIndex = button === (chosen || buttons[0]) ? 0 : -1
  }
}

// The arrow keys go from one to the next, as in any group of radio buttons.
const walkLabels = (court, event) => {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
  if (!step) return
  event.preventDefault()
  const buttons = [...court.$('.fc-adj-verdicts').children]
  const next = buttons[(buttons.indexOf(event.target.closest('button')) + step + buttons.length) % buttons.length]
  chooseLabel(court, next.dataset.key)
  next.focus()
}

const drawCauses = court => {
  const choices = Object.entries(court.data.causes).map(([key, title]) => {
    const choice = element('input')
    Object.assign(choice, { type: 'radio', name: 'cause', value: key, checked: court.typed.cause === key })
    choice.onchange = () => editDecision(court, { cause: key })
    const label = element('label')
    label.append(choice, title)
    return label
  })
  court.$('.fc-adj-causes').replaceChildren(element('legend', 'Why they differed'), ...choices)
}
