export { bodyPatienceMs, type BodyProgress } from './body-pace.ts';
export { LONGEST_SCHEDULE, memberAtTicket, SmoothRoundRobin, smoothSchedule } from './balance/round-robin.ts';
export { type Decision, decide } from './decide.ts';
export {
  type ClientFacts,
  type ConnectionFields,
  connectionFields,
  forwardedFields,
} from './headers/forwarding.ts';
export {
  type FailedAttempt,
  type FailureKind,
  failureStatus,
  isRepeatable,
  MOST_ATTEMPTS,
  mayTryAnother,
  REPLAY_BYTES,
} from './retry.ts';
export { type StatusPage, statusPage } from './status-page.ts';
