/** Headers that stop a browser from showing a response in a page of another origin, from loading it there, and from guessing its type. */
export const isolationHeaders = {
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}
