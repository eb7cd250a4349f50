import { Type } from '@sinclair/typebox'

/**
 * The names of an object with any names. The pattern of a plain `Type.String()` matches no line break, so that values under a
 * name with one would not be checked.
 */
export const AnyName = Type.String({ pattern: '.*' })
