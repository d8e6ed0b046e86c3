import { describe, expect, it } from 'vitest'
import { moved, squareOf, wholeView, zoomed } from './crop.ts'

const wide = { width: 800, height: 400 }

describe('the square of a picture', () => {
  it('is the largest in its middle at first', () => {
    expect(squareOf(wide, wholeView(wide))).toEqual({ left: 200, top: 0, side: 400 })
  })

  it('moves by parts of itself and stops at the edges', () => {
    expect(squareOf(wide, moved(wide, wholeView(wide), 0.25, 0.25))).toEqual({ left: 300, top: 0, side: 400 })
    expect(squareOf(wide, moved(wide, wholeView(wide), -9, -9))).toEqual({ left: 0, top: 0, side: 400 })
  })

  it('shrinks about its centre and never leaves the picture when it grows again', () => {
    const near = zoomed(wide, wholeView(wide), 2)
    expect(squareOf(wide, near)).toEqual({ left: 300, top: 100, side: 200 })
    const corner = moved(wide, near, 9, 9)
    expect(squareOf(wide, corner)).toEqual({ left: 600, top: 200, side: 200 })
    expect(squareOf(wide, zoomed(wide, corner, 1))).toEqual({ left: 400, top: 0, side: 400 })
  })

  it('has a least and a most', () => {
    expect(zoomed(wide, wholeView(wide), 0.1).zoom).toBe(1)
    expect(zoomed(wide, wholeView(wide), 100).zoom).toBe(5)
  })
})
