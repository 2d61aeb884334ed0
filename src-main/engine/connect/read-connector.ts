import { Ajv, type ErrorObject } from 'ajv'
import { type Document, isMap } from 'yaml'
import type { Connector } from '../../contract/connector'
import { connectorSchema } from './connector-schema'

const check = new Ajv({ strict: false, allErrors: true }).compile<Connector>(connectorSchema)

/** What is wrong with a definition, and where in its text. */
export interface ConnectorFault {
  readonly offset: number
  readonly sentence: string
}

/** The connector that a YAML document holds, or the first thing wrong with it. */
export function readConnector(document: Document): { readonly connector: Connector } | ConnectorFault {
  const [broken] = document.errors
  if (broken) return { offset: broken.pos[0], sentence: broken.message.split('\n')[0] ?? '' }
  let connector: unknown
  try {
    connector = document.toJS()
  } catch (error) {
    // An alias that stands for too much, or for nothing.
    return { offset: 0, sentence: (error as Error).message }
  }
  return check(connector) ? { connector } : faultOf(document, worst(check.errors ?? []))
}

function faultOf(document: Document, { instancePath, keyword, params, message }: ErrorObject): ConnectorFault {
  const at = instancePath.split('/').slice(1).map(plain)
  const where = at.join('.') || 'the definition'
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty'])
      return { offset: offsetOf(document, at, key), sentence: `no such key: ${[...at, key].join('.')}` }
    }
    case 'required':
      return { offset: offsetOf(document, at), sentence: `${where} lacks ${params['missingProperty']}` }
    case 'enum': {
      const known = (params['allowedValues'] as readonly unknown[]).join(', ')
      return { offset: offsetOf(document, at), sentence: `${where} is not one of ${known}` }
    }
    default:
      return { offset: offsetOf(document, at), sentence: `${where} ${message ?? 'is not valid'}` }
  }
}

const plain = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~')

/** Where a value stands in the text, or a key in it. */
function offsetOf(document: Document, at: readonly string[], key?: string): number {
  const node = at.length ? document.getIn(at, true) : document.contents
  const pair = key !== undefined && isMap(node) ? node.items.find((one) => String(one.key) === key) : undefined
  return rangeOf(pair?.key) ?? rangeOf(node) ?? 0
}

const rangeOf = (node: unknown): number | undefined =>
  (node as { range?: readonly number[] } | null | undefined)?.range?.[0]

/** A key that is not known says most; of the faults that alternatives have, the deepest is that of the one that was meant. */
function worst(errors: readonly ErrorObject[]): ErrorObject {
  const depth = ({ instancePath, keyword }: ErrorObject) =>
    instancePath.split('/').length + (keyword === 'additionalProperties' ? 0.5 : 0)
  const said = errors.filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'if')
  return (said.toSorted((a, b) => depth(b) - depth(a))[0] ?? errors[0]) as ErrorObject
}
