export { bodyPatienceMs, type BodyProgress } from './body-pace.ts';
export { memberAtTicket, smoothSchedule } from './balance/round-robin.ts';
export { type Balancer, makeBalancer } from './balance/balancer.ts';
export { COUNT_BLOCKS, type EndingCounts } from './balance/count-block.ts';
export { HashRing } from './balance/hash-ring.ts';
export { type Candidate, shares } from './balance/shares.ts';
export { SLOW_START_STEP_MS, slowShares, slowStartPercent } from './balance/slow-start.ts';
export { AddressSet, addressIndex } from './access/address-set.ts';
export { isAdmitted } from './access/is-admitted.ts';
export { parseRange } from './access/parse-range.ts';
export { connectionFact, type ConnectionSeen } from './action/connection-fact.ts';
export { corsAnswerFields } from './action/cors.ts';
export { editFields, type EditSource, type FactReader } from './action/edit-fields.ts';
export { passGate, type Rate, rateOf } from './action/rate-gate.ts';
export { type CompressionPlan, planCompression } from './compress/compression-plan.ts';
export type { Coding } from './compress/negotiate.ts';
export {
  type DecidableRequest,
  type Decision,
  decide,
  type ForwardDecision,
  type RouteTable,
} from './decide.ts';
export { type ConditionTrace, explain, type Explanation, type PolicyTrace } from './explain.ts';
export { pathRegexProblem } from './route/path-regex.ts';
export { compilePolicy, firstHolding, type Policy } from './route/policy.ts';
export { PolicyIndex } from './route/policy-index.ts';
export { RequestFacts } from './route/request-facts.ts';
export {
  type ClientFacts,
  type ConnectionFields,
  connectionFields,
  forwardedFields,
} from './headers/forwarding.ts';
export {
  requestToken,
  stickyAnswerLine,
  stickyCookieName,
  type StickyPool,
  withoutStickyCookie,
} from './persist/stickiness.ts';
export type { StickyToken, TokenSeal } from './persist/sticky-token.ts';
export {
  type FailedAttempt,
  type FailureKind,
  failureStatus,
  isRepeatable,
  MOST_ATTEMPTS,
  mayTryAnother,
  REPLAY_BYTES,
} from './retry.ts';
export { grpcStatusPage, type StatusPage, statusPage } from './status-page.ts';
export { stickyChoice } from './action/pool-cookie.ts';
export { xxhash32 } from './balance/xxhash32.ts';
