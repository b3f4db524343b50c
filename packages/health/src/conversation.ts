import type { Socket } from 'node:net';
import type { HealthReason } from '@elbow/plan';
import type { CheckOutcome } from './check-outcome.ts';

/** What is said over a connection once it is made, until it comes to an outcome. */
export interface Conversation {
  start(socket: Socket): void;
  /** `bytes[0, count)`, valid during the call. */
  read(bytes: Buffer, count: number): void;
}

/** What a conversation tells the check that holds its connection. */
export interface ConversationOwner {
  /** For a transcript. */
  step(text: string): void;
  /** The request has left; from now on the member is waited for. */
  sent(): void;
  /** The first outcome counts. */
  settle(outcome: CheckOutcome): void;
  fail(reason: HealthReason): void;
  /** Ends the connection now instead of when the member does. */
  leave(): void;
}
