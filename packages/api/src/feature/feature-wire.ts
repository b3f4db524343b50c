import type { Feature } from '@elbow/model';
import { wireTime } from '../time.ts';

/** @param zones those of the load balancer: it has what all of them have */
export function loadBalancerFeaturesToWire(features: readonly Feature[], zones: readonly string[]) {
  return features.map((feature) => {
    const own = feature.zones.filter(({ availabilityZone }) => zones.includes(availabilityZone));
    return { feature: feature.name, type: 'BOOL', value: String(isEverywhere(own)), ...whyNot(own) };
  });
}

export interface FeatureConfigFacts {
  readonly id: string;
  readonly projectId: string;
  /** Nobody makes or changes a feature; this is when the installation looked. */
  readonly atMs: number;
}

export function featureConfigToWire(feature: Feature, { id, projectId, atMs }: FeatureConfigFacts) {
  const isOn = isEverywhere(feature.zones);
  return {
    id,
    service: 'ELB',
    tenant_id: projectId,
    feature: feature.name,
    switch: isOn,
    type: 'BOOL',
    value: String(isOn),
    description: feature.description,
    caller: '',
    availability_zones: feature.zones.map(({ availabilityZone, isAvailable, reason }) => ({
      code: availabilityZone,
      available: isAvailable,
      reason: isAvailable ? null : reason,
    })),
    created_at: wireTime(atMs),
    updated_at: wireTime(atMs),
  };
}

function isEverywhere(zones: Feature['zones']): boolean {
  return zones.length > 0 && zones.every(({ isAvailable }) => isAvailable);
}

function whyNot(zones: Feature['zones']): { readonly reason?: string } {
  const lacking = zones.filter(({ isAvailable }) => !isAvailable);
  if (lacking.length === 0) return {};
  return {
    reason: lacking.map(({ availabilityZone, reason }) => `${availabilityZone}: ${reason}`).join('; '),
  };
}
