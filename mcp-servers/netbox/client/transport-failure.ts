import { diskTrouble } from '../../serving/disk-trouble.ts'
import { type Failure, failed } from './failure.ts'

const notSent: Record<string, string> = {
  ECONNREFUSED: 'Nothing answers at NetBox’s address. Is NetBox running?',
  ENOTFOUND: 'NetBox’s host name is not known. Check NETBOX_URL and the network.',
  EAI_AGAIN: 'The name server does not answer. Check the network.',
  ENETUNREACH: 'The network to NetBox is down.',
  EHOSTUNREACH: 'NetBox’s host is not reachable.',
  UND_ERR_CONNECT_TIMEOUT: 'NetBox’s host does not answer.',
}

const untrusted = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]

/** What a fetch that threw means. A connection that never came about is told apart from one that broke. */
export function transportFailure(thrown: unknown): Failure {
  // The embedded inventory is on the disk of HWLab itself.
  const disk = diskTrouble(thrown)
  if (disk !== null) return failed('offline', disk)
  const code = codeOf(thrown)
  const sentence = notSent[code]
  if (sentence !== undefined) return failed('offline', sentence)
  if (untrusted.includes(code))
    return failed(
      'offline',
      'NetBox’s certificate is not trusted. Put the PEM file of its CA into NETBOX_CA_FILE.',
    )
  if (code === 'CERT_HAS_EXPIRED') return failed('offline', 'NetBox’s certificate has expired. Renew it.')
  if (code.startsWith('ERR_TLS'))
    return failed('offline', 'NetBox’s certificate is for another host name. Check NETBOX_URL.')
  return failed('doubt', 'The connection to NetBox broke before its answer came.')
}

function codeOf(thrown: unknown): string {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string') return error.code
    if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  }
  return ''
}
