import type { Look } from '../../charts/draw/chart'

/** A chart as a picture that explains itself: its title above, what it counts below. */
export async function picture(drawing: HTMLCanvasElement, look: Look, title: string, below: string): Promise<Blob> {
  const scale = 2
  const [margin, head, foot] = [16 * scale, 36 * scale, 28 * scale]
  const canvas = document.createElement('canvas')
  canvas.width = drawing.width + 2 * margin
  canvas.height = drawing.height + head + foot
  const context = canvas.getContext('2d')
  if (!context) throw new Error('The browser cannot draw pictures.')
  context.fillStyle = look.colours.ground
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(drawing, margin, head)
  context.fillStyle = look.colours.text
  context.font = `600 ${14 * scale}px ${look.font}`
  context.fillText(title, margin, 24 * scale)
  context.fillStyle = look.colours.dim
  context.font = `${11 * scale}px ${look.font}`
  context.fillText(below, margin, canvas.height - 10 * scale, canvas.width - 2 * margin)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made.'))), 'image/png')
  )
}

/** Onto the clipboard; where the page may not, into the downloads. Answers which. */
export async function givePicture(blob: Blob, name: string): Promise<'copied' | 'saved'> {
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })])
    return 'copied'
  } catch {
    const link = Object.assign(document.createElement('a'), {
      href: URL.createObjectURL(blob),
      download: `${name}.png`
    })
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 1000)
    return 'saved'
  }
}
