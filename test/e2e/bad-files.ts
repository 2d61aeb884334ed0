import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { fixture } from './spoor'

const instead = 'Export the audit log as JSON, JSON lines or CSV, and import that.'

/** A file of which nothing can be read, and the sentence that says so. */
interface Refused {
  readonly name: string
  readonly bytes: Buffer
  readonly sentence: string | RegExp
}

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64'
)
const shift = readFileSync(fixture('shift.json'))
const noise = Buffer.from(Array.from({ length: 4096 }, (_, n) => (n * 167 + 13) % 256))

export const refused: readonly Refused[] = [
  { name: 'empty.json', bytes: Buffer.alloc(0), sentence: 'empty.json is empty: it has no bytes. Export it again.' },
  {
    name: 'blank.log',
    bytes: Buffer.from(' \n\t\n\r\n'),
    sentence: 'blank.log holds nothing but blank space. Export it again.'
  },
  { name: 'screenshot.png', bytes: png, sentence: `screenshot.png is a PNG image, not a log. ${instead}` },
  {
    name: 'setup.exe',
    bytes: Buffer.concat([Buffer.from('MZ\x90\0\x03'), noise]),
    sentence: `setup.exe is a Windows program, not a log. ${instead}`
  },
  {
    name: 'noise.dat',
    bytes: noise,
    sentence: `noise.dat is not text, so it is no log that can be read here. ${instead}`
  },
  {
    name: 'letter.txt',
    bytes: Buffer.from('Dear auditor\n\nplease find nothing attached\n'),
    sentence: `letter.txt is text, but neither JSON nor a table with a header. ${instead}`
  },
  {
    name: 'broken.json.gz',
    bytes: gzipSync(shift).subarray(0, 12),
    sentence: 'broken.json.gz is a damaged gzip file: nothing of it can be decompressed. Get it again.'
  },
  {
    name: 'cut-at-once.json',
    bytes: Buffer.from('[{"pk":"1","action":"lo'),
    sentence: /cut-at-once\.json holds no complete record: it may be cut off/
  }
]

/** A file that is odd but can be read, and the books it must have. */
interface Odd {
  readonly name: string
  readonly bytes: Buffer
  readonly events: number
  readonly unreadable?: number
  readonly blank?: number
  /** Said beside the books. */
  readonly note?: RegExp
}

const event = (n: number, name = 'alice') => ({
  pk: `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`,
  user: { pk: 5, email: `${name}@example.com`, username: name },
  action: 'login',
  app: 'authentik.events.signals',
  context: {},
  client_ip: '91.32.232.199',
  created: `2026-03-02T08:00:${String(n % 60).padStart(2, '0')}.000000Z`,
  expires: '2027-03-02T08:00:00Z'
})
let number = 0
const lines = (count: number, name?: string) =>
  Array.from({ length: count }, () => JSON.stringify(event(++number, name)))
const latin1 = (text: string) => Buffer.from(text, 'latin1')
const deep = (levels: number) =>
  `{"pk":"deep","action":"login","app":"a","created":"2026-03-02T08:00:00Z","expires":"2027-03-02T08:00:00Z","context":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}`
const long = () => {
  const padded = { ...event(++number), context: { note: 'x'.repeat(20_000_000) } }
  return JSON.stringify(padded)
}

export const odd: readonly Odd[] = [
  { name: 'windows.ndjson', bytes: Buffer.from(`${lines(3).join('\r\n')}\r\n`), events: 3 },
  { name: 'old-mac.ndjson', bytes: Buffer.from(`${lines(3).join('\r')}\r`), events: 3 },
  { name: 'with-bom.ndjson', bytes: Buffer.from(`\uFEFF${lines(3).join('\n')}\n`), events: 3 },
  { name: 'utf-16.ndjson', bytes: Buffer.from(`\uFEFF${lines(3, 'zoë').join('\n')}\n`, 'utf16le'), events: 3 },
  { name: 'blank-lines.ndjson', bytes: Buffer.from(`${lines(3).join('\n\n\n')}\n`), events: 3, blank: 4 },
  {
    name: 'broken-utf-8.ndjson',
    bytes: Buffer.concat([Buffer.from(`${lines(2).join('\n')}\n`), latin1(`${lines(1, 'Zo\xeb')[0]}\n`)]),
    events: 3,
    note: /not UTF-8/
  },
  {
    name: 'cut-off.json',
    bytes: Buffer.from(`[${lines(2).join(',')},{"pk":"00000000-0000`),
    events: 2,
    unreadable: 1,
    note: /cut off/
  },
  { name: 'cut-off.ndjson.gz', bytes: truncatedGzip(), events: 0, note: /cut off or damaged/ },
  {
    name: 'one-long-line.ndjson',
    bytes: Buffer.from(`${lines(1)[0]}\n${long()}\n`),
    events: 1,
    unreadable: 1,
    note: /20,000,\d+ bytes in one record, more than/
  },
  {
    name: 'three-thousand-levels.ndjson',
    bytes: Buffer.from(`${lines(2).join('\n')}\n${deep(3000)}\n`),
    events: 3
  },
  { name: `a "quoted" name, it's 🔑.ndjson`, bytes: Buffer.from(`${lines(3).join('\n')}\n`), events: 3 }
]

/** Three thousand lines compressed, of which the last part is missing. */
function truncatedGzip(): Buffer {
  const whole = gzipSync(Buffer.from(`${lines(3000).join('\n')}\n`))
  return whole.subarray(0, Math.floor(whole.length * 0.8))
}

/** Writes files into a folder and gives their paths. */
export function written(folder: string, files: readonly { name: string; bytes: Buffer }[]): string[] {
  mkdirSync(folder, { recursive: true })
  return files.map(({ name, bytes }) => {
    const path = join(folder, name)
    writeFileSync(path, bytes)
    return path
  })
}
