import { addressBlock, addressNumber } from '../../contract/address-block'
import { type AnyField, fieldInfo, type Value } from '../../contract/event'
import type { Filter } from '../../contract/filter'
import { identifier } from '../store/sql'
import type { Dialect } from './dialect'
import { type Bind, eventField } from './field-sql'
import { addressWhere } from './place-sql'
import { recordAmong, recordNull } from './record-sql'
import { textSql } from './text-sql'
import { digits, microsOf, numberSql } from './value-sql'

type Is = Extract<Filter, { kind: 'is' }>

// A statement takes long to prepare where each of many values is a parameter of its own: they are handed over as one list.
const few = 50

/** The field holds one of these values. */
export function isSql({ field, values, exact = false }: Is, bind: Bind, dialect: Dialect): string {
  if (values.length === 0) return 'FALSE'
  const known = eventField(field)
  const column = known && identifier(known)
  switch (known && fieldInfo(known).type) {
    case 'number':
      return numbersSql(`${column}`, values, bind, dialect)
    case 'boolean':
      return among(
        `${column}`,
        values.map((value) => (String(value).toLowerCase() === 'true' ? 'TRUE' : 'FALSE'))
      )
    case 'time':
      return values.length > few
        ? `${dialect.micros(`${column}`)} IN (${dialect.listed(bind(`[${values.map(microsOf)}]`), 'BIGINT')})`
        : among(
            `${column}`,
            values.map((value) => dialect.instant(bind(microsOf(value))))
          )
    case 'ip':
      return addressesSql(field, values.map(String), exact, bind, dialect)
    case undefined:
      // In a record, null is something a log can say.
      return !exact && values.includes('null')
        ? `${sameText(field, values.map(String), exact, bind, dialect)} OR ${recordNull(field, bind, dialect)}`
        : sameText(field, values.map(String), exact, bind, dialect)
    default:
      return sameText(field, values.map(String), exact, bind, dialect)
  }
}

const among = (operand: string, values: readonly string[]) =>
  values.length === 0
    ? 'FALSE'
    : values.length === 1
      ? `${operand} = ${values[0]}`
      : `${operand} IN (${values.join(', ')})`

function numbersSql(column: string, values: readonly Value[], bind: Bind, dialect: Dialect): string {
  if (values.length <= few)
    return among(
      column,
      values.flatMap((value) => numberSql(value, bind, dialect))
    )
  const whole = values.filter((value) => String(value).trim() !== '' && Number.isSafeInteger(Number(value)))
  const broken = values.filter((value) => !Number.isSafeInteger(Number(value)))
  const listed = `${column} IN (${dialect.listed(bind(`[${whole.map(Number)}]`), 'BIGINT')})`
  return broken.length === 0 ? listed : `${listed} OR (${numbersSql(column, broken.slice(0, few), bind, dialect)})`
}

function sameText(field: AnyField, values: readonly string[], exact: boolean, bind: Bind, dialect: Dialect): string {
  const as = (text: string) => (exact ? text : `lower(${text})`)
  if (values.length <= few) {
    const bound = values.map((value) => as(bind(value)))
    return textSql(field, bind, dialect, (text) => among(as(text), bound))
  }
  const list = bind(JSON.stringify(values))
  const listed = `SELECT ${as('v')} FROM (SELECT unnest(${dialect.list(list, 'VARCHAR')}) AS v)`
  const known = eventField(field)
  if (!known) return recordAmong(field, as, listed, bind, dialect)
  // Within a list there can be no subquery.
  if (fieldInfo(known).type === 'list')
    return textSql(field, bind, dialect, (text) => `list_contains(${dialect.list(as(list), 'VARCHAR')}, ${as(text)})`)
  return textSql(field, bind, dialect, (text) => `${as(text)} IN (${listed})`)
}

/** One IPv6 address has many spellings: what is not asked for exactly is compared by its number. */
function addressesSql(
  field: AnyField,
  values: readonly string[],
  exact: boolean,
  bind: Bind,
  dialect: Dialect
): string {
  const spelled: string[] = []
  const plain: string[] = []
  for (const value of values) {
    const block = !exact && addressNumber(value)?.family === 6 ? addressBlock(value) : undefined
    if (block) spelled.push(digits(block.family, block.first))
    else plain.push(value)
  }
  const conditions: string[] = []
  for (const family of [4, 6] as const) {
    const some = spelled.filter((number) => number.length === (family === 4 ? 8 : 32))
    if (some.length === 0) continue
    const numbers = dialect.listed(bind(JSON.stringify(some)), 'VARCHAR')
    conditions.push(addressWhere(`${dialect.addressDigits('address')} IN (${numbers})`, family))
  }
  // IPv4 addresses have no letters: compared as they stand, none of the column is turned to lower case.
  const asLogged = exact || plain.every((value) => addressNumber(value)?.family === 4)
  if (plain.length > 0) conditions.push(sameText(field, plain, asLogged, bind, dialect))
  return conditions.map((condition) => `(${condition})`).join(' OR ')
}
