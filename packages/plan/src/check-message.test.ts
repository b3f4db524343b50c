import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFromNode, checkToNode } from './check-message.ts';
import type { FromNode, ToNode } from './delivery.ts';

const capabilities = { lowestPort: 1024, earlyData: false, http2: true };
const node = { id: 'node-1', availabilityZone: 'az1', processId: 7, runtime: 'v24', capabilities };
const workers = [{ id: 0, revision: 3, state: 'serving' as const, connections: 2 }];
const troubles = [{ kind: 'listener' as const, id: 'listener-1', reason: 'port taken' }];

const fromNode: readonly FromNode[] = [
  { type: 'hello', node, revision: 3, hashes: ['ab12'] },
  { type: 'observed', observation: { revision: 3, workers, troubles } },
  { type: 'refused', revision: 4, reason: 'a rule', hashes: [] },
  { type: 'workers', id: 1, workers },
];
const toNode: readonly ToNode[] = [
  {
    type: 'plan',
    manifest: { revision: 1, entries: [{ kind: 'pool', id: 'pool-1', hash: null }] },
    chunks: {},
  },
  { type: 'ask-workers', id: 1 },
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
