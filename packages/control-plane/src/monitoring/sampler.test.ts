import {
  type ClientCounter,
  clientCounters,
  clientRowLength,
  type NodeMetrics,
  upstreamRowLength,
} from '@elbow/plan';
import { describe, expect, it } from 'vitest';
import type { NodeStatus } from '../reconcile/node-status.ts';
import { MinuteFile } from './minute-file.ts';
import { client } from './point.ts';
import { type SampledFleet, Sampler } from './sampler.ts';

function row(name: ClientCounter, count: number): readonly number[] {
  return Array.from({ length: clientRowLength }, (_, at) =>
    at === clientCounters.indexOf(name) ? count : 0,
  );
}

function metricsOf(requests: number): NodeMetrics {
  const upstream = Array.from({ length: upstreamRowLength }, () => 0);
  const listener = {
    id: 'l1',
    loadBalancerId: 'lb1',
    openConnections: 0,
    client: row('requests', requests),
    upstream,
  };
  return { startedAtMs: 1, node: [], listeners: [listener], pools: [], omitted: 0 };
}

/** Nodes by name, each with its zone and the requests that it has counted. */
function fleetOf(nodes: Readonly<Record<string, readonly [zone: string, requests: number]>>): SampledFleet {
  const entries = Object.entries(nodes);
  return {
    nodes: () =>
      entries.map(
        ([id, [availabilityZone]]) => ({ facts: { id, availabilityZone } }) as unknown as NodeStatus,
      ),
    askMetrics: async () => new Map(entries.map(([id, [, requests]]) => [id, metricsOf(requests)])),
    memberHealth: () => null,
  };
}

async function requestsOf(fleet: SampledFleet): Promise<Readonly<Record<string, number>>> {
  const memory = new MinuteFile(':memory:');
  const points = await new Sampler(fleet, memory).sample();
  memory.close();
  return Object.fromEntries([...points].map(([key, point]) => [key, client(point, 'requests')]));
}

describe('a sample', () => {
  it('adds up what the nodes of a zone did, and with several zones keeps the part of each', async () => {
    expect(await requestsOf(fleetOf({ n1: ['az1', 3], n2: ['az2', 4], n3: ['az2', 5] }))).toEqual({
      '*': 0,
      'listener/l1': 12,
      'listener/l1@az1': 3,
      'listener/l1@az2': 9,
      'loadbalancer/lb1': 12,
      'loadbalancer/lb1@az1': 3,
      'loadbalancer/lb1@az2': 9,
      'zone/az1': 3,
      'zone/az2': 9,
    });
  });

  it('keeps nothing twice where there is one zone', async () => {
    expect(await requestsOf(fleetOf({ n1: ['az1', 3], n2: ['az1', 4] }))).toEqual({
      '*': 0,
      'listener/l1': 7,
      'loadbalancer/lb1': 7,
      'zone/az1': 7,
    });
  });
});
