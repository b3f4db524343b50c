/** How long a tunnel may go on when its member is to be drained. */
export const TUNNEL_GRACE_MS = 300_000;

/** A connection that became a byte pipe to a member. */
export interface Tunnel {
  readonly poolId: string | null;
  readonly memberId: string | null;
  /** Closes both ends. */
  closeTunnel(): void;
}

/**
 * The open tunnels of a worker. They have no end of their own, so those to a member that was removed, disabled or
 * given weight 0 are closed after a grace; when the member comes back within it, they stay.
 */
export class OpenTunnels {
  private readonly closesAtMs = new Map<Tunnel, number>();

  add(tunnel: Tunnel): void {
    this.closesAtMs.set(tunnel, Infinity);
  }

  remove(tunnel: Tunnel): void {
    this.closesAtMs.delete(tunnel);
  }

  /** Looks at every tunnel after a change of the plan. `isKept` answers for the member of one. */
  review(isKept: (tunnel: Tunnel) => boolean, nowMs: number): void {
    for (const [tunnel, closesAtMs] of this.closesAtMs) {
      if (isKept(tunnel)) this.closesAtMs.set(tunnel, Infinity);
      else if (closesAtMs === Infinity) this.closesAtMs.set(tunnel, nowMs + TUNNEL_GRACE_MS);
    }
  }

  /** About once a second, on the clock of {@link review}. */
  tick(nowMs: number): void {
    for (const [tunnel, closesAtMs] of this.closesAtMs) {
      if (nowMs < closesAtMs) continue;
      this.closesAtMs.delete(tunnel);
      tunnel.closeTunnel();
    }
  }
}
