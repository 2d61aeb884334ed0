let pen: CanvasRenderingContext2D | null = null

/** How wide a text stands in a cell of the table, in pixels. */
export function textWidth(text: string): number {
  pen ??= document.createElement('canvas').getContext('2d')
  if (!pen) return text.length * 7
  const font = getComputedStyle(document.body).font
  if (pen.font !== font) pen.font = font
  return pen.measureText(text).width
}
