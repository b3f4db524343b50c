import type { ResourceBase } from './resource.ts';
import type { TlsChoice } from './system-security-policy.ts';

/** A choice of TLS versions and suites of a user's own; it wins over the built-in one that a listener names. */
export interface SecurityPolicy extends ResourceBase, TlsChoice {
  readonly enterpriseProjectId: string;
}
