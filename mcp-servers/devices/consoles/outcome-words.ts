import type { ConsoleOutcome } from './identify-console.ts'
import type { Prompt } from './prompt.ts'

/** What came of it, and what to do: one or two sentences for a person. */
export function outcomeWords(outcome: ConsoleOutcome): string {
  switch (outcome.kind) {
    case 'identified': {
      const [first, ...others] = outcome.facts.chassis
      const name = [outcome.manufacturer, first?.model?.value ?? 'of unknown model'].join(' ')
      const stack = others.length > 0 ? `, a stack of ${others.length + 1}` : ''
      const serial = first?.serial ? `, serial number ${first.serial.value}` : ', without a serial number'
      const virtual = outcome.facts.isVirtual
        ? ' It is a virtual machine: there is no hardware to record.'
        : ''
      return `${name}${stack}${serial}, running ${outcome.platform}.${virtual}`
    }
    case 'unknown-family':
      return 'It answers, but HWLab does not know this family of devices. The transcript is kept.'
    case 'stopped':
      return stoppedWords(outcome.at)
    case 'silent':
      return 'Nothing came at any speed. Check that the device has power, that the cable is in its console port, and that it is a rollover cable.'
    case 'garbled':
      return 'Only noise came, at every usual speed. Check the cable, or choose the speed yourself.'
    case 'fell-silent':
      return 'It stopped answering in the middle. Open the terminal and look.'
    case 'endless':
      return 'It prints without end, so HWLab stopped reading.'
    case 'login-refused':
      return 'It refused this name or password. HWLab tried once.'
    case 'unplugged':
      return 'The console was unplugged in the middle.'
  }
}

function stoppedWords(at: Prompt): string {
  switch (at.kind) {
    case 'login':
    case 'password':
      return 'It asks for a login. Give a name and a password for this one look, or log in by hand in the terminal.'
    case 'new-password':
      return 'It is new and wants a password to be set. HWLab answers no dialog: do it by hand in the terminal.'
    case 'setup-dialog':
      return 'It has no configuration and offers its setup dialog. HWLab answers no dialog: do it by hand in the terminal.'
    case 'question':
      return 'It asks a question. HWLab answers no dialog: read it in the transcript, and answer by hand in the terminal.'
    case 'auto-provisioning':
      return provisioningWords[at.stage]
    case 'boot-loader':
      return 'It stands in its boot loader: no operating system is running. HWLab types nothing there.'
    case 'booting':
      return 'It is starting. HWLab types nothing meanwhile: try again when it is up.'
    case 'configuring':
      return 'Somebody left it in configuration mode. HWLab types nothing there: leave that mode by hand.'
    case 'shell':
      return 'It stands in a Unix shell or in configuration mode. HWLab types nothing there.'
    default:
      return 'It shows text, but no prompt that HWLab knows, so nothing more was typed. Look at the transcript.'
  }
}

const provisioningWords = {
  waiting:
    'It has no configuration and waits before automatic provisioning. HWLab answers no dialog: decide by hand in the terminal.',
  running:
    'Automatic provisioning is running. HWLab types nothing: wait, or stop it by hand in the terminal.',
  failed:
    'Automatic provisioning failed and it asks again. HWLab answers no dialog: decide by hand in the terminal.',
}
