// A chart that the server drew: every text in it is escaped there. What is drawn already stays, so
// that a page that is drawn anew leaves the focus where it is.

export default function ({ data, parentElement }) {
  const host = parentElement.querySelector('.fc-chart')
  if (host.drawn === data.drawn) return
  host.drawn = data.drawn
  const focused = [...host.querySelectorAll('a')].indexOf(document.activeElement)
  host.innerHTML = data.drawn
  if (focused >= 0) host.querySelectorAll('a')[focused]?.focus()
}
