import { describe, expect, it } from 'vitest';
import { OpenTunnels, type Tunnel, TUNNEL_GRACE_MS } from './open-tunnels.ts';

function someTunnels() {
  const tunnels = new OpenTunnels();
  const closed: string[] = [];
  const open = (memberId: string) => {
    const tunnel = { poolId: 'p', memberId, closeTunnel: () => void closed.push(memberId) };
    tunnels.add(tunnel);
    return tunnel;
  };
  return { tunnels, closed, open };
}

const keeping =
  (...members: readonly string[]) =>
  ({ memberId }: Tunnel) =>
    members.includes(memberId ?? '');

describe('OpenTunnels', () => {
  it('closes tunnels of a drained member when their grace is over, counted from the first change', () => {
    const { tunnels, closed, open } = someTunnels();
    open('a');
    open('b');
    tunnels.review(keeping('b'), 1000);
    tunnels.review(keeping('b'), 5000);
    tunnels.tick(1000 + TUNNEL_GRACE_MS - 1);
    expect(closed).toEqual([]);
    tunnels.tick(1000 + TUNNEL_GRACE_MS);
    tunnels.tick(1000 + 2 * TUNNEL_GRACE_MS);
    expect(closed).toEqual(['a']);
  });

  it('lets them be when the member comes back in time, and forgets those that ended', () => {
    const { tunnels, closed, open } = someTunnels();
    open('a');
    const ended = open('b');
    tunnels.review(keeping(), 1000);
    tunnels.remove(ended);
    tunnels.review(keeping('a'), 2000);
    tunnels.tick(1000 + TUNNEL_GRACE_MS);
    expect(closed).toEqual([]);
  });
});
