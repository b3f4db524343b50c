import { aCertificate, expectStatus, startElbow } from '@elbow/testkit';
import type { Elbow } from '@elbow/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

// "Available in certain regions": what each zone can do, and why not what it cannot.

let elbow: Elbow;
beforeAll(async () => {
  elbow = await startElbow({ workers: 1, az: 'zone-a', arguments: ['--tls-engine', 'node'] });
});
afterAll(() => elbow?.stop());

interface Config {
  readonly feature: string;
  readonly switch: boolean;
  readonly availability_zones: readonly {
    readonly code: string;
    readonly available: boolean;
    readonly reason: string | null;
  }[];
}

it('the features of a zone are those of its nodes', async () => {
  const { configs } = expectStatus(await elbow.api.call('GET', 'feature/configs'), 200).json;
  const byName = new Map((configs as readonly Config[]).map((config) => [config.feature, config]));
  const { capabilities } = expectStatus(await elbow.api.call('GET', '/elbow/v1/capabilities'), 200).json;
  expect(byName.get('early_data')?.switch).toBe(capabilities.early_data);
  expect(byName.get('http2')?.switch).toBe(capabilities.http2);
  expect(byName.get('layer4')).toMatchObject({
    switch: false,
    availability_zones: [{ code: 'zone-a', available: false, reason: 'layer 4 is not supported yet' }],
  });
  for (const { availability_zones: zones } of byName.values())
    for (const zone of zones) expect(zone.reason === null).toBe(zone.available);
});

it('a load balancer has what its zones have, and asking for more is refused with the reason', async () => {
  const owner = await elbow.api.create('loadbalancer', { availability_zone_list: ['zone-a'] });
  const { features } = expectStatus(
    await elbow.api.call('GET', `loadbalancers/${owner.id}/features`),
    200,
  ).json;
  expect(features).toContainEqual({ feature: 'compression', type: 'BOOL', value: 'true' });
  const layer4 = features.find(({ feature }: { feature: string }) => feature === 'layer4');
  expect(layer4).toMatchObject({ value: 'false', reason: 'zone-a: layer 4 is not supported yet' });
  const tcp = { loadbalancer_id: owner.id, protocol: 'TCP', protocol_port: 8081 };
  const refused = expectStatus(await elbow.api.call('POST', 'listeners', { listener: tcp }), 400);
  expect(refused.json.error_msg).toContain('not supported yet');

  const early = features.find(({ feature }: { feature: string }) => feature === 'early_data');
  expect(early).toMatchObject({ value: 'false', reason: expect.stringContaining('zone-a: ') });
  const https = {
    loadbalancer_id: owner.id,
    protocol: 'HTTPS',
    protocol_port: 8443,
    default_tls_container_ref: (await aCertificate(elbow)).id,
    tls_ciphers_policy: 'tls-1-2-fs-with-1-3',
    ssl_early_data_enable: true,
  };
  const early400 = expectStatus(await elbow.api.call('POST', 'listeners', { listener: https }), 400);
  expect(early400.json.error_msg).toContain('ssl_early_data_enable');
});
