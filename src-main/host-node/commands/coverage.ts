import { absenceOf, keptAt, writtenAt } from '../../contract/absence'
import { absenceText, keptText } from '../../contract/absence-text'
import type { SourceCoverage } from '../../contract/coverage'
import { AppError } from '../../contract/errors'
import { isoTime } from '../../contract/instant'
import { periodOf } from '../../contract/period'
import type { Answers } from '../../contract/query'
import type { SourceInfo } from '../../contract/source-preview'
import { type Call, type Command, caseOption, jsonOption } from '../command'
import { grouped } from '../numbers'
import { withCase } from '../session'
import { table } from '../table'

export default {
  usage: '--case <folder> [--from <time>] [--to <time>]',
  about: 'From when to when each source and file has events, where a source is silent, and why nothing is there.',
  options: {
    case: caseOption,
    from: { type: 'string', value: '<time>', about: 'why nothing is there since then: 2026-03-01, 2026-03-01T09:00Z' },
    to: { type: 'string', value: '<time>', about: '… and until then' },
    json: jsonOption
  },
  notes: `A silence is told where by chance one so long would come about in fewer than one of a thousand such logs: each quarter of an
hour without events is compared with the same one of the weeks around (of the days, where less than three weeks are covered).
Exits with 3 where a source is silent though it should not be.`,
  async run(call) {
    if (call.words.length > 0) throw new AppError('usage', `${call.words.join(' ')}: coverage takes no query.`)
    const [from, to] = [timeOf(call, 'from'), timeOf(call, 'to')]
    if (from !== undefined && to !== undefined && Date.parse(from) >= Date.parse(to))
      throw new AppError('usage', '--to is not after --from, so there is nothing between them.')
    const { coverage, infos } = await withCase(call.need('case'), async (engine) => ({
      coverage: (await engine.ask({
        select: 'coverage',
        bins: 1,
        ...(from && { from }),
        ...(to && { to })
      })) as Answers['coverage'],
      infos: await engine.sources()
    }))
    const infoOf = (source: string) => infos.find(({ id }) => id === source)
    const { out, err, columns } = call.terminal
    if (call.has('json')) {
      const sources = coverage.sources.map((source) => sourceJson(source, infoOf(source.source), { from, to }))
      await out(`${JSON.stringify({ first: coverage.first, last: coverage.last, sources })}\n`)
    } else if (coverage.sources.length === 0) err('This case holds no events yet.')
    else {
      await out(coverageTable(coverage.sources, columns))
      for (const source of coverage.sources) await out(sourceText(source, infoOf(source.source), { from, to }))
    }
    return coverage.sources.some(({ gaps, quiet }) => gaps.length > 0 || quiet) ? 3 : 0
  }
} satisfies Command as Command

/** A time that was asked for, in UTC where it names no offset. */
function timeOf(call: Call, option: 'from' | 'to'): string | undefined {
  const given = call.get(option)
  if (given === undefined) return undefined
  const period = periodOf(given)
  if (!period)
    throw new AppError('usage', `--${option}: ${given} is no time. Write it as 2026-03-09 or 2026-03-09T09:41Z.`)
  return isoTime(period.from)
}

interface Asked {
  readonly from: string | undefined
  readonly to: string | undefined
}

function sourceJson(source: SourceCoverage, info: SourceInfo | undefined, asked: Asked) {
  const { counts, files, ...rest } = source
  const isAsked = asked.from !== undefined || asked.to !== undefined
  return {
    ...rest,
    ...(isAsked && { inStretch: counts[0] ?? 0, absence: absenceOf(source, info?.keeps ?? {}, asked) }),
    ...(info?.retention !== undefined && { retention: info.retention }),
    kept: keptAt(source, info?.keeps ?? {}),
    files: files.map(({ counts, ...file }) => ({ ...file, ...(isAsked && { inStretch: counts[0] ?? 0 }) }))
  }
}

function coverageTable(sources: readonly SourceCoverage[], screen: number | null): string {
  const titles = [
    { title: 'Source' },
    { title: 'From' },
    { title: 'To' },
    { title: 'Events', right: true },
    { title: 'Undated', right: true },
    { title: 'Not shown', right: true },
    { title: 'Silences', right: true }
  ]
  const line = (name: string, of: Omit<SourceCoverage, 'source' | 'files' | 'rhythm' | 'gaps'>, silent: string) => [
    name,
    of.first ?? '–',
    of.last ?? '–',
    grouped(of.events),
    grouped(of.undated),
    grouped(of.hidden),
    silent
  ]
  const rows = sources.flatMap((source) => [
    line(source.source || '–', source, String(source.gaps.length + (source.quiet ? 1 : 0))),
    ...source.files.map((file) => line(`  ${file.name}`, file, ''))
  ])
  return table(titles, rows, screen)
}

const show = (time: string) => time.replace(/(:00)?\.000Z$/, 'Z')

/** What the table cannot say of a source. */
function sourceText(source: SourceCoverage, info: SourceInfo | undefined, asked: Asked): string {
  const written = writtenAt(source, 'last')
  const isAsked = asked.from !== undefined || asked.to !== undefined
  const absence = isAsked && (source.counts[0] ?? 0) === 0 ? absenceOf(source, info?.keeps ?? {}, asked) : null
  const then = absence
    ? `then: ${absenceText(absence, show)}`
    : `then: ${source.counts[0] ? `${grouped(source.counts[0])} events` : 'covers that time, and logged nothing'}`
  const silence = ({ from, to, expected }: SourceCoverage['gaps'][number]) =>
    `silent from ${show(from)} to ${show(to)}, about ${grouped(expected)} events would be usual`
  const lines = [
    ...(isAsked ? [then] : []),
    ...(source.first === undefined
      ? []
      : [`nothing before ${show(source.first)}. ${keptText(keptAt(source, info?.keeps ?? {}), show)}`.trim()]),
    ...(written ? [`its newest file was last written ${show(written)}`] : []),
    ...(info?.retention ? [`retention: ${info.retention}`] : []),
    ...(source.rhythm === null ? ['covers too little to know what is usual'] : []),
    ...source.gaps.map(silence),
    ...(source.quiet ? [`${silence(source.quiet)}: the end of the case`] : [])
  ]
  return `\n${info?.title ?? source.source}\n${lines.map((line) => `  ${line}\n`).join('')}`
}
