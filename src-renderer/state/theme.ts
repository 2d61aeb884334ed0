import { categoryColours, categoryMarks, type Theme } from './categories'

/** Puts a theme on the page: its tokens, and the category colours as `--category-iam` and so on. */
export function showTheme(theme: Theme, root: HTMLElement): void {
  root.dataset['theme'] = theme
  for (const mark of categoryMarks) root.style.setProperty(`--category-${mark}`, categoryColours[theme][mark])
}

let canvas: CanvasRenderingContext2D | null = null

/** A token's colour as `rgba(…)`, for a canvas that reads no variables: `tokenColour('--text-dim')`. */
export function tokenColour(token: `--${string}`): string {
  const colour = getComputedStyle(document.documentElement).getPropertyValue(token).trim()
  canvas ??= Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', {
    willReadFrequently: true
  })
  if (!canvas) return colour
  canvas.clearRect(0, 0, 1, 1)
  canvas.fillStyle = colour
  canvas.fillRect(0, 0, 1, 1)
  const [red, green, blue, alpha = 255] = canvas.getImageData(0, 0, 1, 1).data
  return `rgba(${red}, ${green}, ${blue}, ${Number((alpha / 255).toFixed(3))})`
}
