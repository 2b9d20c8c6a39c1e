// What the keys do while a lead decides; how they are heard stands in keys.js.

const KEY_BUTTONS = { save: '.fc-decide', skip: '.fc-send-back', 'next-source': '.fc-next', 'previous-source': '.fc-previous', undo: '.fc-undo', redo: '.fc-redo', help: '.fc-help-button' }
const KEY_FIELDS = { justification: '[name=reason]', article: '.fc-adj-left .fc-scroll' }
const REPEATING = new Set()
const KEY_ACTIONS = {
  ...mapped(KEY_BUTTONS, clicking),
  ...mapped(KEY_FIELDS, focusing),
  skip: court => court.data.decided || court.$('.fc-send-back').click(),
  details: court => court.$('.fc-adj-causes input:checked, .fc-adj-causes input').focus(),
}

const carryOut = (court, name) => {
  const verdict = /^verdict-(\d)$/.exec(name)
  if (!verdict) return KEY_ACTIONS[name]?.(court)
  const label = labelOfDigit(court, verdict[1])
  if (label) chooseLabel(court, label.key)
}

const labelOfDigit = (court, digit) => court.data.labels.find(each => each.digit === Number(digit))

const isHere = (court, { name }) => {
  const verdict = /^verdict-(\d)$/.exec(name)
  return verdict ? Boolean(labelOfDigit(court, verdict[1])) : name in KEY_ACTIONS
}
