import type { Tag } from '@elbow/model';

/** Every key that is in use with the values that it has somewhere, both in the order of their first use. */
export function tagValuesToWire(tags: readonly Tag[]) {
  const values = new Map<string, Set<string>>();
  for (const { key, value } of tags) values.set(key, (values.get(key) ?? new Set()).add(value));
  return { tags: [...values].map(([key, held]) => ({ key, values: [...held] })) };
}

export interface TaggedResource {
  readonly id: string;
  readonly name: string;
  readonly tags: readonly Tag[];
  /** Of a listener: its load balancer. */
  readonly ownerId: string;
}

export function taggedResourceToWire({ id, name, tags, ownerId }: TaggedResource) {
  return { resource_id: id, resource_name: name, resource_detail: null, tags, super_resource_id: ownerId };
}
