// Words that are being typed into fields of Streamlit's own. The server hears of them when a field is left, and
// forgets them with a reload: until they are stored, they stay in this browser and are offered again.

const ANSWER_MS = 10_000
const PRESSES = ['pointerdown', 'keydown']
const keepers = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector('.fc-keeper')
  const keeper = keepers.get(root) || openKeeper(root)
  keeper.offer = kept => {
    keeper.asked = { id: newId(), at: Date.now() }
    setTriggerValue('kept', { id: keeper.asked.id, what: keeper.data.what, kept })
  }
  takeFields(keeper, data)
  return keeper.close
}

const openKeeper = root => {
  const keeper = { data: null, asked: null, typed: {} }
  keepers.set(root, keeper)
  const hear = event => typeField(keeper, event.target)
  const press = event => {
    if (event.type === 'pointerdown' || ['Enter', ' '].includes(event.key)) handOver(keeper)
  }
  document.addEventListener('input', hear, true)
  for (const name of PRESSES) document.addEventListener(name, press, true)
  keeper.close = () => {
    document.removeEventListener('input', hear, true)
    for (const name of PRESSES) document.removeEventListener(name, press, true)
    keepers.delete(root)
  }
  return keeper
}

const fieldOf = key => document.querySelector(`.st-key-${key} :is(input, textarea)`)
const values = (keeper, of) => Object.fromEntries(Object.entries(keeper.data.fields).map(([name, field]) => [name, of(name, field)]))
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other)

// `data` is {what, form, session, fields, answered}; each field has the key of its widget, its value as the server knows it,
// and as it is stored.
const takeFields = (keeper, data) => {
  const moved = ['what', 'form', 'session'].some(name => keeper.data?.[name] !== data[name])
  keeper.data = data
  if (moved) begin(keeper)
  if (data.answered === keeper.asked?.id || Date.now() - keeper.asked?.at > ANSWER_MS) keeper.asked = null
  for (const [name, words] of Object.entries(keeper.typed)) {
    const { key, value } = data.fields[name]
    if (value === words || fieldOf(key)?.value !== words) delete keeper.typed[name]
  }
  keep(keeper)
}

const begin = keeper => {
  keeper.typed = {}
  keeper.asked = null
  const kept = keptLocal(keeper.data.what, 'typed')
  if (kept && isNews(keeper, kept)) keeper.offer(kept)
  else typeField(keeper, document.activeElement)
}

// What is not stored yet, and stands in no field or was typed about what is stored no longer.
const isNews = (keeper, kept) => {
  const stored = values(keeper, (_, { stored }) => stored)
  if (same(kept.fields, stored)) return false
  return !same(kept.fields, values(keeper, (_, { value }) => value)) || !same(kept.base, stored)
}

const typeField = (keeper, target) => {
  for (const [name, { key }] of Object.entries(keeper.data?.fields || {})) {
    if (!target.closest(`.st-key-${key}`) || target !== fieldOf(key) || !target.matches('textarea, [type=text]')) continue
    keeper.typed[name] = target.value
    keep(keeper)
  }
}

// A field that was disabled while the server was away lost the focus without handing over its words.
const handOver = keeper => {
  const { activeElement } = document
  const left = Object.keys(keeper.typed).map(name => fieldOf(keeper.data.fields[name].key))
  for (const field of left.filter(each => each && each !== activeElement)) {
    field.focus({ preventScroll: true })
    field.blur()
    activeElement.focus({ preventScroll: true })
  }
}

// Not while the server is asked what is to become of that which was kept before.
const keep = keeper => {
  if (keeper.asked) return
  const fields = values(keeper, (name, { value }) => keeper.typed[name] ?? value)
  const base = values(keeper, (_, { stored }) => stored)
  if (same(fields, base)) dropLocal(keeper.data.what, 'typed')
  else storeLocal(keeper.data.what, 'typed', { fields, base })
}
