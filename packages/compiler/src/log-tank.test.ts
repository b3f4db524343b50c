import { hash as digest } from 'node:crypto';
import { sampleLoadBalancer } from '@elbow/model/testing';
import { expect, it } from 'vitest';
import { compileLoadBalancer } from './compile.ts';
import { sampleTree } from './testing/sample-tree.ts';

const hash = (text: string): string => digest('sha256', text, 'hex');
const logTank = { id: 'tank', groupId: 'group', topicId: 'topic', createdAtMs: 0 };

function areLogged(isTanked: boolean, isAccessLogEnabled: boolean): readonly boolean[] {
  const loadBalancer = sampleLoadBalancer(isTanked ? { logTank } : {});
  const { chunks } = compileLoadBalancer(sampleTree({ loadBalancer }), hash, {
    isAccessLogEnabled,
    zone: null,
  });
  const listeners = [...chunks.values()].filter((chunk) => chunk.kind === 'listener');
  return [...new Set(listeners.map((chunk) => chunk.isAccessLogEnabled))];
}

it('listeners write an access log where the settings or a log tank ask for it', () => {
  expect(areLogged(false, false)).toEqual([false]);
  expect(areLogged(true, false)).toEqual([true]);
  expect(areLogged(false, true)).toEqual([true]);
});
