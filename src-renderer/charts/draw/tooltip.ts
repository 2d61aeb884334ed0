import type { Look } from './chart'

export interface TooltipLine {
  readonly colour?: string
  readonly text: string
  readonly figure: string
}

/** Built node by node: values come from logs, so nothing of them may be read as markup. */
export function tooltip(title: string, lines: readonly TooltipLine[]): HTMLElement {
  const box = element('div', 'chart-tooltip')
  box.append(element('div', 'chart-tooltip-title', title))
  const coloured = lines.some(({ colour }) => colour)
  for (const { colour, text, figure } of lines) {
    const line = element('div', 'chart-tooltip-line')
    const swatch = element('i', 'chart-tooltip-swatch')
    if (colour) swatch.style.background = colour
    if (coloured) line.append(swatch)
    line.append(element('span', 'chart-tooltip-text', text), element('span', 'chart-tooltip-figure', figure))
    box.append(line)
  }
  return box
}

function element(tag: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}

/** The floating box itself, the same for every chart. */
export const tooltipBox = ({ colours }: Look) => ({
  confine: true,
  backgroundColor: colours.raised,
  borderColor: colours.line,
  borderWidth: 1,
  padding: 8,
  transitionDuration: 0,
  textStyle: { color: colours.text, fontSize: 12 },
  extraCssText: 'border-radius: 6px; box-shadow: 0 4px 16px rgb(0 0 0 / 0.25); max-width: 360px;'
})
