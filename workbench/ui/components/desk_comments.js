// Comments on the claim, in threads. What is being typed is kept in this browser until it is saved.

const commentKey = (desk, thread) => `fc-comment:${OURS}:${desk.claimId}:${thread || 'new'}`
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
  if (desk.commentsDrawn && !moved) keepTyped(desk)
  desk.commentsDrawn = drawn
  desk.$('.fc-threads').replaceChildren(...threads.map(each => threadItem(desk, each, comments.filter(answer => answer.thread_id === each.id))))
  desk.$('.fc-new-comment').replaceChildren(...commentBox(desk, null, 'New comment'))
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
    row.before(...commentBox(desk, first.id, 'Answer'))
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
  if (comment.mine && !comment.retired) head.append(smallButton('Edit', () => editComment(desk, comment, item).focus()), smallButton('Remove', () => changeComment(desk, comment, 'retire')))
  if (comment.mine && keptComment(desk, editOf(comment))) editComment(desk, comment, item)
  return item
}

const editOf = comment => `edit-${comment.id}`

// Below what is stored, which stays in sight: it may be another text by now.
const editComment = (desk, comment, item) => {
  const open = item.querySelector('textarea')
  if (open) return open
  const area = keptArea(desk, editOf(comment), comment.text)
  area.setAttribute('aria-label', 'Your comment')
  const save = smallButton('Save comment', async () => {
    const text = area.value
    if (await changeComment(desk, comment, 'rewrite', { text })) forgetComment(desk, editOf(comment), text)
  })
  item.append(area, save)
  return area
}

const changeComment = (desk, comment, how, more = {}) => act(desk, 'change_comment', { comment_id: comment.id, row_version: comment.version, how, ...more })

const keptComment = (desk, thread) => {
  try { return localStorage.getItem(commentKey(desk, thread)) || '' } catch { return '' }
}

// Another tab may hold other words for the same place by now: they stay.
const forgetComment = (desk, thread, saved) => {
  if (keptComment(desk, thread) === saved) keepComment(commentKey(desk, thread), '')
  desk.commentsDrawn = null
  drawComments(desk, desk.data, false)
}

const keepComment = (key, text) => {
  try { text ? localStorage.setItem(key, text) : localStorage.removeItem(key) } catch { /* it is on the screen */ }
}

// What stands in the fields when they are about to be drawn anew.
const keepTyped = desk => {
  for (const area of desk.root.querySelectorAll('.fc-comments textarea')) {
    if (area.value !== area.defaultValue) keepComment(area.dataset.key, area.value)
  }
}

// A field whose words survive a reload.
const keptArea = (desk, thread, text = '') => {
  const area = element('textarea', text)
  area.dataset.key = commentKey(desk, thread)
  area.value = keptComment(desk, thread) || text
  area.rows = 1
  area.oninput = () => keepComment(area.dataset.key, area.value)
  return area
}

// A field and its button.
const commentBox = (desk, thread, label) => {
  const area = keptArea(desk, thread)
  area.placeholder = thread ? 'Answer' : 'Say something about this claim'
  area.setAttribute('aria-label', label)
  const save = smallButton(thread ? 'Save answer' : 'Save comment', async () => {
    const text = area.value
    if (await act(desk, 'comment', { text, thread_id: thread })) forgetComment(desk, thread, text)
  })
  return [area, save]
}
