/** Which NetBox the embedded inventory speaks like. Where releases differ, what was seen on 4.4.10, 4.6.8 and 4.7.3. */
export interface Release {
  version: string
  minor: number
  /** The version of the plugin netbox-inventory; null: not installed. */
  inventoryPlugin: string | null
}

export function release(version: string, inventoryPlugin: string | null = null): Release {
  return { version, minor: Number(version.split('.')[1]), inventoryPlugin }
}
