import { expect, test, vi } from 'vitest'
import { CloseSignal } from '../src/text/close-signal.ts'

test('a listener is called once when the mock starts to close, and at once after that', () => {
  const [before, cancelled, after] = [vi.fn(), vi.fn(), vi.fn()]
  const signal = new CloseSignal()
  signal.onClose(before)
  signal.onClose(cancelled)()
  signal.close()
  signal.onClose(after)
  expect([before, cancelled, after].map((listener) => listener.mock.calls.length)).toEqual([1, 0, 1])
})
