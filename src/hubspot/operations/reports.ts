import {
  type AttributionModel,
  attributionModels,
  type ContactType,
  contactPageLimits,
  contactTypes,
  defaultReportStart,
} from '../../contract/schemas/report.ts'
import type { Period } from '../../world/campaigns/campaign.ts'
import { contactIds, metricsReport, revenueReport } from '../../world/campaigns/reports.ts'
import { timestamp } from '../../world/clock.ts'
import { InvalidRequest } from '../../world/refusal.ts'
import { periodBetween } from '../campaign-view.ts'
import type { HubspotContext } from '../context.ts'
import { type AdmittedExchange, pathParameter } from '../open-exchange.ts'
import type { OperationResponse } from '../operation-response.ts'
import { pagingOf, parameterOf, readPage } from '../paging.ts'
import { findCampaign } from '../requested-campaign.ts'

/**
 * GET /marketing/v3/campaigns/{campaignGuid}/reports/metrics: sessions and contacts in a period.
 * @throws {Refusal} 400 for an invalid date, 404 for an unknown campaign
 */
export function getMetricsReport(exchange: AdmittedExchange): OperationResponse {
  const period = reportPeriod(exchange)
  return { status: 200, body: JSON.stringify(metricsReport(findCampaign(exchange), period)) }
}

/**
 * GET /marketing/v3/campaigns/{campaignGuid}/reports/revenue: the revenue that an attribution model credits to a
 * campaign, LINEAR unless the query names another [documented].
 * @throws {Refusal} 400 for an unknown model or an invalid date, 404 for an unknown campaign
 */
export function getRevenueReport(exchange: AdmittedExchange, context: HubspotContext): OperationResponse {
  const model = parameterOf(exchange.query, 'attributionModel') ?? 'LINEAR'
  if (!isAttributionModel(model)) {
    throw new InvalidRequest('attributionModel', `${model} is not one of ${attributionModels.join(', ')}`)
  }
  const period = reportPeriod(exchange)
  const report = revenueReport(findCampaign(exchange), model, period, context.world.account.companyCurrency)
  return { status: 200, body: JSON.stringify(report) }
}

/**
 * GET /marketing/v3/campaigns/{campaignGuid}/reports/contacts/{contactType}: a page of the ids of its contacts.
 * @throws {Refusal} 400 for an unknown contact type, an invalid limit, cursor or date; 404 for an unknown campaign
 */
export function listContacts(exchange: AdmittedExchange): OperationResponse {
  const type = pathParameter(exchange, 'contactType')
  if (!isContactType(type)) throw new InvalidRequest('contactType', `${type} is not one of ${contactTypes.join(', ')}`)
  const page = readPage(exchange, contactPageLimits)
  const ids = contactIds(findCampaign(exchange), type, reportPeriod(exchange))
  const results = ids.slice(page.offset, page.offset + page.limit).map((id) => ({ id }))
  const paging = pagingOf(exchange, page, ids.length, ['limit', 'startDate', 'endDate'])
  return { status: 200, body: JSON.stringify({ results, ...paging }) }
}

const dayLength = 'YYYY-MM-DD'.length

/** From 2006-01-01 to today unless the query names other days [documented]. */
function reportPeriod({ query, portal }: AdmittedExchange): Period {
  const today = timestamp(portal.clock.now()).slice(0, dayLength)
  const startDate = parameterOf(query, 'startDate') ?? defaultReportStart
  const endDate = parameterOf(query, 'endDate') ?? today
  return periodBetween(startDate, endDate)
}

function isAttributionModel(text: string): text is AttributionModel {
  return attributionModels.some((model) => model === text)
}

function isContactType(text: string): text is ContactType {
  return contactTypes.some((type) => type === text)
}
