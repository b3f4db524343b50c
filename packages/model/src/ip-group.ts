import type { ResourceBase } from './resource.ts';

/** Addresses under one name, for the access control of listeners. */
export interface IpGroup extends ResourceBase {
  /** Every address once, however it was written, in the order in which they were given. */
  readonly entries: readonly IpGroupEntry[];
  readonly enterpriseProjectId: string;
}

export interface IpGroupEntry {
  /** As it was written: an address, a network in CIDR form or a range `a-b`. */
  readonly ip: string;
  readonly description: string;
}
