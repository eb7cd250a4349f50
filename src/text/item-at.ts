/**
 * The item at an index that exists. A missing one is a fault of this mock, which must not become a wrong value.
 * @throws {RangeError}
 */
export function itemAt<T>(items: ArrayLike<T>, index: number): T {
  const item = items[index]
  if (item === undefined) throw new RangeError(`there is no item ${index} among ${items.length}`)
  return item
}
