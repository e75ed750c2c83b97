import { trialSuite } from '../trial.ts'

export default trialSuite('cost')
