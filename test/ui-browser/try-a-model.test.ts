import { expect, test } from 'vitest'
import { uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()

const fix =
  'Your Ollama serves 4,096 tokens: set `OLLAMA_CONTEXT_LENGTH=8192` and start Ollama again. It cuts longer conversations without a word.'

test.each([1280, 360])(
  'a model says what it can and what would help, and is tried again, %i px wide',
  async (width) => {
    const model = { name: 'gemma4:e4b (Ollama)', modelKey: 'ollama/gemma4:e4b', fix }
    const stateWords =
      'On this network; calls tools, reads print from 28 px, keeps to forms, remembers 4,096 tokens, 8 tokens/s'
    ui.lab().send({ section: 'connections', value: [{ ...model, stateWords, tone: 'good' }] })
    const page = await ui.openPage({ viewport: { width, height: 800 } })
    await page
      .getByRole('button', { name: /^(What is connected|Connected)/ })
      .first()
      .click()
    await page.getByText('remembers 4,096 tokens').waitFor()
    await page.getByText('OLLAMA_CONTEXT_LENGTH=8192', { exact: true }).waitFor()
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)

    await page.getByRole('button', { name: 'Try again: gemma4:e4b (Ollama)' }).click()
    await expect.poll(() => ui.heard('model-try-again')).toEqual([{ modelKey: 'ollama/gemma4:e4b' }])

    const words = 'Trying gemma4:e4b: pictures…'
    const working = { name: model.name, stateWords: words, tone: 'working' as const, fix: null }
    ui.lab().send({ section: 'connections', value: [working] })
    await page.getByText(words).waitFor()
    await page.getByRole('button', { name: 'Try again: gemma4:e4b (Ollama)' }).waitFor({ state: 'detached' })

    ui.lab().answer = () => 'It is being tried just now.'
    ui.lab().send({ section: 'connections', value: [{ ...model, stateWords, tone: 'good' }] })
    await page.getByRole('button', { name: 'Try again: gemma4:e4b (Ollama)' }).click()
    await page.getByText('It is being tried just now.').waitFor()
  },
)
