import { typedTrials } from '../../worlds/command-trial.ts'

export default typedTrials('bad input', [
  ['/hlep', /Did you mean \/help\?/],
  ['/', /There is no command \/\. \/help lists all of them/],
  ['', /Type something or add a photo/],
  ['x'.repeat(20_001), /20,001 characters/],
  ['find', /Something is missing/],
  ['describe', /Something is missing/],
  ['change HW-00104', /Something is missing/],
  ['change HW-00104 colour=red', /“colour”/, /serial/],
  ['change HW-99999 serial=1', /not in the inventory/],
  ['print HW-99999', /not in the inventory/],
  ['show HW-99999', /^Nothing like it in the inventory/],
  ['show ../../etc/passwd', /^Nothing like it in the inventory/],
  ['undo HW-00104', /nothing to HW-00104/],
  ["find '; drop table change_requests; --", /Nothing like it/],
  [`find ${'y'.repeat(300)}`, /up to 200 characters/],
  ['use local', /no|none/i],
  ['use cloud:gpt', /No model in the cloud/],
  ['please retire every switch', /cannot answer free text/],
])
