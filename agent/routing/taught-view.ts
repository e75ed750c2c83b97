import type { RoutingView } from '../protocol/routing.ts'
import type { Misroutes, WeekOfRoutes } from '../store/route-decisions.ts'
import type { TaughtExample } from '../store/route-examples.ts'
import { taskOf, tasks } from './intent.ts'
import { tasksInWords } from './task-words.ts'

/** What a person taught, and how often the choice was wrong. */
export function taughtView(
  examples: TaughtExample[],
  misroutes: Misroutes,
  weeks: WeekOfRoutes[],
): Pick<RoutingView, 'tasks' | 'examples' | 'misroutesWords' | 'weeks'> {
  return {
    tasks: tasks.map((task) => ({ task, name: tasksInWords[task] })),
    examples: examples.flatMap(({ id, text, task: named }) => {
      const task = taskOf(named)
      return task ? [{ id, text, name: tasksInWords[task] }] : []
    }),
    misroutesWords: misroutesWords(misroutes),
    weeks: weeks.map((week) => ({ name: weekName(week.weeksAgo), words: weekWords(week) })),
  }
}

function misroutesWords({ chosen, tooWeak, wrongTask }: Misroutes): string {
  if (chosen === 0) return 'HWLab has not chosen a model yet.'
  const answers = chosen === 1 ? 'one answer' : `${chosen} answers`
  if (tooWeak + wrongTask === 0) return `HWLab chose the model for ${answers}; you corrected none.`
  return `HWLab chose the model for ${answers}: ${tooWeak} too weak, ${wrongTask} read wrongly, as you showed it.`
}

function weekName(weeksAgo: number): string {
  if (weeksAgo === 0) return 'Last 7 days'
  return weeksAgo === 1 ? 'The week before' : `${weeksAgo} weeks before`
}

function weekWords({ chosen, here, tooWeak, wrongTask, replayed, tooStrong }: WeekOfRoutes): string {
  const answers = chosen === 1 ? '1 answer' : `${chosen} answers`
  const shown = `${answers}, ${here} without the cloud; ${tooWeak} too weak, ${wrongTask} read wrongly.`
  if (replayed === 0) return shown
  return `${shown} Of ${replayed} tried again on this network, ${tooStrong} would have done there.`
}
