import type { LabDatabase } from '../../serving/database.ts'

/** The table `printer_media`: what somebody said is in a printer that cannot say it itself. */
export function openChosenMedia(database: LabDatabase) {
  const get = database.prepare<[string], { media: string }>(
    'select media from printer_media where printer_id = ?',
  )
  const put = database.prepare<[string, string]>(
    `insert into printer_media (printer_id, media) values (?, ?)
     on conflict (printer_id) do update set media = excluded.media`,
  )
  return {
    of: (printerId: string): string | null => get.get(printerId)?.media ?? null,
    choose(printerId: string, media: string): void {
      put.run(printerId, media)
    },
  }
}
export type ChosenMedia = ReturnType<typeof openChosenMedia>
