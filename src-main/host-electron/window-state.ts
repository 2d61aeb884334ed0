import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Rectangle, screen } from 'electron'

export interface WindowState {
  readonly bounds: Partial<Rectangle> & { readonly width: number; readonly height: number }
  readonly maximized: boolean
}

const first: WindowState = { bounds: { width: 1440, height: 900 }, maximized: false }
const fileIn = (home: string): string => join(home, 'window.json')

/** Where the window was when it was last closed, unless that screen is gone. */
export function readWindowState(home: string): WindowState {
  try {
    const state = JSON.parse(readFileSync(fileIn(home), 'utf8')) as WindowState & { bounds: Rectangle }
    const { x, y, width, height } = state.bounds
    const area = screen.getDisplayMatching(state.bounds).workArea
    const visible = x < area.x + area.width && x + width > area.x && y < area.y + area.height && y + height > area.y
    return visible ? state : first
  } catch {
    return first
  }
}

export function writeWindowState(home: string, state: WindowState): void {
  mkdirSync(dirname(fileIn(home)), { recursive: true })
  writeFileSync(fileIn(home), JSON.stringify(state))
}
