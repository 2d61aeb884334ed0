import { closeSync, openSync, readSync } from 'node:fs'
import { Texts } from './texts'
import { attribute, richText } from './xml'

/** What the cells of a sheet refer to. */
export interface Workbook {
  readonly texts: Texts
  /** Of each style, whether a number in it is a day, a time of day, or both. */
  readonly dates: readonly ('date' | 'time' | 'both' | undefined)[]
  readonly since1904: boolean
}

const blockBytes = 4 << 20

/** Reads the parts of a workbook that stand behind a sheet's own XML, a text at a time. */
export function workbookBehind(path: string): Workbook {
  const texts = new Texts()
  let [styles, since1904, begun, rest] = ['', false, false, '']
  const decoder = new TextDecoder()
  const handle = openSync(path, 'r')
  try {
    const block = Buffer.allocUnsafe(blockBytes)
    for (let got = readSync(handle, block); got > 0; got = readSync(handle, block)) {
      rest += decoder.decode(block.subarray(0, got), { stream: true })
      if (!begun) {
        const end = rest.search(/<\/(?:\w+:)?worksheet>/)
        begun = end >= 0
        rest = begun ? rest.slice(end) : rest.slice(-40)
        if (!begun) continue
      }
      const workbook = /<(?:\w+:)?workbookPr\b[^>]*>/.exec(rest)?.[0]
      if (workbook) since1904 ||= /^(1|true)$/.test(attribute(workbook, 'date1904') ?? '')
      styles ||= /<(?:\w+:)?styleSheet\b[\s\S]*?<\/(?:\w+:)?styleSheet>/.exec(rest)?.[0] ?? ''
      rest = takeTexts(rest, texts)
    }
  } finally {
    closeSync(handle)
  }
  return { texts, dates: datesIn(styles), since1904 }
}

const item = /<(?:\w+:)?si(?:\s[^>]*)?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?si>)/g

/** Takes the shared texts that are whole; what is left is read on with the next block. */
function takeTexts(xml: string, texts: Texts): string {
  let end = 0
  for (const found of xml.matchAll(item)) {
    texts.add(richText(found[1] ?? ''))
    end = found.index + found[0].length
  }
  return end > 0 ? xml.slice(end) : xml
}

// The formats that need no definition: ECMA-376 part 1, 18.8.30.
const days = [14, 15, 16, 17, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58]
const clocks = [18, 19, 20, 21, 32, 33, 45, 46, 47]

function datesIn(styles: string): Workbook['dates'] {
  const kinds = new Map<number, Workbook['dates'][number]>([
    ...days.map((id) => [id, 'date'] as const),
    ...clocks.map((id) => [id, 'time'] as const),
    [22, 'both']
  ])
  for (const [tag] of styles.matchAll(/<(?:\w+:)?numFmt\b[^>]*>/g))
    kinds.set(Number(attribute(tag, 'numFmtId')), kindOf(attribute(tag, 'formatCode') ?? ''))
  const formats = /<(?:\w+:)?cellXfs\b[\s\S]*?<\/(?:\w+:)?cellXfs>/.exec(styles)?.[0] ?? ''
  return [...formats.matchAll(/<(?:\w+:)?xf\b[^>]*>/g)].map(([tag]) => kinds.get(Number(attribute(tag, 'numFmtId'))))
}

/** Of a format someone defined: without what stands in quotes and brackets, letters of a date make it one. */
function kindOf(code: string): Workbook['dates'][number] {
  const bare = code.replaceAll(/"[^"]*"|\[[^\]hms]*\]|\\./gi, '')
  const [day, clock] = [/[yd]/i.test(bare), /[hs]/i.test(bare)]
  return day && clock ? 'both' : day || (/m/i.test(bare) && !clock) ? 'date' : clock ? 'time' : undefined
}
