import { management, naming, noNumber, plainNumber, port } from '../naming-rules.ts'

/**
 * Aruba AOS-CX: member/slot/port without a word. Source: devicetype-library at 0bfacdc, HPE/Aruba-6*.yaml;
 * containerlab.dev/manual/kinds/vr-aoscx, “The interface naming convention is: 1/1/X”.
 */
export const arubaCx = naming([
  port('', ['Port', 'Interface'], /^\d+\/\d+\/\d+(?::\d+)?(?:\.\d+)?$/, 'other'),
  management('mgmt', ['Management'], noNumber, '1000base-t'),
  port('lag', [], plainNumber, 'lag'),
  port('vlan', [], /^\d+$/, 'virtual'),
  port('loopback', ['lo'], /^\d+$/, 'virtual'),
])

/**
 * ProCurve and ArubaOS-Switch: `1`, with a module `A1`, in a stack `2/1` and `2/A1`. Source: devicetype-library at
 * 0bfacdc, HPE/{ProCurve,Aruba-2,Aruba-3810,Aruba-54}*.yaml; the management port is `oobm`:
 * techhub.hpe.com/eginfolib/Aruba/16.08/5200-5479, “Managing OOBM ports”.
 */
export const procurve = {
  ...naming([
    port('', ['Port', 'Interface'], /^(?:\d+\/)?[a-l]?\d+$/, 'other'),
    port('Trk', ['Trunk'], /^\d+$/, 'lag'),
    management('oobm', ['Management', 'mgmt'], noNumber, '1000base-t'),
    port('vlan', [], /^\d+$/, 'virtual'),
    port('loopback', ['lo'], /^\d+$/, 'virtual'),
  ]),
  numberLetters: 'upper' as const,
}
