export {
  type CitedDocument,
  citedDocument,
  citeText,
  DOCUMENTS,
  type DocumentKey,
  type PublishedDocument,
} from './ground/documents.ts'
export { type KeyChain, readKeyChain, type SigningKeys } from './ground/keys.ts'
export { createOrigins, isLoopback, surfaceOfPath } from './ground/origins.ts'
export type { Answered, Platform, Refusal } from './ground/platform.ts'
export { SERVICES, type Service } from './ground/services.ts'
export { type Assumptions, SILENT_POINTS } from './ground/settings/assumptions.ts'
export { isEventStream } from './ground/text/event-stream.ts'
export { suggest, unknownName } from './ground/text/suggest.ts'
export { VERSION } from './ground/version.ts'
export { ConnectionReset } from './http/delivery.ts'
export { API_ANSWER } from './http/guard.ts'
export { type PlainAnswer, type PlainOutcome, responseTo } from './http/plain-answer.ts'
export { noteUnheard } from './http/unheard.ts'
export type { Unread } from './http/unread.ts'
export { addressee } from './rules/addressee.ts'
export { type ListedRule, listedRules } from './rules/catalogue/listed.ts'
export { CATALOGUE, type Rule, type RuleId, type ShownSource } from './rules/catalogue.ts'
export { FAULT_PRESET_NAMES } from './rules/faults/fault-presets.ts'
export type { Correction, CorrectionKind } from './rules/fhir/correct.ts'
export { offsetAt } from './rules/fixes/zone.ts'
export type { Issue } from './rules/issue.ts'
export { type Decoded, decodeAnyway, decodeJson } from './rules/json/encoding.ts'
export type { PatchOperation } from './rules/json/json-patch.ts'
export type { ExplainedIssue } from './rules/operation-outcome.ts'
export { certaintyOf, mendingOf, type Verdict, type Verdicts } from './rules/verdicts.ts'
export { type HmacSha256, setHmac } from './services/own-hmac.ts'
export { setEs256, type VerifyEs256 } from './services/tokens/own-es256.ts'
export {
  type CheckedPayload,
  type CheckOptions,
  checkPayload,
  fixPayload,
  type PayloadStep,
  payloadSteps,
} from './services/verdicts/check.ts'
export { checkedOptions, createSimulator, OptionsError, type Simulator } from './simulator.ts'
export { createSigningKeys } from './state/memory/keys.ts'
export {
  type OptionFault,
  optionsSchema,
  readOptions,
  type SimulatorInput,
  type SimulatorOptions,
} from './state/options.ts'
