/** How a meter is started, and how often it wants to hear that somebody is there. */
export interface MeterModel {
  vendorId: string
  productId: string
  /** Where two models share their ids: how the product calls itself. */
  product?: RegExp
  name: string
  /** The third command of the start: `start` once more, or `continue`. */
  third: 'start' | 'continue'
  keepAlive: 'each-second' | 'each-packet'
}

/**
 * Sources: baryluk/fnirsi-usb-power-data-logger `fnirsi_logger.py`; Randomblock1/fnirsi-usb-tool
 * `crates/fnirsi-protocol/src/device.rs` for the FNAC-28, which wears the ids of the C1 and starts like an FNB58.
 */
export const meterModels: readonly MeterModel[] = [
  { ...ids('2e3c', '5558'), name: 'FNIRSI FNB58', third: 'start', keepAlive: 'each-second' },
  { ...ids('2e3c', '0049'), name: 'FNIRSI FNB48S or FNB48P', third: 'start', keepAlive: 'each-second' },
  { ...ids('0483', '003a'), name: 'FNIRSI FNB48', third: 'continue', keepAlive: 'each-packet' },
  { ...ids('0483', '003b'), name: 'FNIRSI C1', third: 'continue', keepAlive: 'each-packet' },
  {
    ...ids('0483', '003b'),
    product: /fnac/i,
    name: 'FNIRSI FNAC-28',
    third: 'start',
    keepAlive: 'each-second',
  },
]

function ids(vendorId: string, productId: string) {
  return { vendorId, productId }
}
