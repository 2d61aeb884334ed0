import { createSign, generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'

/** A private key and its certificate, PEM. */
export interface Identity {
  readonly key: string
  readonly certificate: string
}

const years = 5

/** A key and a certificate for it that nobody else signed, good for the names and addresses of one server: X.509, RFC 5280. */
export function selfSigned(hosts: readonly string[], now: Date): Identity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(set(sequence(oid('550403'), utf8(hosts[0] ?? 'localhost'))))
  const until = new Date(now)
  until.setUTCFullYear(now.getUTCFullYear() + years)
  // A day earlier, for who sends from a clock that is slow.
  const from = new Date(now.getTime() - 86_400_000)
  const toBeSigned = sequence(
    tagged(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(15)])),
    ecdsaWithSha256,
    name,
    sequence(time(from), time(until)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(
      0xa3,
      sequence(
        extension('551d11', sequence(...hosts.map(alternative))),
        extension('551d13', sequence()),
        extension('551d25', sequence(oid('2b06010505070301')))
      )
    )
  )
  const signature = createSign('SHA256').update(toBeSigned).sign(privateKey)
  const certificate = sequence(toBeSigned, ecdsaWithSha256, tagged(0x03, Buffer.of(0), signature))
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
  }
}

/** Whether a certificate is still good, and for these names and addresses. */
export function isGoodFor({ certificate }: Identity, hosts: readonly string[], now = new Date()): boolean {
  const held = new X509Certificate(certificate)
  const isValid = Date.parse(held.validTo) - now.getTime() > 30 * 86_400_000
  return isValid && hosts.every((host) => (isIP(host) ? held.checkIP(host) : held.checkHost(host)) !== undefined)
}

/** A value of DER: its tag, how long it is, and what is in it. */
function tagged(tag: number, ...content: readonly Buffer[]): Buffer {
  const inner = Buffer.concat(content)
  const length = inner.length
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.of(tag, ...head), inner])
}

const sequence = (...content: readonly Buffer[]): Buffer => tagged(0x30, ...content)
const set = (...content: readonly Buffer[]): Buffer => tagged(0x31, ...content)
const integer = (bytes: Buffer): Buffer => tagged(0x02, bytes)
const oid = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'))
const utf8 = (text: string): Buffer => tagged(0x0c, Buffer.from(text))
const extension = (id: string, value: Buffer): Buffer => sequence(oid(id), tagged(0x04, value))
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'))

/** UTCTime: good until 2049. */
const time = (at: Date): Buffer =>
  tagged(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`))

/** A name or an address that the certificate is good for. */
function alternative(host: string): Buffer {
  const family = isIP(host)
  if (family === 0) return tagged(0x82, Buffer.from(host))
  return tagged(0x87, family === 4 ? Buffer.from(host.split('.').map(Number)) : ipv6(host))
}

function ipv6(host: string): Buffer {
  const [before = '', after] = host.split('::')
  const groups = (text: string) => (text === '' ? [] : text.split(':'))
  const [head, tail] = [groups(before), groups(after ?? '')]
  const zeros = after === undefined ? 0 : 8 - head.length - tail.length
  const all = [...head, ...Array.from({ length: zeros }, () => '0'), ...tail]
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex')
}
