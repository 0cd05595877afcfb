import assert from 'node:assert/strict'
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

const COLOURS = 96
/** Squared distance of two colours that are as good as one: four steps of 255 in each of red, green and blue. */
const APART = 3 * 4 ** 2

interface Pixels {
  width: number
  height: number
  /** Red, green and blue of each, row after row. */
  rgb: Buffer
}

/**
 * The same picture in a third of the bytes: with a palette of 96 colours, every other shown by the nearest of
 * them. A page has few colours; the others are shades at the edges of letters.
 * @param png as Chromium writes it: eight bits each of red, green and blue, not interlaced
 */
export function smallPng(png: Buffer): Buffer {
  const { width, height, rgb } = decode(png)
  const counts = new Map<number, number>()
  for (let at = 0; at < rgb.length; at += 3) {
    const colour = rgb.readUIntBE(at, 3)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const palette = paletteOf(counts)
  const nearest = new Map([...counts.keys()].map((colour) => [colour, nearestOf(palette, colour).place]))
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0, at = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, at += 3)
      rows[y * (width + 1) + 1 + x] = nearest.get(rgb.readUIntBE(at, 3))!
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // eight bits for a place in the palette
  head.set([8, 3], 8)
  const colours = Buffer.alloc(3 * palette.length)
  palette.forEach((colour, at) => colours.writeUIntBE(colour, 3 * at, 3))
  const data = deflateSync(rows, { level: 9, memLevel: 9 })
  const parts = [
    chunk('IHDR', head),
    chunk('PLTE', colours),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]
  return Buffer.concat([SIGNATURE, ...parts])
}

/** The commonest colours first, and none that is hardly another than one before it. */
function paletteOf(counts: ReadonlyMap<number, number>): number[] {
  const palette: number[] = []
  for (const [colour] of [...counts].sort(([a, often], [b, rarely]) => rarely - often || a - b)) {
    if (palette.length === 0 || nearestOf(palette, colour).apart > APART) palette.push(colour)
    if (palette.length === COLOURS) break
  }
  return palette
}

/** Which colour of a palette is nearest to another, and the square of how far it is apart. */
function nearestOf(palette: readonly number[], colour: number): { place: number; apart: number } {
  const apart = palette.map((one) =>
    [16, 8, 0].reduce((sum, bits) => sum + (((one >> bits) & 255) - ((colour >> bits) & 255)) ** 2, 0),
  )
  const least = Math.min(...apart)
  return { place: apart.indexOf(least), apart: least }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

function decode(png: Buffer): Pixels {
  assert.deepEqual(png.subarray(0, 8), SIGNATURE)
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  assert.deepEqual([...png.subarray(24, 29)], [8, 2, 0, 0, 0], 'eight bits of RGB, not interlaced')
  const data: Buffer[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  return { width, height, rgb: unfilter(inflateSync(Buffer.concat(data)), 3 * width, height) }
}

/** Undoes the filters of the rows (PNG specification §9). */
function unfilter(rows: Buffer, length: number, height: number): Buffer {
  const out = Buffer.alloc(length * height)
  for (let y = 0; y < height; y += 1) {
    const filter = rows[y * (length + 1)]!
    for (let x = 0; x < length; x += 1) {
      const at = y * length + x
      const left = x < 3 ? 0 : out[at - 3]!
      const up = y === 0 ? 0 : out[at - length]!
      const corner = x < 3 || y === 0 ? 0 : out[at - length - 3]!
      out[at] = rows[y * (length + 1) + 1 + x]! + predicted(filter, left, up, corner)
    }
  }
  return out
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left
    case 2:
      return up
    case 3:
      return (left + up) >> 1
    case 4:
      return paeth(left, up, corner)
    default:
      return 0
  }
}

function paeth(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [left, up, corner].map((one) => Math.abs(left + up - corner - one))
  if (toLeft! <= toUp! && toLeft! <= toCorner!) return left
  return toUp! <= toCorner! ? up : corner
}
