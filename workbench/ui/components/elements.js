// Small things that every browser component is drawn with.

const element = (tag, text = '') => {
  const made = document.createElement(tag)
  made.textContent = text
  return made
}

const smallButton = (name, onclick) => {
  const button = element('button', name)
  button.type = 'button'
  button.className = 'fc-button fc-small'
  button.onclick = onclick
  return button
}

const shorten = (text, length) => [...text].length > length ? `${[...text].slice(0, length).join('')}…` : text

const LONG_TEXT = 250

// What may have to be scrolled can be had by the keyboard.
const reachable = made => {
  if (made.textContent.length > LONG_TEXT) made.tabIndex = 0
  return made
}
