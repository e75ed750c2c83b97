import { request } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { uploadAnswerSchema } from '../../../agent/protocol/uploads.ts'
import { openTab, type Tab } from '../../../evals/worlds/tab.ts'
import { type AgentApp, openAgentApp } from '../../support/open-agent-app.ts'

let app: AgentApp

beforeEach(async () => {
  app = await openAgentApp()
})
afterEach(() => app.close())

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(app.app.url + path, { headers: { cookie: app.cookie, ...headers }, redirect: 'manual' })

const jpeg = (bytes: number) =>
  new File([new Uint8Array(bytes).fill(0xff)], 'label.jpg', { type: 'image/jpeg' })

async function upload(files: File[]) {
  const form = new FormData()
  for (const file of files) form.append('photo', file)
  const response = await fetch(`${app.app.url}/uploads`, {
    method: 'POST',
    headers: { cookie: app.cookie, origin: app.app.url },
    body: form,
  })
  return { status: response.status, ...uploadAnswerSchema.parse(await response.json()) }
}

test('photos are stored one by one; a bad file is refused with a sentence and the others stay', async () => {
  const { status, files } = await upload([jpeg(100), new File(['<svg/>'], 'drawing.svg')])
  expect(status).toBe(200)
  expect(files).toEqual([
    { kind: 'stored', name: 'label.jpg', attachmentId: 'photo-1', widthPixels: 10, heightPixels: 10 },
    { kind: 'refused', name: 'drawing.svg', why: 'This is not a photo that HWLab can read.' },
  ])
})

test('a file of more than 10 MB and a fourth photo are refused, each with its reason', async () => {
  const { files } = await upload([jpeg(11 * 1024 * 1024), jpeg(1), jpeg(1), jpeg(1)])
  expect(files.map((file) => file.kind)).toEqual(['refused', 'stored', 'stored', 'refused'])
  expect(files[0]).toMatchObject({ why: expect.stringContaining('bigger than 10 MB') })
  expect(files[3]).toMatchObject({ why: expect.stringContaining('Only three photos') })
})

test('a body of 200 MB is refused with a sentence while it still arrives, and HWLab goes on', async () => {
  const { port } = new URL(app.app.url)
  const piece = Buffer.alloc(1024 * 1024)
  let sentPieces = 0
  const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const headers = {
      cookie: app.cookie,
      origin: app.app.url,
      'content-type': 'multipart/form-data; boundary=x',
    }
    const sent = request({ host: '127.0.0.1', port, path: '/uploads', method: 'POST', headers })
    const send = () => {
      while (sentPieces < 200 && !sent.destroyed) {
        sentPieces += 1
        if (!sent.write(piece)) {
          sent.once('drain', send)
          return
        }
      }
    }
    sent.on('response', (response) => {
      let text = ''
      response.on('data', (more) => {
        text += String(more)
      })
      response.on('end', () => {
        sent.destroy()
        resolve({ status: response.statusCode ?? 0, text })
      })
    })
    sent.on('error', reject)
    send()
  })
  expect(answer.status).toBe(413)
  expect(answer.text).toContain('This is too big: up to three photos of 10 MB each.')
  expect(sentPieces).toBeLessThan(100)
  expect((await fetch(`${app.app.url}/livez`)).status).toBe(200)
  expect(app.desk.stored).toEqual([])
})

test('a declared 200 MB is refused before it arrives', async () => {
  const { port } = new URL(app.app.url)
  const status = await new Promise<number>((resolve, reject) => {
    const headers = {
      ...{ cookie: app.cookie, origin: app.app.url, 'content-type': 'multipart/form-data; boundary=x' },
      'content-length': String(200 * 1024 * 1024),
    }
    const sent = request(
      { host: '127.0.0.1', port, path: '/uploads', method: 'POST', headers },
      (response) => {
        resolve(response.statusCode ?? 0)
        sent.destroy()
      },
    )
    sent.on('error', reject)
    sent.write('x')
  })
  expect(status).toBe(413)
})

test.each([
  ['text/plain', 'hello', 415],
  ['multipart/form-data; boundary=x', 'torn', 400],
])('an upload as %s is refused', async (type, body, status) => {
  const response = await fetch(`${app.app.url}/uploads`, {
    method: 'POST',
    headers: { cookie: app.cookie, origin: app.app.url, 'content-type': type },
    body,
  })
  expect(response.status).toBe(status)
})

test('a photo and its crop come back as pictures that can run nothing', async () => {
  const photo = await get('/attachments/photo-1')
  expect(photo.headers.get('content-type')).toBe('image/jpeg')
  expect(photo.headers.get('content-security-policy')).toContain('sandbox')
  const crop = await get('/attachments/photo-1/crop?left=1&top=2&width=30&height=40')
  expect([...new Uint8Array(await crop.arrayBuffer())]).toEqual([0xff, 0xd8, 1])
  expect((await get('/attachments/photo-1/crop?left=a')).status).toBe(400)
  expect((await get('/attachments/nothing')).status).toBe(404)
})

test('a label is drawn for an item, and its svg can run nothing', async () => {
  const label = await get('/labels/items/item-1.svg')
  expect(label.headers.get('content-type')).toBe('image/svg+xml')
  expect(label.headers.get('content-security-policy')).toContain('sandbox')
  expect((await get('/labels/items/item-9.svg')).status).toBe(404)
  expect((await get('/labels/jobs/job-9')).status).toBe(404)
})

test('a label sheet opens as a PDF for the chosen tags', async () => {
  const sheet = await get('/labels/sheet.pdf?tags=HW-00001,HW-00003&sheet=a4-63.5x38.1&skip=2')
  expect(sheet.headers.get('content-type')).toBe('application/pdf')
  expect(await sheet.text()).toMatch(/^%PDF/)
  expect(app.desk.calls.at(-1)?.body).toEqual({
    tags: ['HW-00001', 'HW-00003'],
    sheetId: 'a4-63.5x38.1',
    skip: 2,
  })
})

test.each([
  ['tags=HW-00001,HW-00002&sheet=a4-63.5x38.1', 409, 'HW-00002 is not recorded yet.'],
  ['tags=<b>&sheet=a4-63.5x38.1', 400, 'A label sheet needs tags such as HW-00001'],
  ['tags=HW-00001&sheet=a4-63.5x38.1&skip=many', 400, 'how many labels to skip'],
  ['sheet=a4-63.5x38.1', 400, 'A label sheet needs tags'],
])('a label sheet asked for with “%s” is answered with a sentence', async (query, status, words) => {
  const answer = await get(`/labels/sheet.pdf?${query}`)
  expect(answer.status).toBe(status)
  expect(await answer.text()).toContain(words)
})

test('nobody who is signed out gets a label sheet', async () => {
  const answer = await get('/labels/sheet.pdf?tags=HW-00001&sheet=a4-63.5x38.1', { cookie: '' })
  expect(answer.status).toBe(401)
})

test('a tag leads to its record, its draft, or the page that starts an intake', async () => {
  const record = await get('/a/HW-00001')
  expect([record.status, record.headers.get('location')]).toEqual([
    302,
    'http://netbox.example/dcim/devices/1/',
  ])
  expect((await get('/a/HW-00002')).headers.get('location')).toBe('/?item=item-2')
  expect(await (await get('/a/HW-00777')).text()).toContain('<title>HWLab</title>')
  expect((await get('/a/garbage')).status).toBe(404)
})

test.each([
  '/..%2f..%2fpackage.json',
  '/assets/..%2f..%2f..%2fopen-agent-app.ts',
  '/%00',
  '/assets/%E0%A4%A',
])('the path %s leads nowhere', async (path) => {
  expect((await get(path)).status).toBe(404)
})

test('health says that it lives, that it is ready, and what it needs', async () => {
  expect(await (await fetch(`${app.app.url}/livez`)).text()).toBe('ok\n')
  expect(await (await fetch(`${app.app.url}/readyz`)).json()).toEqual({ kind: 'ready' })
  const read = async () => (await fetch(`${app.app.url}/metrics`)).text()
  await expect.poll(read).toMatch(/hwlab_table_bytes\{table="messages"\} [1-9]/)
  const metrics = await read()
  for (const name of [
    'hwlab_nodejs_eventloop_lag_p99_seconds',
    'hwlab_process_resident_memory_bytes',
    'hwlab_queue_operations',
  ])
    expect(metrics).toContain(name)
})

test('routes of the servers are reached under /c and /mcp without the session of the chat', async () => {
  await app.close()
  app = await openAgentApp({ routes: { fetch: (request) => new Response(new URL(request.url).pathname) } })
  expect(await (await fetch(`${app.app.url}/c/change-1`)).text()).toBe('/c/change-1')
  expect(await (await fetch(`${app.app.url}/mcp/netbox`, { method: 'POST' })).text()).toBe('/mcp/netbox')
})

async function openOne(): Promise<Tab> {
  const tab = await openTab(app.app.url, app.cookie)
  await tab.open()
  return tab
}

test('a browser gets every section at once, with who it is signed in as', async () => {
  const tab = await openOne()
  const every = [
    'session',
    'items',
    'changes',
    'queue',
    'drift',
    'bench',
    'connections',
    'spend',
    'conversations',
  ]
  await tab.until((one) => every.every((name) => one.sections.some(({ section }) => section === name)))
  expect(tab.sections.find((section) => section.section === 'session')?.value).toEqual({
    operator: 'operator',
    version: '0.1.0',
    readOnly: false,
  })
  const connections = tab.sections.findLast((section) => section.section === 'connections')
  expect(JSON.stringify(connections?.value)).toContain('Start Ollama, LM Studio or llama-server')
  tab.close()
})

test('many changes of the lab reach a browser as few sections', async () => {
  const tab = await openOne()
  await tab.until((one) => one.sections.some((section) => section.section === 'bench'))
  const before = tab.sections.filter((section) => section.section === 'queue').length
  for (let times = 0; times < 200; times += 1) app.desk.changed('queue')
  await tab.until((one) => one.sections.filter((section) => section.section === 'queue').length > before)
  expect(tab.sections.filter((section) => section.section === 'queue').length).toBe(before + 1)
  tab.close()
})

test('what a person does at the card reaches the desk under their name; a failure is a sentence', async () => {
  const tab = await openOne()
  const corrected = await tab.ask('field-correct', { itemId: 'item-1', field: 'serial', value: 'ABC' })
  expect(corrected).toEqual({ kind: 'ok', value: { itemId: 'item-1' } })
  expect(app.desk.calls).toEqual([
    {
      name: 'field-correct',
      body: { itemId: 'item-1', field: 'serial', value: 'ABC' },
      operator: 'operator',
    },
  ])
  expect(await tab.ask('item-propose', { itemId: 'item-1' })).toEqual({
    kind: 'refused',
    why: 'The item needs a model first.',
  })
  const failed = await tab.ask('item-discard', { itemId: 'item-1' })
  expect(failed).toEqual({
    kind: 'refused',
    why: 'Something went wrong in HWLab. Try again; the log says more.',
  })
  expect(app.log.join('')).toContain('secret-detail')
  tab.close()
})

test('the sample photo goes the way of any photo', async () => {
  const tab = await openOne()
  const conversationId = await tab.open()
  await tab.ask('sample-start', { conversationId, requestId: 'sample-request' })
  await tab.until((one) => one.chunks.at(-1)?.body.kind === 'run-end')
  expect(app.domain.intakes).toEqual([{ attachment_ids: ['sample-1'], note: '' }])
  tab.close()
})
