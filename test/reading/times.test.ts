import { describe, expect, it } from 'vitest'
import type { Source } from '../../src-main/contract/source'
import { dateOrder } from '../../src-main/engine/import/date-order'
import { caseKnowing } from './log'

const door: Source = {
  id: 'door',
  title: 'Door',
  read: { as: 'json' },
  recognise: { all: ['at', 'who'] },
  event: { '@timestamp': 'at', 'user.name': 'who' },
  samples: []
}
const at = (...times: string[]) => times.map((time) => JSON.stringify({ at: time, who: 'ada' })).join('\n')
const read = (rows: readonly Record<string, unknown>[]) => rows.map((row) => row['@timestamp'])
const inUtc = 'times carry no zone; read as UTC (--zone reads them in another)'

describe('times without a zone', () => {
  it('are read as UTC, and the ledger says so', async () => {
    const { line, rows } = await caseKnowing(door)('log.jsonl', at('2026-07-09T09:41:07', '2026-01-09 09:41:07.5'))
    expect(read(rows)).toEqual(['2026-07-09T09:41:07.000Z', '2026-01-09T09:41:07.500Z'])
    expect(line.notes).toEqual([inUtc])
    expect(line.times).toEqual({ zone: 'UTC' })
  })

  it('are read in the zone asked for, its summer time too; those with an offset are left alone', async () => {
    const { line, rows } = await caseKnowing(door)(
      'log.jsonl',
      at(
        '2026-07-09T09:41:07',
        '2026-01-09 09:41:07.5',
        '2026-07-09T09:41:07Z',
        '2026-07-09T09:41:07+05:30',
        '09.07.2026 09:41:07',
        '1773049267',
        'Thu, 09 Jul 2026 09:41:07 GMT'
      ),
      undefined,
      { zone: 'Europe/Berlin' }
    )
    expect(read(rows)).toEqual([
      '2026-07-09T07:41:07.000Z',
      '2026-01-09T08:41:07.500Z',
      '2026-07-09T09:41:07.000Z',
      '2026-07-09T04:11:07.000Z',
      '2026-07-09T07:41:07.000Z',
      '2026-03-09T09:41:07.000Z',
      '2026-07-09T09:41:07.000Z'
    ])
    expect(line.notes).toEqual(['times carry no zone; read as Europe/Berlin, as asked'])
    expect(line.times).toEqual({ zone: 'Europe/Berlin', asked: true })
  })

  it('are read in the zone the definition says', async () => {
    const source: Source = { ...door, times: { zone: 'Asia/Kolkata' } }
    const { line, rows } = await caseKnowing(source)('log.jsonl', at('2026-07-09T09:41:07', 'soon'))
    expect(read(rows)).toEqual(['2026-07-09T04:11:07.000Z', undefined])
    const said = ['times carry no zone; read as Asia/Kolkata, as those of Door are']
    expect(line.notes).toEqual(said)
    // A zone asked for a folder of many logs is not meant for the one that is known to have another.
    const asked = await caseKnowing(source)('log.jsonl', at('2026-07-09T09:41:07'), undefined, {
      zone: 'Europe/Berlin'
    })
    expect([read(asked.rows), asked.line.notes]).toEqual([['2026-07-09T04:11:07.000Z'], said])
  })

  it('are not spoken of where every time tells its own, or counts from 1970', async () => {
    const epoch: Source = { ...door, event: { '@timestamp': { from: 'at', as: 'epoch_ms' }, 'user.name': 'who' } }
    const text = at('2026-07-09T09:41:07Z', '2026-07-09 09:41:07 +02:00', 'Thu, 09 Jul 2026 09:41:07 GMT')
    expect((await caseKnowing(door)('log.jsonl', text)).line).not.toHaveProperty('times')
    const { line, rows } = await caseKnowing(epoch)('log.jsonl', at('1773049267120'))
    expect(line.notes).toEqual([])
    expect(read(rows)).toEqual(['2026-03-09T09:41:07.120Z'])
  })

  it('in a CSV file are spoken of too', async () => {
    const { line, rows } = await caseKnowing()(
      'log.csv',
      'time,user,action\n2026-07-09 09:41:07,ada,login\n',
      undefined,
      {
        zone: 'America/New_York'
      }
    )
    expect(read(rows)).toEqual(['2026-07-09T13:41:07.000Z'])
    expect(line.notes).toEqual(['times carry no zone; read as America/New_York, as asked'])
  })
})

describe('dates of three numbers', () => {
  const order = async (times: string[], dates?: 'dmy' | 'mdy') => {
    const { line, rows } = await caseKnowing(door)('log.jsonl', at(...times), undefined, dates ? { dates } : {})
    return { read: read(rows), notes: line.notes.filter((note) => note !== inUtc), times: line.times }
  }

  it('are read in the order that one of them shows', async () => {
    expect(await order(['03/04/2026 10:00:00', '3/14/2026 9:05'])).toEqual({
      read: ['2026-03-04T10:00:00.000Z', '2026-03-14T09:05:00.000Z'],
      notes: ['dates are read with the month first: others of them can be read no other way'],
      times: { zone: 'UTC', dates: 'mdy' }
    })
    expect(await order(['03-04-26 10:00', '14-3-2026 09:05:07.25'])).toMatchObject({
      read: ['2026-04-03T10:00:00.000Z', '2026-03-14T09:05:07.250Z'],
      times: { dates: 'dmy' }
    })
  })

  it('that tell nothing have the day first, but with AM and PM the month, and the ledger says so', async () => {
    expect(await order(['03/04/2026 10:00'])).toMatchObject({
      read: ['2026-04-03T10:00:00.000Z'],
      notes: [
        'dates such as 03/04/2026 do not tell the day from the month; read with the day first (--dates mdy reads them the other way)'
      ]
    })
    expect(await order(['3/4/2026, 10:00:07 PM', '3/4/2026 1:05 AM'])).toMatchObject({
      read: ['2026-03-04T22:00:07.000Z', '2026-03-04T01:05:00.000Z'],
      notes: [
        'dates such as 3/4/2026 do not tell the day from the month; read with the month first (--dates dmy reads them the other way)'
      ]
    })
  })

  it('are read as asked', async () => {
    expect(await order(['03/04/2026 10:00'], 'mdy')).toEqual({
      read: ['2026-03-04T10:00:00.000Z'],
      notes: [],
      times: { zone: 'UTC', dates: 'mdy', asked: true }
    })
    expect((await order(['3/4/2026 10:00 PM'], 'dmy')).read).toEqual(['2026-04-03T22:00:00.000Z'])
  })

  it('that contradict each other are not read now one way, now the other', async () => {
    const { read, notes } = await order(['13/04/2026 10:00', '04/13/2026 10:00', '05/06/2026 10:00'])
    expect(read).toEqual(['2026-04-13T10:00:00.000Z', undefined, '2026-06-05T10:00:00.000Z'])
    expect(notes).toEqual([
      'some dates can only have the day first and some only the month; read with the day first, the others are undated'
    ])
  })

  it('with dots have the day first', async () => {
    expect(await order(['3.4.2026 10:00'])).toMatchObject({ read: ['2026-04-03T10:00:00.000Z'], notes: [] })
  })

  it('are none where they begin with the year', () => {
    expect(dateOrder(['2026-03-04 10:00', '2026/03/04', 'x'])).toBeUndefined()
  })
})

it('keeps parts of a millisecond', async () => {
  const epoch: Source = { ...door, event: { '@timestamp': { from: 'at', as: 'epoch_ms' } } }
  const { rows } = await caseKnowing(epoch)('log.jsonl', at('1773049267120.5', '1773049267120.123', '-62135596800000'))
  expect(read(rows)).toEqual(['2026-03-09T09:41:07.120500Z', '2026-03-09T09:41:07.120123Z', '0001-01-01T00:00:00.000Z'])
})
