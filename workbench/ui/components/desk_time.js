// Time at work on a claim. It runs while the tab is visible and, after each sign of the person (a key,
// words, a click, a move or turn of the mouse), for a minute at most; in one tab at a time. It goes out with
// drafts and saves, each part once. What a skipped claim took waits in this browser for its return.

const IDLE_MS = 60_000
const SIGNS = ['keydown', 'input', 'pointerdown', 'pointermove', 'wheel', 'focusin']
const SIGN_EVERY_MS = 1000

const wireTime = desk => {
  desk.clock = { ms: 0, from: 0, sign: -IDLE_MS, running: false }
  const others = new BroadcastChannel('fc-at-work')
  const sign = () => {
    const { clock } = desk
    if (document.visibilityState !== 'visible' || (clock.running && performance.now() - clock.sign < SIGN_EVERY_MS)) return
    countTime(clock)
    Object.assign(clock, { sign: performance.now(), running: true })
    others.postMessage('here')
  }
  const stop = () => {
    countTime(desk.clock)
    desk.clock.running = false
  }
  const turn = () => document.visibilityState === 'visible' ? sign() : stop()
  const leave = () => stashTime(desk)
  others.onmessage = stop
  for (const name of SIGNS) document.addEventListener(name, sign, { capture: true, passive: true })
  document.addEventListener('visibilitychange', turn)
  window.addEventListener('pagehide', leave)
  sign()
  return () => {
    leave()
    others.close()
    for (const name of SIGNS) document.removeEventListener(name, sign, { capture: true })
    document.removeEventListener('visibilitychange', turn)
    window.removeEventListener('pagehide', leave)
  }
}

const countTime = clock => {
  const now = performance.now()
  if (clock.running) clock.ms += Math.max(0, Math.min(now, clock.sign + IDLE_MS) - clock.from)
  clock.from = now
}

// The seconds that were not sent yet, in tenths; from now on they count as sent.
const takeSeconds = desk => {
  countTime(desk.clock)
  const seconds = Math.floor(desk.clock.ms / 100) / 10
  desk.clock.ms -= seconds * 1000
  return seconds
}

const returnSeconds = (desk, claimId, seconds) => {
  if (claimId === desk.claimId) desk.clock.ms += seconds * 1000
  else keepTime(claimId, seconds)
}

// Between two claims: what was not sent stays with the one, what waited comes to the other.
const stashTime = desk => {
  const seconds = takeSeconds(desk)
  if (desk.claimId && seconds) keepTime(desk.claimId, seconds)
}

const unstashTime = desk => {
  desk.clock.ms = (keptLocal(desk.claimId, 'time')?.seconds || 0) * 1000
  dropLocal(desk.claimId, 'time')
}

const keepTime = (claimId, seconds) => {
  const waiting = keptLocal(claimId, 'time')?.seconds || 0
  storeLocal(claimId, 'time', { seconds: waiting + seconds })
}
