import { randomInt } from 'node:crypto'
import { generateText } from 'ai'
import { codeLetters, codePicture } from '../code-picture.ts'
import { callLimits, type ProbeStep, type ProbeSubject, probeTokensMax } from './probe-subject.ts'
import { stillAnswers } from './still-answers.ts'

/** Height of the capitals, largest first, in a picture as large as a photo of a label is sent. */
const sizesPixels = [56, 28, 14]

/** Does it read a code that no model can have seen? Servers make a picture smaller without saying so, which small print does not survive. */
export const readsPictures: ProbeStep = {
  words: 'pictures',
  finds: ['text-pixels'],
  onCloud: false,
  async run(subject) {
    let smallest: number | null = null
    for (const pixels of sizesPixels) {
      if (!(await reads(subject, pixels))) break
      smallest = pixels
    }
    return [{ name: 'text-pixels', value: smallest }]
  },
}

/** A server without eyes refuses the picture or ignores it: both mean no. */
async function reads(subject: ProbeSubject, pixels: number): Promise<boolean> {
  const code = Array.from({ length: 8 }, () => codeLetters[randomInt(codeLetters.length)]).join('')
  try {
    const { text } = await generateText({
      ...callLimits(subject),
      model: subject.model,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Which characters are in this picture? Answer with the characters only.' },
            { type: 'file', mediaType: 'image/png', data: await codePicture(code, pixels) },
          ],
        },
      ],
      maxOutputTokens: probeTokensMax,
    })
    return text
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, '')
      .includes(code)
  } catch (error) {
    await stillAnswers(subject, error)
    return false
  }
}
