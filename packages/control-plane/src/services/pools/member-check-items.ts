import type { CheckItem, HealthMonitor, Listener, LoadBalancer, Member, Pool } from '@elbow/model';
import type { CheckTranscript } from '@elbow/plan';

export interface MemberSurroundings {
  readonly member: Member;
  readonly listener: Listener;
  readonly pool: Pool;
  readonly loadBalancer: LoadBalancer;
  readonly monitor: HealthMonitor | null;
  /** Listeners that send requests to the pool. */
  readonly users: readonly Listener[];
}

type Look = (found: MemberSurroundings) => CheckItem;

/** What of the configuration can keep requests from a member, one look for each. */
export function configItems(found: MemberSurroundings): readonly CheckItem[] {
  return looks.map((look) => look(found));
}

const looks: readonly Look[] = [
  ({ listener, pool, users }) => ({
    name: 'listenerUsesPool',
    isFine: users.some(({ id }) => id === listener.id),
    severity: 'Major',
    reason: `listener ${listener.id} does not send requests to pool ${pool.id}, which the member belongs to`,
  }),
  ({ loadBalancer }) => ({
    name: 'loadBalancerIsOn',
    isFine: loadBalancer.isAdminStateUp,
    severity: 'Major',
    reason: `load balancer ${loadBalancer.id} is switched off (admin_state_up is false)`,
  }),
  ({ loadBalancer }) => ({
    name: 'loadBalancerHasAddress',
    isFine: loadBalancer.vipAddress !== null,
    severity: 'Major',
    reason: `load balancer ${loadBalancer.id} has no address that clients could reach`,
  }),
  ({ member }) => ({
    name: 'memberHasWeight',
    isFine: member.weight > 0,
    severity: 'Major',
    reason: 'the weight of the member is 0, so it gets no new requests',
  }),
  ({ monitor, pool }) => ({
    name: 'healthMonitorIsOn',
    isFine: monitor !== null && monitor.isAdminStateUp,
    severity: 'Tips',
    reason: `pool ${pool.id} has no health monitor that is on, so requests also go to members that are down`,
  }),
  ({ monitor, member }) => ({
    name: 'healthMonitorPort',
    isFine: monitor === null || monitor.port === null || monitor.port === member.port,
    severity: 'Tips',
    reason: `health checks go to port ${monitor?.port}, requests to port ${member.port} of the member`,
  }),
  ({ monitor }) => ({
    name: 'healthMonitorTimeout',
    isFine: monitor === null || monitor.timeoutSeconds <= monitor.intervalSeconds,
    severity: 'Tips',
    reason: `the timeout of a check (${monitor?.timeoutSeconds} s) is longer than its interval (${monitor?.intervalSeconds} s), so failures are found late`,
  }),
];

/** What a real check by a node says. */
export function nodeItem(transcript: CheckTranscript | null): CheckItem {
  const name = 'nodeCheck';
  if (transcript === null)
    return { name, isFine: false, severity: 'Major', reason: 'no node serves the member now' };
  if (transcript.isHealthy) return { name, isFine: true, severity: 'Major', reason: '' };
  const why = transcript.reason?.message ?? 'the node could not make the check: see the transcript';
  return { name, isFine: false, severity: 'Major', reason: why };
}

/** Of a check that nobody will hear of any more. */
export const unansweredItem: CheckItem = {
  name: 'nodeCheck',
  isFine: false,
  severity: 'Major',
  reason: 'the control process was started again before a node had made the check: ask for another one',
};
