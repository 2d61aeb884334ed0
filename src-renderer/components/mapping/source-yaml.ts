import {
  type Document,
  isCollection,
  isMap,
  isScalar,
  type ParsedNode,
  parseDocument,
  stringify,
  visit,
  YAMLSeq
} from 'yaml'

/**
 * The text of a definition with one part of what it says changed from `before` to `after`, all else as it is written: comments, order, the
 * way things are quoted. Where only values change nothing else of the text does.
 */
export function edited(yaml: string, before: unknown, after: unknown): string {
  const document = parseDocument(yaml, { keepSourceTokens: true })
  const spliced = spliceValues(yaml, document, before, after)
  if (spliced !== null) return spliced
  change(document, [], before, after)
  visit(document, { Seq: (_, list) => void unpadded(list) })
  return document.toString({ lineWidth: 120 })
}

/** Definitions are written `{ as: json }` and `[a, b]`; the printer knows one way for both. */
function unpadded(list: YAMLSeq): void {
  list.toString = (context, ...rest) =>
    YAMLSeq.prototype.toString.call(list, context && { ...context, flowCollectionPadding: '' }, ...rest)
}

type Path = readonly string[]
const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

interface Splice {
  readonly from: number
  readonly to: number
  readonly text: string
}

/** The text with only values of it replaced; null where more than values differ. */
function spliceValues(yaml: string, document: Document.Parsed, before: unknown, after: unknown): string | null {
  const splices: Splice[] = []
  const walk = (path: Path, was: unknown, is: unknown): boolean => {
    if (same(was, is)) return true
    if (isObject(was) && isObject(is)) {
      const names = Object.keys(is)
      if (!same(Object.keys(was), names)) return false
      return names.every((name) => walk([...path, name], was[name], is[name]))
    }
    const node = document.getIn(path, true) as ParsedNode | undefined
    if (typeof is !== 'string' || !isScalar(node) || !node.range || node.source === undefined) return false
    if (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL' || is.includes('\n')) return false
    // As it would stand in a list on one line: safe there, and anywhere else.
    const text = stringify([is], { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false }).slice(1, -2)
    splices.push({ from: node.range[0], to: node.range[1], text })
    return true
  }
  if (!walk([], before, after)) return null
  return splices
    .sort((a, b) => b.from - a.from)
    .reduce((text, { from, to, text: value }) => text.slice(0, from) + value + text.slice(to), yaml)
}

function change(document: Document, path: Path, before: unknown, after: unknown): void {
  if (same(before, after)) return
  const node = path.length ? document.getIn(path, true) : document.contents
  if (!isObject(after) || !isMap(node) || !isObject(before)) {
    if (after === undefined) document.deleteIn(path)
    else if (isScalar(node) && typeof after === 'string') node.value = after
    else document.setIn(path, document.createNode(after))
    return
  }
  const gone = Object.keys(before).filter((name) => !(name in after))
  const come = Object.keys(after).filter((name) => !(name in before))
  const [old] = gone
  const [fresh] = come
  // One gone and one come is one that was named otherwise: what is written beside it stays.
  const renamed = gone.length === 1 && come.length === 1 ? fresh : undefined
  if (renamed !== undefined && old !== undefined) {
    const pair = node.items.find(({ key }) => isScalar(key) && key.value === old)
    if (pair && isScalar(pair.key)) pair.key.value = renamed
    change(document, [...path, renamed], before[old], after[renamed])
  } else for (const name of gone) document.deleteIn([...path, name])
  for (const [name, value] of Object.entries(after)) {
    if (name !== renamed) change(document, [...path, name], before[name], value)
  }
  inOrder(node, Object.keys(after))
  // What is written on one line and grew is better read on several.
  if (isCollection(node) && come.length > gone.length) node.flow = node.flow === true && node.items.length <= 2
}

/** The pairs in the order of the names; those that the form does not know stay behind what stood before them. */
function inOrder(node: { items: { key: unknown }[] }, names: readonly string[]): void {
  const nameOf = ({ key }: { key: unknown }) => String(isScalar(key) ? key.value : key)
  const known = node.items.filter((pair) => names.includes(nameOf(pair)))
  const sorted = known.toSorted((a, b) => names.indexOf(nameOf(a)) - names.indexOf(nameOf(b)))
  if (same(known.map(nameOf), sorted.map(nameOf))) return
  const next = sorted[Symbol.iterator]()
  node.items = node.items.map((pair) => (names.includes(nameOf(pair)) ? (next.next().value as typeof pair) : pair))
}
