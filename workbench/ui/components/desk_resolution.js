// The final verdict, for who may see it: how it came about, why, and who dissented.

const drawResolution = (desk, { resolution }) => {
  const box = desk.$('.fc-resolution')
  box.hidden = !resolution
  if (!resolution) return box.replaceChildren()
  const { title, how, cause_title: cause, reason, dissent } = resolution
  const head = element('p')
  head.append(element('strong', `Final verdict: ${title}`), ` · ${[how, cause].filter(Boolean).join(' · ')}`)
  const lines = dissent.map(each => `Dissent: ${each.name}, ${each.title}${each.reason ? `: ${each.reason}` : ', without words'}`)
  box.replaceChildren(head, ...[reason, ...lines].filter(Boolean).map(text => element('p', text)))
}
