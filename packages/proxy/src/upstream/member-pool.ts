import { isRepeatable } from '@elbow/traffic';
import { type ConnectionHome, MemberConnection } from './member-connection.ts';

/** Idle connections are closed after this long, or sooner when the member says so. */
const IDLE_MS = 60_000;

/**
 * A request that must not be sent twice goes out on a used connection only when that was in use a moment ago. One
 * that the member has just closed for idleness would eat the request, and nobody could tell whether it was run.
 */
const FRESH_MS = 1000;

/** The idle connections of one worker to one member address. */
export class MemberPool implements ConnectionHome {
  readonly address: string;
  readonly port: number;
  private readonly idleCap: number;
  private readonly clock: { readonly nowMs: number };
  private readonly idle: MemberConnection[] = [];
  private isClosed = false;

  constructor(
    place: { readonly address: string; readonly port: number },
    idleCap: number,
    clock: { readonly nowMs: number },
  ) {
    this.address = place.address;
    this.port = place.port;
    this.idleCap = idleCap;
    this.clock = clock;
  }

  /** A connection for a request with this method: the one used last, or a new one. */
  take(method: string): MemberConnection {
    return this.takeIdle(isRepeatable(method) ? IDLE_MS : FRESH_MS) ?? this.open();
  }

  /** A connection that has carried nothing yet. */
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

  /** Drops connections that have been idle for too long; called about once a second. */
  expire(): void {
    for (const connection of this.idle.slice()) {
      if (this.idleMs(connection) >= idleLimitMs(connection)) connection.discard();
    }
  }

  /** No member has this address any more: idle connections go now, busy ones when their answer is complete. */
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
