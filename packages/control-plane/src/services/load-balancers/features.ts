import {
  cutPage,
  featureConfigToWire,
  loadBalancerFeaturesToWire,
  pageInfo,
  parsePageQuery,
} from '@elbow/api';
import { type Feature, featuresOf, notFound } from '@elbow/model';
import { UnknownMarker } from '@elbow/store';
import { stableUuid } from '../../stable-uuid.ts';
import { findOwned } from '../crud/crud.ts';
import { knownZones } from './load-balancers.ts';
import { Refusal, valueOf } from '../crud/refusal.ts';
import type { Answer, Call, ServiceContext } from '../crud/service-context.ts';

/** What the zones of one load balancer can do. */
export async function listLoadBalancerFeatures(context: ServiceContext, call: Call): Promise<Answer> {
  const { params, projectId } = call;
  const id = params['loadbalancer_id'] ?? '';
  const row = await context.store.read((reader) => findOwned(reader, 'loadBalancer', { id, projectId }));
  if (row === null) throw new Refusal(notFound('loadbalancer', id.slice(0, 64)));
  const features = loadBalancerFeaturesToWire(currentFeatures(context), row.availabilityZones);
  return { status: 200, body: { features } };
}

/** What every zone can do, and why not what it cannot. */
export async function listFeatureConfigs(context: ServiceContext, call: Call): Promise<Answer> {
  const { query, projectId } = call;
  const page = valueOf(parsePageQuery(query));
  const wanted = query.get('feature') || null;
  const configs = currentFeatures(context)
    .filter(({ name }) => wanted === null || name === wanted)
    .map((feature) => {
      const id = stableUuid(`feature:${feature.name}`);
      return featureConfigToWire(feature, { id, projectId, atMs: context.nowMs() });
    });
  const cut = cutPage(configs, page);
  if (cut === null) throw new UnknownMarker(page.marker ?? '');
  const ids = cut.page.map(({ id }) => id);
  return { status: 200, body: { configs: cut.page, page_info: pageInfo(ids, page, cut.hasMoreBehind) } };
}

function currentFeatures(context: ServiceContext): readonly Feature[] {
  const nodes = context.fleet.nodes().map(({ facts: { availabilityZone, capabilities } }) => ({
    availabilityZone,
    ...capabilities,
  }));
  return featuresOf(knownZones(context), nodes);
}
