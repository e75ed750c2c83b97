import type { ModelEntry } from '../models/model-entry.ts'
import type { Toolbox } from '../tools/toolbox.ts'
import type { Task } from './intent.ts'

/** Whether a task can do without the lab and the web. Whoever cannot tell is given tools. */
export function needsTools(task: Task | null): boolean {
  return task !== 'explain' && task !== 'chitchat'
}

/** Small models choose badly among many tools: at most six of the lab’s, by what is asked for. */
const forSmall: Record<Exclude<Task, 'explain' | 'chitchat'> | 'unknown', string[]> = {
  lookup: [
    ...['netbox_find_item', 'netbox_get_item', 'netbox_queue_state'],
    ...['devices_list_devices', 'devices_list_printers', 'netbox_check_ip_plan'],
  ],
  action: [
    ...['netbox_find_item', 'netbox_start_intake', 'netbox_propose_change'],
    ...['netbox_propose_record', 'devices_print_label', 'netbox_propose_move', 'hwlab_remember'],
  ],
  plan: [
    ...['netbox_find_item', 'netbox_get_item', 'netbox_check_inventory'],
    ...['netbox_suggest_place', 'netbox_check_ip_plan', 'netbox_propose_change'],
  ],
  research: ['searxng_search_web', 'netbox_find_item', 'netbox_get_item'],
  unknown: [
    ...['netbox_find_item', 'netbox_get_item', 'netbox_propose_change'],
    ...['netbox_start_intake', 'devices_list_devices', 'searxng_search_web', 'hwlab_remember'],
  ],
}

/** The toolbox with the tools that this model sees for this task; whatever is not in it cannot be called. */
export function toolsForTask<Box extends Pick<Toolbox, 'cards'>>(
  toolbox: Box,
  task: Task | null,
  { tier, capabilities }: ModelEntry,
): Box {
  if (tier === 0) return toolbox
  if (task === 'explain' || task === 'chitchat' || capabilities?.tools === 'no')
    return { ...toolbox, cards: [] }
  if (tier > 1) return toolbox
  const names = forSmall[task ?? 'unknown']
  return { ...toolbox, cards: toolbox.cards.filter(({ name }) => names.includes(name)) }
}
