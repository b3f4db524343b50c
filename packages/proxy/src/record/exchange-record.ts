import type { ListenerChunk } from '@elbow/plan';
import type { RequestHead } from '@elbow/wire';
import type { ConnectionFacts } from '../client/connection-facts.ts';
import type { Admission } from '../shared/listener-slot.ts';

/** One try at one member. Times are milliseconds from the start of the attempt; -1 where it did not get that far. */
export interface AttemptRecord {
  readonly memberId: string;
  readonly address: string;
  readonly port: number;
  /** Status of the member's answer, 502 or 504 for a failed attempt, 0 when the client left first. */
  status: number;
  /** Time to connect; 0 on a kept-alive connection. */
  connectMs: number;
  /** Time to the head of the answer. */
  headerMs: number;
  /** Time to the end of the answer or the failure. */
  responseMs: number;
}

/** What is known of an exchange when it is over; the source of the access log and of all counters. */
export interface ExchangeRecord {
  readonly listener: ListenerChunk;
  readonly connection: ConnectionFacts;
  readonly request: RequestHead;
  readonly poolId: string | null;
  /** Status the client got; 499 when it left before it had one. */
  readonly status: number;
  /** The request was answered or forwarded before the handshake of its client was complete (TLS 1.3 early data). */
  readonly ranEarly: boolean;
  /** Head and body of the request as received, in bytes. */
  readonly requestBytes: number;
  /** Head and body of the answer as handed to the client connection, before TLS, in bytes. */
  readonly sentBytes: number;
  readonly sentBodyBytes: number;
  /** From the complete request head to the end of the answer. */
  readonly durationMs: number;
  /** Empty when no member was asked. */
  readonly attempts: readonly AttemptRecord[];
  /** Whether the exchange became a tunnel; its duration says nothing about the service. */
  readonly isTunnel: boolean;
  /** The answer was cut after it had begun. */
  readonly isCut: boolean;
  /** Why the load balancer answered by itself; null for an answer of a member and for a client that left. */
  readonly reason: string | null;
}

/** Takes each record once, in the worker that made it. Must not throw and must not wait. */
export interface Recorder {
  record(record: ExchangeRecord): void;
  /** A request that could not be understood: it has no exchange and is not part of the access log. */
  refused(listener: ListenerChunk, status: number, reason: string): void;
  /** A client connected, and got in or not. */
  connection(listener: ListenerChunk, admission: Admission | 'node-full' | 'denied'): void;
  handshakeFailed(listener: ListenerChunk, reason: string): void;
}
