import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  type Catalogue,
  catalogueTables,
  openCatalogue,
} from '../../../../mcp-servers/netbox/catalogue/catalogue.ts'
import { importCatalogueFolder } from '../../../../mcp-servers/netbox/catalogue/import-folder.ts'
import { type LabDatabase, openDatabase } from '../../../../mcp-servers/serving/database.ts'

let folder: string
let database: LabDatabase
let catalogue: Catalogue

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'library-'))
  database = openDatabase(':memory:', [catalogueTables])
  catalogue = openCatalogue(database)
})

afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true })
})

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), text)
}

const acme = `manufacturer: Acme
model: Router 9000+
slug: acme-router-9000-plus
part_number: AR-9000+
u_height: 1.5
is_full_depth: false
interfaces:
  - name: eth0
    type: 1000base-t
`

test('device types and module types of a checkout are imported and found', async () => {
  write('device-types/Acme/router-9000.yaml', acme)
  write('module-types/Acme/psu.yml', 'manufacturer: Acme\nmodel: PSU-750\npart_number: 4711\n')
  expect(await importCatalogueFolder(database, folder)).toEqual({ imported: 2, updated: 0, skipped: [] })
  expect(catalogue.get('acme-router-9000-plus')).toEqual({
    manufacturer: 'Acme',
    manufacturerSlug: 'acme',
    model: 'Router 9000+',
    slug: 'acme-router-9000-plus',
    partNumber: 'AR-9000+',
    uHeight: 1.5,
    isFullDepth: false,
    role: null,
    keySpec: null,
    source: 'community device-type library',
  })
  expect(catalogue.byModel('AR-9000+').matches[0]?.entry.model).toBe('Router 9000+')
  expect(catalogue.search('psu 750', 1)[0]?.partNumber).toBe('4711')
})

test('a second import changes nothing, a changed file updates its type and is found by its new name', async () => {
  write('device-types/Acme/router-9000.yaml', acme)
  await importCatalogueFolder(database, folder)
  expect(await importCatalogueFolder(database, folder)).toEqual({ imported: 0, updated: 0, skipped: [] })
  write('device-types/Acme/router-9000.yaml', acme.replace('Router 9000+', 'Router 9500'))
  expect(await importCatalogueFolder(database, folder)).toEqual({ imported: 0, updated: 1, skipped: [] })
  expect(catalogue.byModel('Router 9500').matches).toHaveLength(1)
  expect(catalogue.byModel('Router 9000+').matches).toHaveLength(0)
})

test('an imported type keeps the role and key specification of the starter set', async () => {
  write(
    'device-types/Dell/r730.yaml',
    'manufacturer: Dell\nmodel: PowerEdge R730\nslug: dell-poweredge-r730\nu_height: 2\nis_full_depth: true\n',
  )
  expect((await importCatalogueFolder(database, folder)).updated).toBe(1)
  expect(catalogue.get('dell-poweredge-r730')).toMatchObject({ role: 'Server', keySpec: '2U, 2 sockets' })
})

test('each bad file is reported with a sentence and the rest is imported', async () => {
  write('device-types/Acme/good.yaml', acme)
  write('device-types/Acme/no-slug.yaml', 'manufacturer: Acme\nmodel: X1\n')
  write('device-types/Acme/not-yaml.yaml', 'a: [1, 2')
  write('device-types/Acme/a-list.yaml', '- 1\n- 2\n')
  write(
    'device-types/Acme/bomb.yaml',
    `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(30)}*a]\nc: [${'*b,'.repeat(30)}*b]\n`,
  )
  write('device-types/Acme/huge.yaml', `# ${'x'.repeat(1_100_000)}`)
  const result = await importCatalogueFolder(database, folder)
  expect(result.imported).toBe(1)
  expect(Object.fromEntries(result.skipped.map(({ file, why }) => [file, why]))).toEqual({
    'device-types/Acme/a-list.yaml': 'It is not a device type: the file holds no mapping.',
    'device-types/Acme/bomb.yaml': 'It is not valid YAML.',
    'device-types/Acme/huge.yaml': 'It cannot be read, or is larger than 1 MB.',
    'device-types/Acme/no-slug.yaml': "Its “slug” is missing or not what the library's schema asks for.",
    'device-types/Acme/not-yaml.yaml': 'It is not valid YAML.',
  })
})

test('a folder that is no checkout says so', async () => {
  const result = await importCatalogueFolder(database, join(folder, 'nowhere'))
  expect(result).toMatchObject({ imported: 0, updated: 0 })
  expect(result.skipped[0]?.why).toContain('device-types')
})
