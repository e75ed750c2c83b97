import { z } from 'zod'
import type { OpenTool } from '../../serving/tool.ts'
import type { DevicesDomain } from '../domain.ts'

const mostJobs = 10

const input = z.object({
  tag: z.string().max(40).optional().describe('Only of this tag'),
})
const output = z.object({
  jobs: z.array(
    z.object({
      job_id: z.string(),
      tag: z.string(),
      printer: z.string(),
      state: z.string(),
      updated_at: z.string(),
    }),
  ),
})

export default {
  name: 'print_jobs',
  title: 'Look at print jobs',
  description: 'Lists the last label print jobs and what became of them.',
  tier: 'read',
  input,
  output,
  openWorld: false,
  timeLimitMs: 5000,
  async run({ tag }, domain) {
    const jobs = domain.printJobs(tag ?? null).slice(0, mostJobs)
    return {
      kind: 'answer',
      output: {
        jobs: jobs.map((job) => ({
          job_id: job.id,
          tag: job.tag,
          printer: job.printerName,
          state: job.stateWords,
          updated_at: job.updatedAt,
        })),
      },
    }
  },
} satisfies OpenTool<DevicesDomain, typeof input, typeof output>
