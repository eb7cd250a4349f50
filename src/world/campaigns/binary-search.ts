/**
 * How many places from 0 to `size - 1` come before a border, found by halving.
 * @param isBefore whether a place lies before the border: true up to some place, false from there on
 */
export function countBefore(size: number, isBefore: (place: number) => boolean): number {
  let [low, high] = [0, size]
  while (low < high) {
    // No bit shift: there may be more than 2 ** 31.
    const middle = Math.floor((low + high) / 2)
    if (isBefore(middle)) low = middle + 1
    else high = middle
  }
  return low
}
