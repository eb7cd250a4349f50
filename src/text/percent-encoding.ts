/** Decodes a percent-encoded text. If it is not valid, only its ASCII characters are decoded. */
export function decode(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text.replace(/%([0-7][0-9a-f])/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  }
}

const maximumEncodings = 4

/** Decodes a text that was encoded several times. */
export function decodeAll(text: string): string {
  let decoded = text
  for (let times = 0; times < maximumEncodings && decoded.includes('%'); times++) decoded = decode(decoded)
  return decoded
}
