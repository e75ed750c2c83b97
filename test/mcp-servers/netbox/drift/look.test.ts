import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'
import { deviceOf, findingOf, found, recordSwitches, stranger } from './recorded-lab.ts'

let lab: NetboxLab
beforeEach(async () => {
  lab = await openNetboxLab()
})
afterEach(async () => {
  const { faults } = lab
  await lab[Symbol.asyncDispose]()
  expect(faults).toEqual([])
})

const aDay = 24 * 60 * 60_000

describe('what changed in NetBox', () => {
  test('what HWLab wrote itself is no difference, however often it looks', async () => {
    await recordSwitches(lab, 2)
    expect(await found(lab)).toEqual([])
    expect(await found(lab, 'everything')).toEqual([])
    expect(lab.parts.netbox.drift.state()).toMatchObject({ watched: 2, last: { kind: 'looked' } })
  })

  test('a field that somebody edited is told with both values, who did it, and when', async () => {
    await recordSwitches(lab, 2)
    const id = await deviceOf(lab, 'HW-00001')
    lab.clock.advance(aDay)
    await stranger(lab, 'PATCH', `dcim/devices/${id}/`, {
      serial: 'OTHER-1',
      changelog_message: 'Typed off the label',
    })
    expect(await found(lab)).toEqual([['changed', 'HW-00001', 'serial: UB24X7K9Q2M1 → OTHER-1']])
    expect(lab.parts.netbox.drift.state().findings[0]?.change).toEqual({
      by: 'hwlab',
      at: expect.stringMatching(/^2026-01-06T12:00/),
      message: 'Typed off the label',
    })
  })

  test('what HWLab recorded and NetBox no longer says is told as such', async () => {
    await recordSwitches(lab, 1)
    const id = await deviceOf(lab, 'HW-00001')
    await stranger(lab, 'PATCH', `dcim/devices/${id}/`, { serial: '', tags: [] })
    expect(await found(lab)).toEqual([
      ['says-less', 'HW-00001', 'serial: UB24X7K9Q2M1 → null', 'tags: hwlab → null'],
    ])
  })

  test('an edit that was taken back is no difference any more', async () => {
    await recordSwitches(lab, 1)
    const id = await deviceOf(lab, 'HW-00001')
    await stranger(lab, 'PATCH', `dcim/devices/${id}/`, { name: 'core' })
    expect(await found(lab)).toHaveLength(1)
    await stranger(lab, 'PATCH', `dcim/devices/${id}/`, { name: null })
    expect(await found(lab)).toEqual([])
  })

  test('a record that was deleted is gone, known from the change log', async () => {
    await recordSwitches(lab, 2)
    await stranger(lab, 'DELETE', `dcim/devices/${await deviceOf(lab, 'HW-00002')}/`)
    expect(await found(lab)).toEqual([['gone', 'HW-00002']])
    expect(lab.parts.netbox.drift.state().findings[0]?.change?.by).toBe('hwlab')
  })

  test('a record that lost its tag is told, and the stranger that got it', async () => {
    await recordSwitches(lab, 2)
    const id = await deviceOf(lab, 'HW-00001')
    const device = await stranger(lab, 'PATCH', `dcim/devices/${id}/`, { asset_tag: null })
    const { device_type, role, site } = Object(device)
    await stranger(lab, 'POST', 'dcim/devices/', {
      name: 'thief',
      device_type: device_type.id,
      role: role.id,
      site: site.id,
      asset_tag: 'HW-00001',
    })
    expect(await found(lab)).toEqual([
      ['tag-taken', 'HW-00001'],
      ['says-less', 'HW-00001', 'asset_tag: HW-00001 → null'],
    ])
    expect(await found(lab, 'everything')).toHaveLength(2)
  })

  test('a tag like ours that HWLab never gave is told last, and not again after a person dismissed it', async () => {
    await recordSwitches(lab, 1)
    const id = await deviceOf(lab, 'HW-00001')
    const { device_type, role, site } = Object(await stranger(lab, 'PATCH', `dcim/devices/${id}/`, {}))
    const made = { device_type: device_type.id, role: role.id, site: site.id, asset_tag: 'HW-04711' }
    await stranger(lab, 'POST', 'dcim/devices/', made)
    expect(await found(lab)).toEqual([['unknown-tag', 'HW-04711']])
    lab.parts.netbox.drift.forget(findingOf(lab, 'HW-04711'), 'operator')
    expect(await found(lab, 'everything')).toEqual([])
  })

  test('a record deleted and made anew under the same HWLab id is the same thing, moved', async () => {
    const [itemId] = await recordSwitches(lab, 1)
    const id = await deviceOf(lab, 'HW-00001')
    const { device_type, role, site } = Object(await stranger(lab, 'PATCH', `dcim/devices/${id}/`, {}))
    await stranger(lab, 'DELETE', `dcim/devices/${id}/`)
    const anew = await stranger(lab, 'POST', 'dcim/devices/', {
      device_type: device_type.id,
      role: role.id,
      site: site.id,
      asset_tag: 'HW-00001',
      serial: 'UB24X7K9Q2M1',
      status: 'inventory',
      custom_fields: { hwlab_id: itemId },
    })
    const [finding] = await found(lab)
    expect(finding?.slice(0, 3)).toEqual([
      'says-less',
      'HW-00001',
      `record: device ${id} → device ${Object(anew).id}`,
    ])
  })
})

describe('how far it looked', () => {
  test('a change just before the last look is found, also after a restart and when HWLab’s clock went back', async () => {
    await recordSwitches(lab, 2)
    const [first, second] = [await deviceOf(lab, 'HW-00001'), await deviceOf(lab, 'HW-00002')]
    await stranger(lab, 'PATCH', `dcim/devices/${first}/`, { name: 'a' })
    expect(await found(lab)).toHaveLength(1)
    lab.clock.advance(-aDay)
    await lab.restart()
    await stranger(lab, 'PATCH', `dcim/devices/${second}/`, { name: 'b' })
    expect(await found(lab)).toHaveLength(2)
  })

  test('while NetBox is away the last report stays, and says that it may be old', async () => {
    let away = false
    await lab[Symbol.asyncDispose]()
    lab = await openNetboxLab({
      wrapFetch: (inner) => async (request) => {
        if (away) throw Object.assign(new Error('down'), { code: 'ECONNREFUSED' })
        return inner(request)
      },
    })
    await recordSwitches(lab, 1)
    await stranger(lab, 'PATCH', `dcim/devices/${await deviceOf(lab, 'HW-00001')}/`, { name: 'a' })
    await found(lab)
    away = true
    const { drift } = lab.parts.netbox
    expect(await drift.look('changes')).toMatchObject({ kind: 'away', lookedAtMs: expect.any(Number) })
    expect(drift.state().findings).toHaveLength(1)
    away = false
    expect(await drift.look('changes')).toMatchObject({ kind: 'looked' })
  })

  test('a whole look every week when it is wanted, and only then', async () => {
    const asked: string[] = []
    await lab[Symbol.asyncDispose]()
    lab = await openNetboxLab({
      wrapFetch: (inner) => (request) => {
        const url = new URL(request.url)
        if (
          url.searchParams.has('asset_tag__regex') &&
          url.pathname.endsWith('/devices/') &&
          !url.searchParams.has('ordering')
        )
          asked.push(url.pathname)
        return inner(request)
      },
    })
    await recordSwitches(lab, 1)
    const { drift } = lab.parts.netbox
    await passLooks(8)
    expect(asked).toEqual([])
    drift.setWeekly(true, 'operator')
    await passLooks(8)
    expect(asked).toHaveLength(1)

    async function passLooks(days: number): Promise<void> {
      for (let look = 0; look < days; look += 1) {
        lab.clock.advance(aDay)
        await drift.look('changes')
      }
    }
  })

  test('what was recorded before it was watched, or is in an inventory of another name, is taken up as it is', async () => {
    await recordSwitches(lab, 2)
    await stranger(lab, 'PATCH', `dcim/devices/${await deviceOf(lab, 'HW-00001')}/`, { name: 'a' })
    expect(await found(lab)).toHaveLength(1)
    lab.parts.database.exec("update drift_target set target = 'NetBox at https://old.lan'")
    await lab.restart()
    expect(lab.parts.netbox.drift.state().watched).toBe(0)
    expect(await found(lab)).toEqual([])
    expect(lab.parts.netbox.drift.state().watched).toBe(2)
    await stranger(lab, 'PATCH', `dcim/devices/${await deviceOf(lab, 'HW-00002')}/`, { name: 'b' })
    expect(await found(lab)).toEqual([['changed', 'HW-00002', 'name: null → b']])
  })
})
