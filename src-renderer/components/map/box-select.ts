import type { LatLngBounds, Map as WorldMap } from 'leaflet'
import { latLngBounds } from 'leaflet'

/** Lets an area be drawn with the pointer: with Shift held, or without while `armed` says so. Escape gives it up. */
export function boxSelect(map: WorldMap, armed: () => boolean, done: (bounds: LatLngBounds) => void): () => void {
  const container = map.getContainer()
  const frame = Object.assign(document.createElement('div'), { className: 'map-frame' })
  let start: PointerEvent | null = null

  const draw = (event: PointerEvent) => {
    if (!start) return
    const origin = container.getBoundingClientRect()
    const [x, y] = [Math.min(start.clientX, event.clientX), Math.min(start.clientY, event.clientY)]
    frame.style.transform = `translate(${x - origin.left}px, ${y - origin.top}px)`
    frame.style.width = `${Math.abs(event.clientX - start.clientX)}px`
    frame.style.height = `${Math.abs(event.clientY - start.clientY)}px`
    container.append(frame)
  }
  const end = () => {
    start = null
    frame.remove()
    map.dragging.enable()
    container.removeEventListener('pointermove', draw)
    container.removeEventListener('pointerup', up)
    document.removeEventListener('keydown', giveUp, true)
  }
  const up = (event: PointerEvent) => {
    const from = start
    end()
    if (!from || Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) < 4) return
    done(latLngBounds(map.mouseEventToLatLng(from), map.mouseEventToLatLng(event)))
  }
  const giveUp = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    end()
  }
  const down = (event: PointerEvent) => {
    if (event.button !== 0 || !(event.shiftKey || armed()) || start) return
    start = event
    event.preventDefault()
    event.stopPropagation()
    map.dragging.disable()
    container.setPointerCapture(event.pointerId)
    container.addEventListener('pointermove', draw)
    container.addEventListener('pointerup', up)
    document.addEventListener('keydown', giveUp, true)
  }
  container.addEventListener('pointerdown', down, { capture: true })
  return () => {
    end()
    container.removeEventListener('pointerdown', down, { capture: true })
  }
}
