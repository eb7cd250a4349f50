/**
 * The cursor of a page: base64 of its offset, percent-encoded (observed: `Mg%3D%3D` after two of three).
 * @param offset how many items come before the page
 */
export function encodeCursor(offset: number): string {
  return encodeURIComponent(Buffer.from(String(offset)).toString('base64'))
}

/** A cursor without percent-encoding, however often it was encoded: base64 has no percent sign. */
export function plainCursor(text: string): string {
  return text.replaceAll(/%(?:25)*([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/**
 * The offset of a cursor. Clients send it encoded once, as it is in a link, or twice, as a client does that encodes
 * the `after` of a response again: both are read.
 * @param text the parameter, decoded once
 * @returns undefined if the text is not a cursor
 */
export function decodeCursor(text: string): number | undefined {
  const base64 = plainCursor(text)
  const digits = Buffer.from(base64, 'base64').toString('latin1')
  const isCursor = /^\d{1,15}$/.test(digits) && Buffer.from(digits).toString('base64') === base64
  return isCursor ? Number(digits) : undefined
}
