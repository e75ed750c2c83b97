import type { CardLine, ChangePlan, PlannedStep } from '../../approval/change-request.ts'
import { fieldLabels } from '../intake/field-words.ts'

/** The plans of many items as one: a line for each, and every item's steps a part that may be left out by itself. */
export function planRecords(plans: readonly ChangePlan[]): ChangePlan {
  const steps: PlannedStep[] = []
  for (const plan of plans) {
    const first = steps.length
    for (const step of plan.steps) {
      const waitsFor = step.waitsFor === null ? null : step.waitsFor + first
      steps.push({ ...step, waitsFor, optional: step.optional || waitsFor === null })
    }
  }
  const prints = steps.some(({ kind }) => kind === 'devices.print_label')
  return {
    title: `Record ${plans.length} items${prints ? ' and print their labels' : ''}`,
    tier: 'bulk-or-destructive',
    itemId: null,
    steps,
    lines: plans.map(lineOf),
    warnings: warningsOf(plans),
  }
}

/** Everything that a person would miss if it were wrong; the rest is on the item's own card. */
const named = [
  ...(['part_number', 'serial', 'mac_address', 'role', 'name'] as const).map((field) => fieldLabels[field]),
  'Key spec',
  'Sample',
]

function lineOf({ lines }: ChangePlan): CardLine {
  const value = (label: string) => lines.find((line) => line.label === label)?.after ?? null
  const thing = [value(fieldLabels.manufacturer), value(fieldLabels.model)].filter((word) => word !== null)
  const rest = named.flatMap((label) => (value(label) === null ? [] : [`${label} ${value(label)}`]))
  return { label: tagOf(lines), before: null, after: [thing.join(' '), ...rest].join(' · ') }
}

function tagOf(lines: readonly CardLine[]): string {
  return lines.find(({ label }) => label === 'Tag')?.after ?? 'No tag'
}

/** A warning that all items share is said once. */
function warningsOf(plans: readonly ChangePlan[]): string[] {
  const inAll = (warning: string) =>
    plans.length > 1 && plans.every(({ warnings }) => warnings.includes(warning))
  const shared = (plans[0]?.warnings ?? []).filter(inAll)
  const own = plans.flatMap(({ lines, warnings }) =>
    warnings.filter((warning) => !inAll(warning)).map((warning) => `${tagOf(lines)}: ${warning}`),
  )
  return [...shared, ...own]
}
