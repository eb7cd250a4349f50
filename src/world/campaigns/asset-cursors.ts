import { decodeCursor, encodeCursor, plainCursor } from '../../text/cursor.ts'
import type { FixtureAsset } from '../fixtures/fixture.ts'

/** The cursor of the page that begins at an offset: that of its first asset, else one of this mock. Percent-encoded. */
export function cursorAt(assets: readonly FixtureAsset[], offset: number): string {
  const cursor = assets[offset]?.cursor
  return cursor === undefined ? encodeCursor(offset) : encodeURIComponent(cursor)
}

/**
 * The offset that a cursor leads to.
 * @param text the parameter, decoded once
 * @returns undefined if it is not a cursor of these assets
 */
export function offsetOfCursor(assets: readonly FixtureAsset[], text: string): number | undefined {
  const cursor = plainCursor(text)
  const place = assets.findIndex((asset) => asset.cursor === cursor)
  return place < 0 ? decodeCursor(text) : place
}
