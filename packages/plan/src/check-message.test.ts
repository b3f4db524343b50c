import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFromNode, checkToNode } from './check-message.ts';
import { clientRowLength, nodeCounters, upstreamRowLength } from './counters.ts';
import type { FromNode, ToNode } from './delivery.ts';
import { sampleHealthCheck } from './testing/sample-chunks.ts';

const capabilities = {
  lowestPort: 1024,
  earlyData: false,
  whyNoEarlyData: 'not built',
  tlsEngine: 'node' as const,
  http2: true,
};
const node = { id: 'node-1', availabilityZone: 'az1', processId: 7, runtime: 'v24', capabilities };
const workers = [{ id: 0, revision: 3, state: 'serving' as const, connections: 2 }];
const troubles = [{ kind: 'listener' as const, id: 'listener-1', reason: 'port taken' }];

const zeros = (length: number) => Array.from({ length }, () => 0);
const upstream = [1.25, ...zeros(upstreamRowLength - 1)];
const counts = { client: zeros(clientRowLength), upstream };
const metrics = {
  startedAtMs: 1,
  node: zeros(nodeCounters.length),
  listeners: [{ id: 'listener-1', loadBalancerId: 'lb-1', openConnections: 0, ...counts }],
  pools: [{ id: 'pool-1', ...counts, members: [{ id: 'member-1', upstream }] }],
  omitted: 0,
};

const health = {
  memberId: 'member-1',
  status: 'OFFLINE' as const,
  sinceMs: 5,
  reason: { code: 'RESPONSE_MISMATCH' as const, message: 'no', expected: '200', actual: '500' },
};

const check = sampleHealthCheck({ healthyThreshold: 1, unhealthyThreshold: 1 });

const fromNode: readonly FromNode[] = [
  { type: 'hello', node, revision: 3, hashes: ['ab12'] },
  { type: 'observed', observation: { revision: 3, workers, troubles } },
  { type: 'refused', revision: 4, reason: 'a rule', hashes: [] },
  { type: 'workers', id: 1, workers },
  { type: 'health', isWhole: true, members: [health] },
  { type: 'checked', id: 1, transcript: null },
  { type: 'checked', id: 2, transcript: { isHealthy: true, reason: null, steps: [{ atMs: 0, text: 'ok' }] } },
  { type: 'metrics', id: 1, metrics },
];
const toNode: readonly ToNode[] = [
  {
    type: 'plan',
    manifest: { revision: 1, entries: [{ kind: 'pool', id: 'pool-1', hash: null }] },
    chunks: {},
  },
  { type: 'ask-workers', id: 1 },
  { type: 'ask-check', id: 1, poolId: 'pool-1', memberId: 'member-1' },
  { type: 'ask-probe', id: 1, target: { address: 'app.test', port: 80, check } },
  { type: 'ask-metrics', id: 1 },
];

describe('checkFromNode and checkToNode', () => {
  it.each(fromNode)('takes $type', (message) => {
    expect(checkFromNode(message)).toEqual({ ok: true, value: message });
  });

  it.each(toNode)('takes $type', (message) => {
    expect(checkToNode(message)).toEqual({ ok: true, value: message });
  });

  it.each<[string, unknown]>([
    ['message.type must be one of hello', { type: 'plan' }],
    ['message.type must be one of hello', { type: '__proto__' }],
    ['message.revision must be', { ...fromNode[0], revision: '3' }],
    [
      'message.node.capabilities.http2 must be',
      { ...fromNode[0], node: { ...node, capabilities: { ...capabilities, http2: 1 } } },
    ],
    [
      'message.observation.workers[0].state must be',
      {
        type: 'observed',
        observation: { revision: 1, troubles, workers: [{ ...workers[0], state: 'idle' }] },
      },
    ],
    [
      'message.metrics.node must be 7 numbers',
      { type: 'metrics', id: 1, metrics: { ...metrics, node: [1, 2, -3] } },
    ],
    [
      'message.metrics.pools[0].members[0].upstream must be',
      {
        type: 'metrics',
        id: 1,
        metrics: {
          ...metrics,
          pools: [{ ...metrics.pools[0], members: [{ id: 'm', upstream: upstream.slice(1) }] }],
        },
      },
    ],
    [
      'message.members[0].reason.code must be',
      { type: 'health', isWhole: false, members: [{ ...health, reason: { ...health.reason, code: 'NO' } }] },
    ],
    [
      'message.members must hold at most 20000',
      { type: 'health', isWhole: false, members: Array.from({ length: 20_001 }) },
    ],
    [
      'message.transcript.steps must hold at most 50',
      {
        type: 'checked',
        id: 1,
        transcript: { isHealthy: true, reason: null, steps: Array.from({ length: 51 }) },
      },
    ],
    ['message.reason must be', { ...fromNode[2], reason: 'x'.repeat(1001) }],
  ])('says "%s …"', (problem, message) => {
    expect(checkFromNode(message)).toEqual({ ok: false, problems: [expect.stringContaining(problem)] });
  });

  it('takes no other value and never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(checkFromNode(value).ok || checkToNode(value).ok).toBe(false);
      }),
    );
  });
});
