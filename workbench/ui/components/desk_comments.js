// Comments on the claim, in threads. What is being typed is kept in this browser until it is saved.

const commentKey = (desk, thread) => `fc-comment:${location.host}:${desk.claimId}:${thread || 'new'}`
const linkedComment = () => Number(new URLSearchParams(location.search).get('comment')) || null

const wireComments = desk => {
  const { $ } = desk
  $('.fc-comments-button').onclick = () => {
    showComments(desk, $('.fc-comments').hidden)
    if ($('.fc-comments').hidden) return
    $('.fc-new-comment textarea').focus()
    $('.fc-comments').scrollIntoView({ block: 'nearest' })
  }
}

const showComments = (desk, shown) => {
  desk.$('.fc-comments').hidden = !shown
  desk.$('.fc-comments-button').setAttribute('aria-expanded', String(shown))
}

const drawComments = (desk, { comments }, moved) => {
  const threads = comments.filter(each => each.thread_id === null)
  const open = threads.filter(each => !each.resolved && !each.retired).length
  desk.$('.fc-comments-name').textContent = open ? `Comments (${open} open)` : threads.length ? `Comments (${threads.length})` : 'Comment'
  const drawn = JSON.stringify([desk.claimId, comments])
  if (drawn === desk.commentsDrawn) return
  desk.commentsDrawn = drawn
  desk.$('.fc-threads').replaceChildren(...threads.map(each => threadItem(desk, each, comments.filter(answer => answer.thread_id === each.id))))
  desk.$('.fc-new-comment').replaceChildren(...commentBox(desk, null, 'Comment', 'New comment'))
  const linked = moved && linkedComment()
  if (moved) showComments(desk, open > 0 || Boolean(linked))
  if (linked) markComment(desk, linked)
}

const markComment = (desk, id) => {
  const item = desk.$(`.fc-comment[data-id="${id}"]`)
  if (!item) return notice(desk, 'The comment of this link is not here any more.')
  item.closest('details')?.setAttribute('open', '')
  item.classList.add('fc-linked')
  requestAnimationFrame(() => item.scrollIntoView({ block: 'center' }))
}

const threadItem = (desk, first, answers) => {
  const item = element('li')
  const body = first.resolved ? element('details') : element('div')
  if (first.resolved) body.append(element('summary', `Resolved: ${shorten(first.text || 'taken away', 60)}`))
  body.append(commentItem(desk, first), ...answers.map(each => commentItem(desk, each)))
  const how = first.resolved ? 'reopen' : 'resolve'
  const row = element('div')
  row.className = 'fc-thread-actions'
  const answer = smallButton('Answer', () => {
    answer.hidden = true
    row.before(...commentBox(desk, first.id, 'Answer', 'Answer'))
    row.previousElementSibling.previousElementSibling.focus()
  })
  row.append(answer)
  if (!first.retired) row.append(smallButton(first.resolved ? 'Open again' : 'Resolve', () => changeComment(desk, first, how)))
  body.append(row)
  if (keptComment(desk, first.id)) answer.click()
  item.append(body)
  return item
}

const commentItem = (desk, comment) => {
  const item = element('div')
  item.className = `fc-comment${comment.thread_id ? ' fc-reply' : ''}`
  item.dataset.id = comment.id
  const link = element('a', new Date(comment.at).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' }))
  link.href = `review?claim=${desk.claimId}&comment=${comment.id}`
  link.title = 'Link to this comment'
  const head = element('p')
  head.className = 'fc-comment-head'
  head.append(element('strong', comment.by), link)
  const text = element('p', comment.retired ? 'This comment was taken away.' : comment.text)
  text.className = 'fc-comment-text'
  item.append(head, text)
  if (comment.mine && !comment.retired) head.append(smallButton('Edit', () => editComment(desk, comment, text)), smallButton('Remove', () => changeComment(desk, comment, 'retire')))
  return item
}

const editComment = (desk, comment, text) => {
  const area = element('textarea', comment.text)
  area.setAttribute('aria-label', 'Your comment')
  const save = smallButton('Save comment', () => changeComment(desk, comment, 'rewrite', { text: area.value }))
  text.replaceWith(area, save)
  area.focus()
}

const changeComment = (desk, comment, how, more = {}) => act(desk, 'change_comment', { comment_id: comment.id, row_version: comment.version, how, ...more })

const keptComment = (desk, thread) => {
  try { return localStorage.getItem(commentKey(desk, thread)) || '' } catch { return '' }
}

// A field and its button; what is typed survives a reload.
const commentBox = (desk, thread, name, label) => {
  const area = element('textarea', keptComment(desk, thread))
  const key = commentKey(desk, thread)
  area.rows = 1
  area.placeholder = thread ? 'Answer' : 'Say something about this claim'
  area.setAttribute('aria-label', label)
  area.oninput = () => { try { localStorage.setItem(key, area.value) } catch { /* it is on the screen */ } }
  const save = smallButton(thread ? 'Save answer' : 'Save comment', async () => {
    const sent = area.value
    const before = desk.data
    await act(desk, 'comment', { text: sent, thread_id: thread })
    if (desk.data === before) return
    try { localStorage.removeItem(key) } catch { /* as above */ }
    desk.commentsDrawn = null
    drawComments(desk, desk.data, false)
  })
  return [area, save]
}
