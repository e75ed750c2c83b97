import type { CustomFieldType } from './custom-field-types.ts'

/** The custom fields that HWLab keeps on a NetBox device: few, additive, all beginning with `hwlab_`. */
export const customFields = [
  {
    name: 'hwlab_id',
    label: 'HWLab id',
    type: 'text',
    description: 'Proves that HWLab made this record. Do not edit.',
    unique: true,
    filterLogic: 'exact',
  },
  {
    name: 'hwlab_spec',
    label: 'Key spec',
    type: 'text',
    description: 'The line under the name on the label.',
    unique: false,
    filterLogic: 'loose',
  },
  {
    name: 'hwlab_fcc_id',
    label: 'FCC ID',
    type: 'text',
    description: 'As printed on the device.',
    unique: false,
    filterLogic: 'exact',
  },
  {
    name: 'hwlab_mac',
    label: 'MAC address',
    type: 'text',
    description: 'From the label of an asset, which has no interfaces.',
    unique: false,
    filterLogic: 'exact',
  },
  {
    name: 'hwlab_sample',
    label: 'HWLab sample',
    type: 'boolean',
    description: 'Made from the built-in sample photo; safe to delete.',
    unique: false,
    filterLogic: 'exact',
  },
] as const satisfies readonly CustomField[]

export interface CustomField {
  name: `hwlab_${string}`
  label: string
  type: CustomFieldType
  description: string
  unique: boolean
  filterLogic: 'exact' | 'loose'
}

export type CustomFieldName = (typeof customFields)[number]['name']
