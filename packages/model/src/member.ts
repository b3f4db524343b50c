import type { ResourceBase } from './resource.ts';

export interface Member extends ResourceBase {
  readonly poolId: string;
  /** IPv4 or IPv6 literal in canonical form, or a host name in lower case that nodes resolve. */
  readonly address: string;
  readonly port: number;
  /** 0–100; 0 gets no new requests. */
  readonly weight: number;
  readonly subnetCidrId: string | null;
  readonly availabilityZone: string;
  /**
   * When it joined members that were there already, as milliseconds since 1970: a slow start counts from then. Null for
   * the first ones of a pool, which have none.
   */
  readonly joinedAtMs: number | null;
}
