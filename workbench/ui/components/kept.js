// What this browser keeps of a claim until the server has it, and sending until there is an answer.

const RETRY_MS = 2000

// Whom this page was drawn for, empty where nobody signs in: another person's words are not offered here, and what is
// sent from here is never theirs, though they signed in meanwhile in another tab.
const WHOSE = document.cookie.match(/(?:^|; )workbench_person=(\d+)/)?.[1] || ''
const OURS = WHOSE ? `${location.host}:person-${WHOSE}` : location.host

// Once, and what it was answered with; fails without a connection.
const sendOnce = (path, body, more = {}) => {
  const headers = { 'Content-Type': 'application/json', 'X-Workbench-Person': WHOSE }
  return fetch(path, { method: 'POST', headers, body, ...more })
}

const localKey = (claimId, kind = 'draft') => `fc-${kind}:${OURS}:${claimId}`

const storeLocal = (claimId, kind, value) => {
  try { localStorage.setItem(localKey(claimId, kind), JSON.stringify(value)) } catch { /* full or forbidden: the server has it soon */ }
}

const dropLocal = (claimId, kind) => {
  try { localStorage.removeItem(localKey(claimId, kind)) } catch { /* as above */ }
}

const keptLocal = (claimId, kind) => {
  try { return JSON.parse(localStorage.getItem(localKey(claimId, kind))) } catch { return null }
}

// `form` is told how it goes: the component that uses this has say(form, text) and notice(form, text).
// What is small is sent even if the tab closes meanwhile; browsers take no more than 64 KiB that way.
const sendUntilAnswered = async (form, path, sent, here = () => true) => {
  const body = JSON.stringify(sent)
  for (;;) {
    try {
      const response = await sendOnce(path, body, { keepalive: body.length < 16_000 })
      const answer = await response.json()
      if (response.status < 500) {
        if (form.unheard) notice(form, '')
        form.unheard = false
        return { response, answer }
      }
      if (here()) notice(form, answer.error)
      form.unheard = true
    } catch { /* no connection: said below, and tried again */ }
    if (here()) say(form, 'Not saved yet: no connection. Kept in this browser, trying again…')
    await new Promise(done => setTimeout(done, RETRY_MS))
  }
}
