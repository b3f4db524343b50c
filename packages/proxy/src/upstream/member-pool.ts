import { isRepeatable } from '@elbow/traffic';
import type { FlushTurn } from '../client/flush-turn.ts';
import { type ConnectionHome, MemberConnection } from './member-connection.ts';
import type { LinkPool } from './member-link.ts';
import type { MemberTarget } from './member-target.ts';

/** Idle connections are closed after this long, or sooner when the member says so. */
const IDLE_MS = 60_000;

/**
 * A request that must not be sent twice goes out on a used connection only when that was in use a moment ago. One
 * that the member has just closed for idleness would eat the request, and nobody could tell whether it was run.
 */
const FRESH_MS = 1000;

/** What a pool needs of its worker. */
export interface MemberPoolHost {
  readonly flushTurn: FlushTurn;
  readonly clock: { readonly nowMs: number };
}

/** The idle connections of one worker to one member address. */
export class MemberPool implements LinkPool, ConnectionHome {
  readonly target: MemberTarget;
  private readonly idleCap: number;
  readonly flushTurn: FlushTurn;
  private readonly clock: { readonly nowMs: number };
  private readonly idle: MemberConnection[] = [];
  isClosed = false;
  private lastAskedMs: number;

  constructor(target: MemberTarget, idleCap: number, host: MemberPoolHost) {
    this.target = target;
    this.idleCap = idleCap;
    this.clock = host.clock;
    this.flushTurn = host.flushTurn;
    this.lastAskedMs = host.clock.nowMs;
  }

  get isUnused(): boolean {
    return this.idle.length === 0 && this.clock.nowMs - this.lastAskedMs > IDLE_MS;
  }

  take(method: string): MemberConnection {
    this.lastAskedMs = this.clock.nowMs;
    return this.takeIdle(isRepeatable(method) ? IDLE_MS : FRESH_MS) ?? this.open();
  }

  open(): MemberConnection {
    return new MemberConnection(this);
  }

  takeBack(connection: MemberConnection): void {
    if (this.isClosed || this.idle.length >= this.idleCap) return connection.discard();
    connection.idleSinceMs = this.clock.nowMs;
    connection.resume();
    this.idle.push(connection);
  }

  forget(connection: MemberConnection): void {
    const index = this.idle.indexOf(connection);
    if (index >= 0) this.idle.splice(index, 1);
  }

  expire(): void {
    for (const connection of this.idle.slice()) {
      if (this.idleMs(connection) >= idleLimitMs(connection)) connection.discard();
    }
  }

  close(): void {
    this.isClosed = true;
    for (const connection of this.idle.slice()) connection.discard();
  }

  private takeIdle(longestIdleMs: number): MemberConnection | null {
    const connection = this.idle.at(-1);
    if (connection === undefined) return null;
    if (this.idleMs(connection) >= Math.min(longestIdleMs, idleLimitMs(connection))) return null;
    this.idle.pop();
    return connection;
  }

  private idleMs(connection: MemberConnection): number {
    return this.clock.nowMs - connection.idleSinceMs;
  }
}

/** A second less than the member promised: its clock started before ours. */
function idleLimitMs(connection: MemberConnection): number {
  if (connection.keepAliveTimeout < 0) return IDLE_MS;
  return Math.min(IDLE_MS, Math.max(0, connection.keepAliveTimeout * 1000 - 1000));
}
