import { management, naming, plainNumber, port } from '../naming-rules.ts'

/**
 * Nokia SR Linux: devicetype-library at 0bfacdc, Nokia/7220*.yaml. In a container eth0 is mgmt0, and topology files
 * write e1-1 for ethernet-1/1: containerlab.dev/manual/topo-def-file.
 */
export const nokiaSrLinux = {
  ...naming([
    port('ethernet-', ['ethernet', 'eth-', 'e'], /^\d+\/\d+(?:\/\d+)?(?:\.\d+)?$/, 'other'),
    management('mgmt', [], /^0(?:\.\d+)?$/, '1000base-t'),
    port('lag', [], plainNumber, 'lag'),
    port('irb', [], plainNumber, 'virtual'),
    port('lo', [], plainNumber, 'virtual'),
    port('system', [], plainNumber, 'virtual'),
  ]),
  renamed: [
    [/^eth0$/i, 'mgmt0'],
    [/^e(\d+)-(\d+)$/i, 'ethernet-$1/$2'],
    [/^e(\d+)-(\d+)-(\d+)$/i, 'ethernet-$1/$2/$3'],
  ] as const,
}
