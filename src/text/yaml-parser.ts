// A module of this project, so that the built package can load it on its own: there, a dynamic import of the library itself
// has no named exports.
export { LineCounter, parseDocument } from 'yaml'
