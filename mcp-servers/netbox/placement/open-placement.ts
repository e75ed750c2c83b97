import { type Refusal, refused } from '../../serving/tool.ts'
import type { Catalogue, CatalogueEntry } from '../catalogue/catalogue.ts'
import type { Inventory } from '../client/inventory.ts'
import type { Intake } from '../intake/intake.ts'
import { type LabRows, readLab } from './read-lab.ts'
import { type Suggestion, suggestPlaces } from './suggest-places.ts'
import type { Thing } from './world.ts'
import { needsOf, worldOfRows } from './world-of-rows.ts'

/** "Where should it go?" Reads only. */
export interface Placement {
  /** `what`: a tag, an item id or a model; `near`: the rack or location that a person would like. */
  suggest(
    what: string,
    near: string | null,
    signal: AbortSignal,
  ): Promise<{ kind: 'suggested'; thing: Thing; suggestion: Suggestion } | Refusal>
}

interface Deps {
  inventory: Inventory
  catalogue: Catalogue
  intake: Pick<Intake, 'card' | 'cardByTag'>
}

export function openPlacement(deps: Deps): Placement {
  return {
    async suggest(what, near, signal) {
      const read = await readLab(deps.inventory.rest, signal)
      if (read.kind === 'away') return refused(`What is where could not be read: ${read.why}`)
      const found = recorded(what, read.rows) ?? drafted(deps, what, read.rows)
      if (!found)
        return refused(
          'HWLab does not know what that is. Name a tag, an item or a model that is in the catalogue.',
        )
      const world = worldOfRows(read.rows, found.deviceId)
      return { kind: 'suggested', thing: found.thing, suggestion: suggestPlaces(found.thing, world, near) }
    },
  }
}

/** The thing, and its own record where it has one. */
interface Found {
  thing: Thing
  deviceId: number | null
}

function recorded(what: string, rows: LabRows): Found | null {
  const tag = what.trim().toUpperCase()
  const device = rows.devices.find(({ asset_tag }) => asset_tag?.toUpperCase() === tag)
  const type = device && rows.types.find(({ id }) => id === device.device_type.id)
  if (!device || !type) return null
  const needs = needsOf(rows, { deviceId: device.id, model: type.model })
  return {
    deviceId: device.id,
    thing: {
      ...{ name: device.display, role: device.role.name, needs },
      heightUnits: type.u_height,
      isFullDepth: type.is_full_depth,
    },
  }
}

function drafted({ catalogue, intake }: Deps, what: string, rows: LabRows): Found | null {
  const card = intake.card(what.trim()) ?? intake.cardByTag(what.trim().toUpperCase())
  const field = (name: string) => card?.fields.find((one) => one.field === name)?.value ?? null
  const model = field('model')
  const entry = model === null ? catalogue.search(what, 1)[0] : catalogue.byModel(model).matches[0]?.entry
  if (!entry && model === null) return null
  return { deviceId: null, thing: thingOf(entry ?? null, { model, role: field('role') }, rows) }
}

/** What is not in the catalogue has no known height and is taken for a loose thing. */
function thingOf(
  entry: CatalogueEntry | null,
  read: { model: string | null; role: string | null },
  rows: LabRows,
): Thing {
  const model = entry?.model ?? read.model ?? ''
  return {
    name: entry ? `${entry.manufacturer} ${entry.model}` : model,
    role: read.role ?? entry?.role ?? null,
    heightUnits: entry?.uHeight ?? 0,
    isFullDepth: entry?.isFullDepth ?? false,
    needs: needsOf(rows, { deviceId: null, model }),
  }
}
