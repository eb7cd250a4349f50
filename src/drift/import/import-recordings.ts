import type { OperationName } from '../../contract/operations.ts'
import type { Fixture } from '../../world/fixtures/fixture.ts'
import type { RecordedExchange } from '../recording/recorded-exchange.ts'
import { FixtureDraft, type Unused } from './fixture-draft.ts'
import { readAssets, readBatch, readCampaign, readCampaignError, readList } from './read-campaigns.ts'
import {
  readAccount,
  readContacts,
  readIntegrationAccount,
  readItem,
  readMetrics,
  readProperties,
  readRevenue,
  readTotals,
} from './read-details.ts'
import { errorReason, type RecordedCall, readCall, UnusableCall } from './recorded-call.ts'
import { findSecrets } from './recorded-secrets.ts'

/** A fixture that was made from recorded responses. */
export interface Imported {
  readonly fixture: Fixture
  /** The exchanges that the fixture was made from. */
  readonly used: readonly RecordedExchange[]
  readonly unused: readonly Unused[]
}

/** Adds the response of one operation to a fixture. @throws {UnusableCall} */
type Reader = (draft: FixtureDraft, call: RecordedCall) => void

const readers: Partial<Record<OperationName, Reader>> = {
  'campaigns.list': readList,
  'campaigns.get': (draft, call) => readCampaign(draft, call, call.body),
  'batch.read': readBatch,
  'assets.list': readAssets,
  'budget.totals': readTotals,
  'budget.get': (draft, call) => readItem('budgetItems', draft, call),
  'spend.get': (draft, call) => readItem('spendItems', draft, call),
  'reports.metrics': readMetrics,
  'reports.revenue': readRevenue,
  'reports.contacts': readContacts,
  'account.details': readAccount,
  'integrations.me': readIntegrationAccount,
  'crm.properties': readProperties,
}

/** Creates one fixture from recorded responses, in their order: later ones override earlier ones. */
export function importRecordings(exchanges: readonly RecordedExchange[]): Imported {
  const draft = new FixtureDraft()
  const used = exchanges.filter((exchange) => {
    const reason = addExchange(draft, exchange)
    if (reason !== undefined) draft.note(exchange.place, reason)
    return reason === undefined
  })
  return { fixture: draft.toFixture(findSecrets(exchanges)), used, unused: draft.unused }
}

/** @returns why an exchange cannot be used; undefined if it was added */
function addExchange(draft: FixtureDraft, exchange: RecordedExchange): string | undefined {
  const call = readCall(exchange)
  if (typeof call === 'string') return call
  try {
    if (call.operation.startsWith('oauth.')) return 'a call with secrets, which the mock answers without a fixture'
    if (call.isError) readCampaignError(draft, call)
    else if (typeof call.body === 'string') return whyNoBody(call)
    else return read(draft, call)
    return undefined
  } catch (error) {
    if (error instanceof UnusableCall) return error.message
    throw error
  }
}

function read(draft: FixtureDraft, call: RecordedCall): string | undefined {
  const reader = readers[call.operation]
  if (reader === undefined) return whyUnread(call.operation)
  reader(draft, call)
  return undefined
}

function whyNoBody({ body, status }: RecordedCall): string {
  return body === ''
    ? `the recording has no body${status === undefined ? '' : ` (status ${status})`}`
    : errorReason(status)
}

/** The operations whose responses are the same with every fixture. */
const fixed: readonly OperationName[] = ['assetTypes.list', 'clone.assetTypes', 'clone.status', 'crm.schemas']

function whyUnread(operation: OperationName): string {
  if (fixed.includes(operation)) return `${operation}, which the mock answers without a fixture`
  return `${operation} changes campaigns: record the calls that read them afterwards`
}
