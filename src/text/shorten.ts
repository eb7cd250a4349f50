/** A text of at most this many characters. Where some are left out, the last one is an ellipsis. */
export function shorten(text: string, maximumChars: number): string {
  return text.length <= maximumChars ? text : `${text.slice(0, maximumChars - 1)}…`
}
