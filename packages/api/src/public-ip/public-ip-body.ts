import { mapOutcome, type Outcome } from '@elbow/model';
import { z } from 'zod';
import { parseBody } from '../schema/parse-body.ts';
import { uuid } from '../schema/values.ts';

const body = z.strictObject({ loadbalancer_id: uuid.nullable() });

export interface PublicIpChange {
  /** Null: the address is free again. */
  readonly loadBalancerId: string | null;
}

export function parsePublicIpChange(value: unknown): Outcome<PublicIpChange> {
  return mapOutcome(parseBody('publicip', body, value), (wire) => ({ loadBalancerId: wire.loadbalancer_id }));
}

/** For documents that are made from the schemas. */
export const publicIpBodies = { update: body } as const;
