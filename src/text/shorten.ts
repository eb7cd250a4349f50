/** Shortens a text to at most this many characters, the last of which is then an ellipsis. */
export function shorten(text: string, maximumChars: number): string {
  return text.length <= maximumChars ? text : `${text.slice(0, maximumChars - 1)}…`
}
