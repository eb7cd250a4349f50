/// <reference lib="esnext.disposable" preserve="true" />
export { buildApp } from './build-app.ts'
export { intercept } from './intercept.ts'
export { startMock } from './mock.ts'
export type {
  App,
  AppPlugin,
  HookReply,
  HookRequest,
  InjectRequest,
  InjectResponse,
  ListenAddress,
} from './public/app.ts'
export type {
  CampaignControls,
  CampaignListOptions,
  ClockControls,
  ClockState,
  Controls,
  ErrorControls,
  JournalControls,
  RateLimitChange,
  RateLimitControls,
  RateLimitState,
  ScenarioControls,
} from './public/controls.ts'
export { BadFixture, BadInput, CannotListen, DroppedExchanges, NotThere, UnexpectedRequests } from './public/errors.ts'
export type {
  BudgetItem,
  BusinessUnit,
  Campaign,
  ContactIds,
  ContactsReport,
  ExportedFixture,
  Fixture,
  FixtureAccount,
  FixtureAsset,
  FixtureBudgetItem,
  FixtureCampaign,
  FixtureError,
  FixtureOAuth,
  FixtureProperty,
  FixtureReports,
  FixtureToken,
  GeneratedCampaigns,
  LeftOut,
  MetricsReport,
  MetricsTotals,
  OAuthClient,
  PropertyOption,
  RevenueReport,
  RevenueTotals,
} from './public/fixture.ts'
export type { Har, HarEntry, HarLog, HarPair, HarRequest, HarResponse } from './public/har.ts'
export type {
  ClearEvent,
  Difference,
  DroppedEvent,
  Exchange,
  ExchangeEvent,
  JournalEvent,
  JournalFilter,
  NearMiss,
  Times,
  Verdict,
  Verification,
  WaitOptions,
  Where,
} from './public/journal.ts'
export type { AppOptions, Clock, Logger, Mock, MockOptions, OwnCertificate } from './public/mock.ts'
export type {
  AccountType,
  AssetType,
  AttributionModel,
  BuiltInScenario,
  CallErrorName,
  Fidelity,
  OAuthErrorName,
  OperationName,
  RateLimitName,
} from './public/names.ts'
export type { PortalControls, PortalOptions, PortalSummary, TokenControls, TokenState } from './public/portal.ts'
export type {
  DelayRange,
  Fault,
  OwnError,
  PlayState,
  RepeatedSteps,
  Scenario,
  ScenarioName,
  Step,
  StepCondition,
  Steps,
} from './public/step.ts'
