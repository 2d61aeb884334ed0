// Writes the events of a file of CloudTrail's JSON lines in another shape: node scripts/bench-shapes.mjs <lines> <file> <shape>
//   records   one object {"Records":[…]} with every event in its list
//   pretty    one event after another, each over many lines
//   syslog    each behind a header of RFC 5424
//   csv       a table of 200 columns, one row an event
import { closeSync, createReadStream, openSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'

const [from, to, shape] = process.argv.slice(2)

const named = [
  'time',
  'user',
  'action',
  'source_ip',
  'outcome',
  'event_id',
  'user_agent',
  'region',
  'request_id',
  'service'
]
const others = Array.from({ length: 190 }, (_, n) => `attribute_${n}`)
const words = ['', '', 'true', '17', 'eu-central-1', 'arn:aws:iam::111122223333:role/ops', 'a, b']
const cell = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

function row(text, n) {
  const event = JSON.parse(text)
  const own = [
    event.eventTime,
    event.userIdentity.principalId,
    event.eventName,
    event.sourceIPAddress,
    event.errorCode ? 'failure' : 'success',
    event.eventID,
    event.userAgent,
    event.awsRegion,
    event.requestID,
    event.eventSource
  ]
  return [...own, ...others.map((_, at) => words[(n * 31 + at * 17) % words.length])].map(cell).join(',')
}

const header = (n) => `<134>1 2026-03-09T09:41:07.${String(n % 1000).padStart(3, '0')}Z web-${n % 7} audit 4711 - -`
const shapes = {
  records: { head: '{"Records":[', between: ',', tail: ']}\n', each: (line) => line },
  pretty: { head: '', between: '\n', tail: '\n', each: (line) => JSON.stringify(JSON.parse(line), null, 2) },
  syslog: { head: '', between: '\n', tail: '\n', each: (line, n) => `${header(n)} ${line}` },
  csv: { head: `${[...named, ...others].join(',')}\n`, between: '\n', tail: '\n', each: row }
}

const { head, between, tail, each } = shapes[shape]
const out = openSync(to, 'w')
let block = head
let written = 0
for await (const line of createInterface({ input: createReadStream(from) })) {
  block += `${written > 0 ? between : ''}${each(line, written)}`
  written++
  if (block.length > 4_000_000) {
    writeSync(out, block)
    block = ''
  }
}
writeSync(out, block + tail)
closeSync(out)
