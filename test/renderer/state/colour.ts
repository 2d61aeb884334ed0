/** A colour as linear sRGB, each part 0 to 1. */
export type Linear = readonly [number, number, number]

const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
const clamp = (part: number) => Math.min(1, Math.max(0, part))

/** Reads `#rrggbb` and `oklch(l c h)`. */
export function linearOf(colour: string): Linear {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)
  if (hex) return hex.slice(1).map((part) => linear(Number.parseInt(part, 16) / 255)) as unknown as Linear
  const [l = 0, c = 0, h = 0] = (/^oklch\(([^/)]+)\)$/.exec(colour)?.[1] ?? '').split(' ').map(Number)
  const angle = (h * Math.PI) / 180
  const [a, b] = [c * Math.cos(angle), c * Math.sin(angle)]
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    clamp(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    clamp(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    clamp(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short)
  ]
}

/** WCAG 2 contrast, 1 to 21. */
export function contrast(one: Linear, other: Linear): number {
  const light = ([red, green, blue]: Linear) => 0.2126 * red + 0.7152 * green + 0.0722 * blue
  const [bright = 0, dim = 0] = [light(one), light(other)].sort((a, b) => b - a)
  return (bright + 0.05) / (dim + 0.05)
}

/** Machado, Oliveira and Fernandes 2009, at full severity. */
export const visions = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039]
} as const
export type Vision = keyof typeof visions

/** How far apart two colours look (distance in OKLab), as someone with this vision sees them. */
export function distance(one: Linear, other: Linear, vision: Vision): number {
  const [a, b] = [lab(seen(one, vision)), lab(seen(other, vision))]
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

function seen([red, green, blue]: Linear, vision: Vision): Linear {
  const m = visions[vision]
  return [
    clamp(m[0] * red + m[1] * green + m[2] * blue),
    clamp(m[3] * red + m[4] * green + m[5] * blue),
    clamp(m[6] * red + m[7] * green + m[8] * blue)
  ]
}

function lab([red, green, blue]: Linear): Linear {
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short
  ]
}
