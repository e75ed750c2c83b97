import { expect, test } from 'vitest'
import { labelFacts, openDevicesLab } from '../../../support/open-devices.ts'

test('the labels that somebody says are in a printer are what its labels are laid out for, also after a restart', async () => {
  await using lab = await openDevicesLab()
  const shown = () => lab.devices.printers().find((printer) => printer.id === 'png')
  const preview = () => lab.devices.labelSvg(labelFacts('HW-00001'), 'png')
  const before = preview()
  expect(await lab.devices.chooseMedia('png', '100x50-300')).toEqual({ kind: 'ok' })
  expect(shown()).toMatchObject({ mediaId: '100x50-300', media: '100 × 50 mm labels, 300 dpi' })
  const after = preview()
  expect(after).not.toBe(before)
  await lab.reopen()
  expect(shown()).toMatchObject({ mediaId: '100x50-300' })
  expect(preview()).toBe(after)
})

test('a printer is not given other labels that it does not take', async () => {
  await using lab = await openDevicesLab()
  expect(await lab.devices.chooseMedia('simulated', '50x30-203')).toMatchObject({ kind: 'refused' })
})
