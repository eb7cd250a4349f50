import { BatchStatus } from '../../contract/schemas/batch.ts'
import { CloneStatus } from '../../contract/schemas/clone.ts'
import { oauthErrors } from '../../contract/schemas/oauth.ts'
import { withRules } from '../../text/schema-rules.ts'

/** The members that another member excludes, because they would have no effect, with the reason. */
export const excluded = [
  { by: 'error', members: ['status', 'results'], reason: 'a failed call has no batch' },
  { by: 'reset', members: ['status', 'results', 'error', 'headers'], reason: 'there is no response' },
  { by: 'empty', members: ['status', 'results', 'error', 'headers'], reason: 'there is no response' },
] as const

const cloneOperation = { type: 'string', pattern: '^clone\\.' }
const otherOperation = { type: 'string', not: { pattern: '^clone\\.' } }
const oauthOperation = { type: 'string', pattern: '^oauth\\.' }

/** A name, or a list with such a name. */
function oneOf(name: object) {
  return { anyOf: [name, { type: 'array', contains: name }] }
}

function statusesOf({ anyOf }: typeof BatchStatus | typeof CloneStatus) {
  return { properties: { status: { enum: anyOf.map((status) => status.const) } } }
}

/**
 * The rules of a step for the JSON Schema of fixtures. `semanticProblems` checks the same rules, with better messages; only
 * it checks that a delay has its minimum before its maximum, and that the mock does not set a header itself.
 */
export const stepRules = withRules({
  allOf: [
    ...excluded.map(({ by, members }) => ({
      if:
        by === 'error'
          ? { properties: { error: true }, required: ['error'] }
          : { properties: { fault: { const: by } }, required: ['fault'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { properties: Object.fromEntries(members.map((name) => [name, false])) },
    })),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    { if: { properties: { on: oneOf(cloneOperation) }, required: ['on'] }, then: statusesOf(CloneStatus) },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    { if: { properties: { on: oneOf(otherOperation) } }, then: statusesOf(BatchStatus) },
    {
      if: {
        properties: { error: { type: 'string', enum: Object.keys(oauthErrors) } },
        required: ['error'],
      },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: {
        properties: { on: { anyOf: [oauthOperation, { type: 'array', items: oauthOperation }] } },
        required: ['on'],
      },
    },
  ],
})

function ends(member: 'times' | 'for') {
  return { type: 'object', properties: { [member]: true }, required: [member] }
}

/** The rule of a repeated scenario for the JSON Schema of fixtures: every step ends. `semanticProblems` checks it, too. */
export const repeatRules = withRules({
  if: { properties: { repeat: { const: true } }, required: ['repeat'] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { properties: { steps: { type: 'array', items: { anyOf: [ends('times'), ends('for')] } } } },
})
