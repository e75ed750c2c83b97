import { trialSuite } from '../trial.ts'

export default trialSuite('injection', { startsFirst: true })
