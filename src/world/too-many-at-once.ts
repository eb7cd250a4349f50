import { BadInput } from '../public/errors.ts'

/** Thrown when a mock already does something as many times at once as it allows. */
export class TooManyAtOnce extends BadInput {}
