const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** Text of XML as it is read: entities as what they stand for, and `_x000D_` as spreadsheets write what XML cannot hold. */
export function unescapedXml(text: string): string {
  const plain = text.includes('&')
    ? text.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, number, name) => {
        if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
        if (number) return String.fromCodePoint(Number(number))
        return entities[name] ?? whole
      })
    : text
  if (!plain.includes('_x')) return plain
  return plain.replaceAll(/_x([0-9a-f]{4})_/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** The value of an attribute in the beginning of an element. */
export function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag)
  return found ? unescapedXml(found[1] ?? found[2] ?? '') : undefined
}

const run = /<(?:\w+:)?(rPh|t)(?:\s[^>]*)?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?\1>)/g

/** The text of a cell or of a shared text: its runs together, without how they are pronounced. */
export function richText(xml: string): string {
  let text = ''
  for (const [, name, inner = ''] of xml.matchAll(run)) if (name === 't') text += unescapedXml(inner)
  return text
}
