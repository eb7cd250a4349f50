import type { Logger } from '../public/mock.ts'

/**
 * A logger that passes lines on to another one, and ignores its errors: a broken logger must not end the process, or
 * change a response. It has a level of its own, so that it can be silenced without changing the other one.
 */
export function guardLogger(logger: Logger): Logger {
  const write =
    (method: Exclude<keyof Logger, 'level' | 'child'>) =>
    (...parts: never[]) => {
      if (guarded.level === 'silent') return
      try {
        logger[method](...parts)
      } catch {}
    }
  const guarded: Logger = {
    level: logger.level,
    child: () => guarded,
    trace: write('trace'),
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    fatal: write('fatal'),
  }
  return guarded
}
