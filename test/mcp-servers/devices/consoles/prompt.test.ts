import { expect, test } from 'vitest'
import { isRefused, readPrompt } from '../../../../mcp-servers/devices/consoles/prompt.ts'
import { screenText } from '../../../../mcp-servers/devices/consoles/screen-text.ts'
import { withoutSecrets } from '../../../../mcp-servers/devices/consoles/without-secrets.ts'

test.each([
  ['Switch>', { kind: 'exec', host: 'Switch' }],
  ['shelf-sw1#', { kind: 'exec', host: 'shelf-sw1' }],
  ['RP/0/RSP0/CPU0:edge#', { kind: 'exec', host: 'RP/0/RSP0/CPU0:edge' }],
  ['lab_2530(rack 2)# ', { kind: 'none' }],
  ['edge%MGMT#', { kind: 'exec', host: 'edge%MGMT' }],
  ['leaf1(vrf:MGMT)#', { kind: 'exec', host: 'leaf1(vrf:MGMT)' }],
  ['ProCurve Switch 2650# ', { kind: 'exec', host: 'ProCurve Switch 2650' }],
  ['HP ProCurve Switch 2610-24> ', { kind: 'exec', host: 'HP ProCurve Switch 2610-24' }],
  ['lab-2530(vlan-10)# ', { kind: 'configuring' }],
  ['lab-2530(eth-1)# ', { kind: 'configuring' }],
  ['Switch(vlan)#', { kind: 'configuring' }],
  ['Keep out\n----------------------#', { kind: 'none' }],
  ['*** Keep out ***\n---->', { kind: 'none' }],
  ['##########', { kind: 'none' }],
  ['Authorised users of site #4 only >', { kind: 'none' }],
  ['\nsome words\nadmin@lab-srx> ', { kind: 'junos', host: 'lab-srx' }],
  ['root@lab-srx:RE:0%', { kind: 'shell' }],
  ['root@pve:~# ', { kind: 'shell' }],
  ['admin@lab-srx# ', { kind: 'shell' }],
  ['[admin@MikroTik] > ', { kind: 'routeros', host: 'MikroTik' }],
  ['[admin@hEX S] /interface> ', { kind: 'routeros', host: 'hEX S' }],
  ['Press RETURN to get started!', { kind: 'press-return' }],
  ['User Access Verification\n\nPassword: ', { kind: 'password' }],
  ['lab-srx login: ', { kind: 'login' }],
  ['Username:', { kind: 'login' }],
  ['Last login: Mon Nov  2 09:00:00 on ttyS0\nlab>', { kind: 'exec', host: 'lab' }],
  [' --More-- ', { kind: 'more' }],
  ['--More--', { kind: 'more' }],
  ['<--- More --->', { kind: 'more' }],
  ['---(more 42%)---', { kind: 'more' }],
  ['---(more)---', { kind: 'more' }],
  ['-- [Q quit|D dump|down]', { kind: 'more' }],
  ['-- MORE --, next page: Space, next line: Enter, quit: q', { kind: 'more' }],
  ['Press any key to continue', { kind: 'more' }],
  ['-- MORE --, next page: Space, next line: Enter, quit: Control-C', { kind: 'more' }],
  ['Switch(config)#', { kind: 'configuring' }],
  ['Switch(config-if)# ', { kind: 'configuring' }],
  ['rommon 1 >', { kind: 'boot-loader' }],
  ['switch: ', { kind: 'boot-loader' }],
  ['loader>', { kind: 'boot-loader' }],
  ['rommon>', { kind: 'boot-loader' }],
  ['rommon #0> ', { kind: 'boot-loader' }],
  ['rommon B1 > ', { kind: 'boot-loader' }],
  ['switch(boot)#', { kind: 'boot-loader' }],
  ['BOOT_USER# ', { kind: 'boot-loader' }],
  ['SVOS> ', { kind: 'boot-loader' }],
  ['CFE>', { kind: 'boot-loader' }],
  ['grub> ', { kind: 'boot-loader' }],
  ['u-boot>', { kind: 'boot-loader' }],
  ['your choice: ', { kind: 'boot-loader' }],
  ['ONIE:/ #', { kind: 'boot-loader' }],
  ['Would you like to enter the initial configuration dialog? [yes/no]: ', { kind: 'setup-dialog' }],
  ['Would you like to enter the basic configuration dialog (yes/no): ', { kind: 'setup-dialog' }],
  ['Enter the password for "admin": ', { kind: 'new-password' }],
  ['Please register a new password.\nNew password: ', { kind: 'new-password' }],
  ['Change your password\n\nnew password> ', { kind: 'new-password' }],
  ['repeat new password> ', { kind: 'new-password' }],
  ['Proceed with reload? [confirm]', { kind: 'question' }],
  ['System configuration has been modified. Save? [yes/no]: ', { kind: 'question' }],
  ['Destination filename [startup-config]? ', { kind: 'question' }],
  ['Do you want to save current configuration [y/n/^C]? ', { kind: 'question' }],
  ['This will erase the configuration. Continue (y/n)? ', { kind: 'question' }],
  ['Do you want to see the software license? [Y/n]: ', { kind: 'question' }],
  ['Dangerous! Reset anyway? [y/N]: ', { kind: 'question' }],
  ['Really delete it? ', { kind: 'question' }],
  ['Are you sure you want to continue? (yes/no)[no]', { kind: 'question' }],
  ['Booting image: bootflash:///nxos', { kind: 'booting' }],
  ['Hit any key to stop autoboot:  3', { kind: 'booting' }],
  ['', { kind: 'none' }],
  ['interface 1 is up, line protocol is up', { kind: 'none' }],
])('%j is read for what it is', (screen, expected) => {
  expect(readPrompt(screen)).toEqual(expected)
})

const question =
  'Abort Power On Auto Provisioning [yes - continue with normal setup, skip - bypass password and basic configuration, no - continue with Power On Auto Provisioning] (yes/skip/no)[no]: '

test('the same provisioning question waits, runs or has failed, by what stands above it', () => {
  const stage = (above: string) => readPrompt(`${above}\n${question}`)
  expect(stage('')).toEqual({ kind: 'auto-provisioning', stage: 'waiting' })
  expect(stage('Starting Power On Auto Provisioning now')).toEqual({
    kind: 'auto-provisioning',
    stage: 'running',
  })
  expect(stage('Starting Auto Provisioning\nPOAP DHCP discover phase failed')).toEqual({
    kind: 'auto-provisioning',
    stage: 'failed',
  })
})

test('“(yes/no)[no]:” alone is never taken for provisioning', () => {
  const screen = 'Do you want to enforce secure password standard (yes/no) [y]: '
  expect(readPrompt(screen)).toEqual({ kind: 'new-password' })
  expect(readPrompt('Save the configuration? (yes/no)[no]: ')).toEqual({ kind: 'question' })
})

test('colours, backspaces and overwritten lines leave what a person sees', () => {
  const bytes = Buffer.from(
    '\u001b[2J\u001b[1;32mlab\u001b[0m#show vex\b rsion\r\n --More-- \r          \rnext\r\n',
  )
  expect(screenText(bytes)).toBe('lab#show ve rsion\nnext\n')
})

test('binary noise leaves no control characters and never throws', () => {
  const noise = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 256)
  expect(screenText(noise)).not.toMatch(/[^\P{Cc}\n\t]/u)
})

test('what is half written over stands as on the screen', () => {
  expect(screenText(Buffer.from('abcdef\rAB\r\n'))).toBe('ABcdef\n')
  expect(screenText(Buffer.from('lab#sh\b\b  \b\bshow'))).toBe('lab#show')
  expect(screenText(Buffer.from('\u001b]0;lab\u0007lab#\u001b]0;no end'))).toBe('lab#0;no end')
})

/** Each took this process from five seconds to minutes, in which nothing else could happen. */
test.each([
  ['blank lines', `${'\n'.repeat(200_000)}x`],
  ['blanks', `x${' '.repeat(200_000)}x`],
  ['signs of a shell', 'a@'.repeat(100_000)],
  ['carriage returns', `${'x'.repeat(300_000)}${'a\r'.repeat(300_000)}`],
  ['returns without a line', `${'\r'.repeat(200_000)}x`],
  ['titles that do not end', '\u001b]0;title'.repeat(60_000)],
  ['lines of a key that is not there', 'radius-server '.repeat(40_000)],
])('a console that prints %s without end is read at once', (_, printed) => {
  const bytes = Buffer.from(printed)
  expect(readPrompt(screenText(bytes))).toEqual({ kind: 'none' })
  expect(withoutSecrets(bytes, null).length).toBeLessThanOrEqual(printed.length)
})

test('what stands after an empty password is no secret', () => {
  const screen = 'Username: admin\r\nPassword: \r\n\r\nlab-sw1>show version\r\n'
  expect(withoutSecrets(Buffer.from(screen), null)).toContain('lab-sw1>show version')
})

test('a device that does not know a command is understood', () => {
  expect(isRefused("      ^\n% Invalid input detected at '^' marker.")).toBe(true)
  expect(isRefused('bad command name version (line 1 column 6)')).toBe(true)
  expect(isRefused('Cisco IOS Software, Version 15.2')).toBe(false)
})
