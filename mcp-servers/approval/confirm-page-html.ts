import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { ChangeRequest, ChangeStep, StepState } from './change-request.ts'
import { changeCard } from './change-view.ts'
import { visibleText } from './visible-text.ts'

type Html = HtmlEscapedString | Promise<HtmlEscapedString>

const style = readFileSync(join(import.meta.dirname, 'confirm-page.css'), 'utf8')

/** Allows exactly our style sheet, inline. */
export const pageStyleSource = `'sha256-${createHash('sha256').update(style, 'utf8').digest('base64')}'`

export interface Drawing {
  change: ChangeRequest
  operator: string
  nonce: string
  nowMs: number
  /** Why the last click did nothing, or null. */
  refusal: string | null
}

export function changePage(drawing: Drawing): Html {
  const { operator, nowMs, refusal } = drawing
  const isLate = drawing.change.state === 'proposed' && nowMs >= drawing.change.expiresAtMs
  const change: ChangeRequest = isLate ? { ...drawing.change, state: 'expired' } : drawing.change
  const card = changeCard(change)
  const isAsked = change.state === 'proposed'
  const isWorking = card.tone === 'working'
  return sheet(
    card.title,
    html`<p class="state ${card.tone}">${visibleText(card.stateWords)}</p>
      <h1>${visibleText(card.title)}</h1>
      <p class="asked">Asked for by ${visibleText(whoAsked(change.requester))}. ${tierWords[change.tier]}</p>
      ${refusal === null ? '' : html`<p class="refusal" role="alert">${visibleText(refusal)}</p>`}
      ${warnings(change.warnings)} ${lines(change.lines)} ${isAsked ? form(drawing) : steps(change.steps)}
      ${decision(change)}
      <p class="foot">Signed in as ${visibleText(operator)}. <a href="/">Open HWLab</a></p>`,
    isWorking ? html`<meta http-equiv="refresh" content="2" />` : html``,
  )
}

/** One sentence and nothing to click. */
export function messagePage(sentence: string): Html {
  return sheet('HWLab', html`<p class="refusal">${visibleText(sentence)}</p>`, html``)
}

/** Comes straight back, this time from our own site, so that the browser sends the session cookie. */
export function knockPage(to: string): Html {
  return sheet(
    'HWLab',
    html`<p>Opening… <a href="${to}">Go on</a></p>`,
    html`<meta http-equiv="refresh" content="0; url=${to}" />`,
  )
}

function sheet(title: string, body: Html, head: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        ${head}
        <title>${visibleTitle(title)}</title>
        <style>${raw(style)}</style>
      </head>
      <body>
        <main>
          <p class="brand">HWLab</p>
          ${body}
        </main>
      </body>
    </html>`
}

/** A title holds no markup, so doubtful characters are only left out there. */
function visibleTitle(title: string): string {
  return title.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, ' ')
}

const tierWords: Record<ChangeRequest['tier'], string> = {
  write: 'It writes to your inventory.',
  'bulk-or-destructive': 'It changes many records or removes something.',
  physical: 'It does something in the room, which cannot be taken back.',
}

function whoAsked(requester: string): string {
  const [kind, ...name] = requester.split(':')
  return kind === 'client' ? `the program “${name.join(':')}”` : name.join(':')
}

function warnings(sentences: string[]): Html {
  return sentences.length === 0
    ? html``
    : html`<ul class="warnings">
        ${sentences.map((sentence) => html`<li>${visibleText(sentence)}</li>`)}
      </ul>`
}

function lines(rows: ChangeRequest['lines']): Html {
  const cell = (value: string | null) =>
    value === null ? html`<span class="none">nothing</span>` : visibleText(value)
  return rows.length === 0
    ? html``
    : html`<table>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Now</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ label, before, after }) =>
              html`<tr>
                <th scope="row">${visibleText(label)}</th>
                <td data-head="Now">${cell(before)}</td>
                <td data-head="After">${cell(after)}</td>
              </tr>`,
          )}
        </tbody>
      </table>`
}

function form({ change, nonce, nowMs }: Drawing): Html {
  return html`<form method="post" action="/c/${change.id}">
    <input type="hidden" name="digest" value="${change.digest}" />
    <input type="hidden" name="nonce" value="${nonce}" />
    <fieldset>
      <legend>What will be done</legend>
      ${change.steps.map((step) => stepChoice(step))}
    </fieldset>
    <p class="expiry">${expiryWords(change.expiresAtMs, nowMs)}</p>
    <div class="buttons">
      <button class="primary" name="decision" value="approve">${changeCard(change).approveWords}</button>
      <button name="decision" value="decline">Decline</button>
    </div>
  </form>`
}

function stepChoice({ title, optional, position }: ChangeStep): Html {
  return optional
    ? html`<label class="step"><input type="checkbox" name="do" value="${position}" checked /> ${visibleText(title)}</label>`
    : html`<p class="step">${visibleText(title)}</p>`
}

const stepWords: Record<StepState, string> = {
  waiting: 'not started',
  running: 'working',
  done: 'done',
  failed: 'failed',
  unknown: 'please look',
  'left-out': 'left out',
}

function steps(all: ChangeStep[]): Html {
  return html`<ul class="steps">
    ${all.map(
      ({ title, state, outcome }) =>
        html`<li class="${state}">
          <span>${visibleText(title)}</span> <span class="mark">${stepWords[state]}</span>
          ${outcome === null ? '' : html`<p>${visibleText(outcome)}</p>`}
        </li>`,
    )}
  </ul>`
}

function decision({ decidedBy, decidedAtMs }: ChangeRequest): Html {
  return decidedBy === null || decidedAtMs === null
    ? html``
    : html`<p class="asked">Decided by ${visibleText(decidedBy)} on ${moment(decidedAtMs)}.</p>`
}

function expiryWords(expiresAtMs: number, nowMs: number): string {
  const minutes = Math.max(1, Math.round((expiresAtMs - nowMs) / 60_000))
  const left = minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`
  return `Expires in ${left}, on ${moment(expiresAtMs)}.`
}

function moment(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' at ')} UTC`
}
