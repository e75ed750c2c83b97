import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { codePicture } from '../../../agent/models/code-picture.ts'
import { agentMigrations } from '../../../agent/store/migrations-owner.ts'
import { modelFindingsTable } from '../../../agent/store/model-findings.ts'
import { readCodePicture } from '../../../evals/models/read-code-picture.ts'
import { preparePhoto } from '../../../mcp-servers/netbox/photo/prepare-photo.ts'
import { openDatabase } from '../../../mcp-servers/serving/database.ts'
import { testerPhotoJpeg } from '../../support/tester-photo.ts'

test.each([56, 28, 14])(
  'a code with capitals of %i px can be read, also after photos were taken in',
  async (pixels) => {
    await preparePhoto(await testerPhotoJpeg({ near: [], far: [] }), 'photo.jpg')
    const png = Buffer.from(await codePicture('ACEHK379', pixels)).toString('base64')
    expect(await readCodePicture(`data:image/png;base64,${png}`, pixels)).toBe('ACEHK379')
  },
)

test('a model that seemed blind before is tried anew after the update; what another one showed stays', () => {
  const database = openDatabase(':memory:', [agentMigrations])
  const findings = modelFindingsTable(database)
  findings.put('a/blind', '1', [{ name: 'text-pixels', value: null }], 0)
  findings.put('a/seeing', '1', [{ name: 'text-pixels', value: 14 }], 0)
  database.exec(readFileSync(join(agentMigrations.folder, '023-eyes-tried-anew.sql'), 'utf8'))
  expect([findings.get('a/blind', '1').size, findings.get('a/seeing', '1').size]).toEqual([0, 1])
  database.close()
})
