import type { HealthStatus, MemberHealth } from '@elbow/plan';

/** The worst first: a member that one node cannot reach fails for the clients of that node. */
const order: readonly HealthStatus[] = ['OFFLINE', 'UNKNOWN', 'INITIAL', 'ONLINE'];

/** What a member is, given what each node says of it; null when none says anything. */
export function worstHealth(found: readonly MemberHealth[]): MemberHealth | null {
  const ranked = found.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  return ranked[0] ?? null;
}
