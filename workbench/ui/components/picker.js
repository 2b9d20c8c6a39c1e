// An article whose claims can be opened and whose words can be selected, for pages that are otherwise
// drawn by Streamlit. Everything that is asked for is one trigger with an op_id.

const pickers = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector('.fc-picker')
  const picker = pickers.get(root) || openPicker(root)
  picker.send = action => setTriggerValue('act', { ...action, article_id: picker.data.article.id, op_id: newId() })
  drawPicker(picker, data)
  return picker.close
}

const openPicker = root => {
  const $ = selector => root.querySelector(selector)
  const picker = { root, $, host: $('.fc-article'), bar: $('.fc-selection') }
  pickers.set(root, picker)
  wireHelp(picker)
  const unhookKeys = wireKeys(picker)
  const unhook = wireArticle(picker.host, () => picker.data.article.text, words => showWords(picker, words), id => picker.send({ kind: 'open', claim_id: id }))
  holdSelection(picker.bar)
  for (const button of picker.bar.querySelectorAll('button')) button.onclick = () => ask(picker, button.dataset.act)
  picker.close = () => {
    unhook()
    unhookKeys()
    pickers.delete(root)
  }
  return picker
}

const drawPicker = (picker, data) => {
  takeKeys(picker, data.keys)
  picker.$('.fc-picker-title').textContent = picker.$('.fc-picker-title').title = data.article.title
  const { article, spans, current } = data
  const drawn = JSON.stringify([article.id, spans, current])
  const sameArticle = picker.data?.article.id === article.id
  const moved = !picker.data || picker.data.current !== current || !sameArticle
  picker.data = data
  if (drawn === picker.drawn) return
  picker.drawn = drawn
  const working = picker.host.contains(document.activeElement)
  drawArticle(picker.host, article.text, spans, current)
  if (moved && !sameArticle) showWords(picker, null)
  else if (picker.words) selectAgain(picker.host, article.text, picker.words)
  if (!moved) return
  showCurrent(picker, sameArticle)
  if (working) focusCurrent(picker)
  document.fonts.ready.then(() => showCurrent(picker, true))
}

const showCurrent = (picker, gently) => {
  const mark = picker.host.querySelector('.fc-current')
  if (mark) bringIntoView(picker.root.querySelector('.fc-scroll'), mark, gently)
}

const showWords = (picker, words) => {
  picker.words = words
  picker.bar.hidden = !words
  if (!words) return
  picker.bar.querySelector('.fc-selected').textContent = words.text.length > 80 ? `${words.text.slice(0, 80)}…` : words.text
  for (const button of picker.bar.querySelectorAll('[data-needs-claim]')) button.hidden = picker.data.current === null
}

const ask = (picker, kind) => {
  const { start, end } = picker.words
  picker.send({ kind, start, end, claim_id: picker.data.current, version: picker.data.version })
  document.getSelection().removeAllRanges()
  showWords(picker, null)
}
