import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadPrompt } from '../../prompts/load-prompt.ts'

const blanks: Record<string, Record<string, string>> = {
  advisor: { operator: 'the operator' },
  'advisor-short': { operator: 'the operator' },
  'answer-form': {},
  'read-network': { answer_form: 'x' },
  'read-computer': { answer_form: 'x' },
  'read-part': { answer_form: 'x' },
  'read-lamps': { near: '1', far: '1' },
  summarise: { conversation: 'x' },
  'what-is-asked': { message: 'x' },
}

test('every prompt file is known and filled without a blank left', () => {
  const folder = join(import.meta.dirname, '..', '..', 'prompts')
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .map((name) => name.slice(0, -3))
  expect(names.sort()).toEqual(Object.keys(blanks).sort())
  for (const name of names) expect(loadPrompt(name, blanks[name]).text).not.toContain('{{')
})

test('a blank that nothing fills, and a value without a blank, are refused', () => {
  expect(() => loadPrompt('advisor')).toThrow('nothing fills {{operator}}')
  expect(() => loadPrompt('answer-form', { operator: 'x' })).toThrow('has no blank {{operator}}')
})

test('another prompt in its blank makes it another version, another word in it does not', () => {
  const form = loadPrompt('answer-form')
  const versionWith = (filled: string | typeof form) => loadPrompt('read-part', { answer_form: filled }).hash
  expect(versionWith({ ...form, text: `${form.text} Be brief.` })).not.toBe(versionWith(form))
  expect(versionWith('one word')).toBe(versionWith('another'))
  expect(loadPrompt('read-part', { answer_form: form }).text).toContain(form.text)
})
