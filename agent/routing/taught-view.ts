import type { RoutingView } from '../protocol/routing.ts'
import type { Misroutes } from '../store/route-decisions.ts'
import type { TaughtExample } from '../store/route-examples.ts'
import { taskOf, tasks } from './intent.ts'
import { tasksInWords } from './task-words.ts'

/** What a person taught, and how often the choice was wrong. */
export function taughtView(
  examples: TaughtExample[],
  misroutes: Misroutes,
): Pick<RoutingView, 'tasks' | 'examples' | 'misroutesWords'> {
  return {
    tasks: tasks.map((task) => ({ task, name: tasksInWords[task] })),
    examples: examples.flatMap(({ id, text, task: named }) => {
      const task = taskOf(named)
      return task ? [{ id, text, name: tasksInWords[task] }] : []
    }),
    misroutesWords: misroutesWords(misroutes),
  }
}

function misroutesWords({ chosen, tooWeak, wrongTask }: Misroutes): string {
  if (chosen === 0) return 'HWLab has not chosen a model yet.'
  const answers = chosen === 1 ? 'one answer' : `${chosen} answers`
  if (tooWeak + wrongTask === 0) return `HWLab chose the model for ${answers}; you corrected none.`
  return `HWLab chose the model for ${answers}: ${tooWeak} too weak, ${wrongTask} read wrongly, as you showed it.`
}
