export * from '../index.ts'
export { ControlRefused } from '../surfaces/control/client.ts'
export { type RunningSimulator, startServer } from './node.ts'
export { type JftMatchers, jftMatchers, type Matched, type Received } from './testing/matchers.ts'
export type {
  Beginning,
  ClockControl,
  ExchangeQuery,
  FaultRequest,
  OwnSandbox,
  Sandbox,
  SandboxSpec,
  SeedEvent,
  Submitted,
  Token,
  TokenOptions,
  Urls,
} from './testing/sandbox-types.ts'
export { type Jft, startJft } from './testing/start-jft.ts'
