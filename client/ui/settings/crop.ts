// Which square of a picture is taken. Pure: a view is a zoom and a centre, and always lies within the picture.

export type Size = { width: number; height: number }
/** `zoom` 1: the largest square there is. The centre is in pixels of the picture. */
export type View = { zoom: number; x: number; y: number }

export const ZOOM_MAX = 5

export function wholeView({ width, height }: Size): View {
  return { zoom: 1, x: width / 2, y: height / 2 }
}

export function squareOf(size: Size, { zoom, x, y }: View): { left: number; top: number; side: number } {
  const side = Math.min(size.width, size.height) / zoom
  return { left: x - side / 2, top: y - side / 2, side }
}

/** By a part of the square that is shown: 0.5 is half of it. */
export function moved(size: Size, view: View, across: number, down: number): View {
  const { side } = squareOf(size, view)
  return within(size, { ...view, x: view.x + across * side, y: view.y + down * side })
}

export function zoomed(size: Size, view: View, zoom: number): View {
  return within(size, { ...view, zoom: clamp(zoom, 1, ZOOM_MAX) })
}

function within(size: Size, view: View): View {
  const half = squareOf(size, view).side / 2
  return { ...view, x: clamp(view.x, half, size.width - half), y: clamp(view.y, half, size.height - half) }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
