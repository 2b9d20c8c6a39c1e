// Training: a claim of known verdict, of which the desk tells whether it was found, and why it is so.

const drawTraining = (desk, { training, claim }) => {
  const box = desk.$('.fc-training')
  desk.root.toggleAttribute('data-training', Boolean(training))
  box.hidden = !training
  const result = training?.result
  if (training) desk.$('.fc-claim-text').readOnly = true
  if (result) {
    desk.root.dataset.work = 'answered'
    desk.$('.fc-save').textContent = 'Next claim'
  }
  const drawn = JSON.stringify([training, claim.id])
  if (desk.trainingDrawn === drawn) return
  desk.trainingDrawn = drawn
  box.classList.toggle('fc-right-verdict', Boolean(result?.right))
  box.classList.toggle('fc-wrong-verdict', Boolean(result && !result.right))
  box.replaceChildren(...(training ? trainingWords(training) : []))
}

const trainingWords = training => {
  const { result } = training
  if (!result) {
    const line = element('p')
    line.append(element('strong', trainingPlace(training)), ': judge as you would in the work. After your verdict you are told the known one.')
    return [line]
  }
  const head = element('p')
  head.append(element('strong', result.right ? 'That is the known verdict' : 'The known verdict is another'), result.right ? `: ${result.known}.` : `: ${result.known}. Yours was ${result.given}.`)
  const about = [result.explanation, training.next].filter(Boolean).map(text => element('p', text))
  about.at(-1)?.classList.add('fc-training-next')
  return [head, ...about]
}

const trainingPlace = ({ n, of }) => n > of ? `Training, claim ${n}` : `Training ${n} of ${of}`

const drawTrainingPlace = (desk, training) => {
  desk.$('.fc-count').textContent = trainingPlace(training)
  const bar = desk.$('.fc-place progress')
  bar.max = Math.max(training.of, training.n)
  bar.value = training.n - (training.result ? 0 : 1)
}
