import type { DiagnosisStep } from '../../contract/connect'
import { ProxyRefusal, ProxyUnreached } from './tunnel'

/** Why a server could not be asked. */
export interface NetworkFault {
  readonly what: Extract<DiagnosisStep['what'], 'address' | 'connection' | 'certificate'>
  readonly sentence: string
  /** Whether it may be gone in a moment. */
  readonly passing: boolean
}

const authority = 'If it has a certificate authority of your own, give that in the connection.'

const certificates: Readonly<Record<string, (host: string) => string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: (host) =>
    `The certificate of ${host} is signed by itself, so nobody vouches for it. Give that certificate as certificate authority in the connection if it is the right one.`,
  SELF_SIGNED_CERT_IN_CHAIN: (host) =>
    `The certificate of ${host} comes from an authority that is not known here. ${authority}`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: (host) => `Nobody known here vouches for the certificate of ${host}. ${authority}`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: (host) => `Nobody known here vouches for the certificate of ${host}. ${authority}`,
  UNABLE_TO_GET_ISSUER_CERT: (host) => `Nobody known here vouches for the certificate of ${host}. ${authority}`,
  CERT_HAS_EXPIRED: (host) =>
    `The certificate of ${host} has expired. It has to be renewed on the server; if it was, check this machine's clock.`,
  CERT_NOT_YET_VALID: (host) => `The certificate of ${host} is not valid yet. Check this machine's clock.`,
  CERT_REVOKED: (host) => `The certificate of ${host} was revoked.`
}

const connections: Readonly<Record<string, (host: string) => string>> = {
  ECONNREFUSED: (host) =>
    `Nothing answers at ${host}: the connection was refused. Is the port right, and does the server run?`,
  ETIMEDOUT: (host) => `${host} does not answer in time. A firewall may be between; a proxy may be needed.`,
  EHOSTUNREACH: (host) => `There is no way to ${host} from here. A VPN or a proxy may be needed.`,
  ENETUNREACH: (host) => `There is no way to ${host} from here: this machine has no network to it.`,
  ECONNRESET: (host) => `${host} ended the connection in the midst of it.`,
  EPIPE: (host) => `${host} ended the connection in the midst of it.`
}

/** What an error of the network means; undefined where it is none. */
export function networkFault(error: unknown, url: string): NetworkFault | undefined {
  const { host, protocol } = new URL(url)
  const { code = '', message = '' } = error as NodeJS.ErrnoException
  if (error instanceof ProxyUnreached) {
    const fault = networkFault(error.cause, error.proxy.href)
    return fault && { ...fault, what: 'connection', sentence: `The proxy cannot be asked. ${fault.sentence}` }
  }
  if (error instanceof ProxyRefusal) {
    const why =
      error.status === 407 ? 'wants a user and a password: give them in the connection' : `answered ${error.status}`
    return {
      what: 'connection',
      sentence: `The proxy does not let us through to ${host}: it ${why}.`,
      passing: error.status >= 500
    }
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    const sentence = `The name ${new URL(url).hostname} is not known (DNS). Check how it is written, and whether a VPN or a proxy is needed.`
    return { what: 'address', sentence, passing: code === 'EAI_AGAIN' }
  }
  const certificate = certificates[code]
  if (certificate) return { what: 'certificate', sentence: certificate(host), passing: false }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return {
      what: 'certificate',
      sentence: `The certificate of ${host} is for another name: ${altNames(error)}. Use the name it was made for.`,
      passing: false
    }
  if (
    /wrong version number|packet length too long|http request/i.test(message) ||
    (code === 'HPE_INVALID_CONSTANT' && protocol === 'http:')
  ) {
    const [is, use] = protocol === 'https:' ? ['is not encrypted', 'http://'] : ['is encrypted', 'https://']
    return {
      what: 'certificate',
      sentence: `${host} ${is} at this port. If that is right, begin the address with ${use}.`,
      passing: false
    }
  }
  if (/^(ERR_SSL|EPROTO|ERR_TLS)/.test(code))
    return {
      what: 'certificate',
      sentence: `No encrypted connection to ${host} came about (${firstLine(message)}).`,
      passing: false
    }
  const connection = connections[code]
  if (connection) return { what: 'connection', sentence: connection(host), passing: code !== 'ECONNREFUSED' }
  if (/^(Z_|HPE_|ERR_STREAM|UND_|ERR_BROTLI)/.test(code) || /socket hang up|aborted/.test(message))
    return {
      what: 'connection',
      sentence: `The answer of ${host} was cut off or garbled (${firstLine(message)}).`,
      passing: true
    }
  return undefined
}

const firstLine = (message: string): string => message.split('\n')[0]?.slice(0, 200) ?? ''

function altNames(error: unknown): string {
  const { cert } = error as { cert?: { subjectaltname?: string; subject?: { CN?: string } } }
  return cert?.subjectaltname?.replaceAll('DNS:', '') ?? cert?.subject?.CN ?? 'it does not say which'
}
