let pen: CanvasRenderingContext2D | null = null

/** How wide a text stands in a cell of the table, in pixels. */
export function textWidth(text: string): number {
  pen ??= document.createElement('canvas').getContext('2d')
  if (!pen) return text.length * 7
  // Not the shorthand, which is empty where our features of the font are switched on.
  const { fontWeight, fontSize, fontFamily } = getComputedStyle(document.body)
  const font = `${fontWeight} ${fontSize} ${fontFamily}`
  if (pen.font !== font) pen.font = font
  return pen.measureText(text).width
}
