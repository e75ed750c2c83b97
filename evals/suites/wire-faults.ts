import { trialSuite } from '../trial.ts'

export default trialSuite('wire-faults', { startsFirst: true })
