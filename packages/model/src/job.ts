import type { MemberCheck } from './member-check.ts';
import type { ResourceBase } from './resource.ts';

/** Work that the API answers before a client can see all of its result; kept so that clients may ask how it ended. */
export interface Job extends ResourceBase {
  readonly type: JobType;
  readonly status: JobStatus;
  /** The object that the work was asked of. */
  readonly resourceId: string;
  /** Null while it runs. */
  readonly endedAtMs: number | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  /** One for each object that was made or removed. */
  readonly subJobs: readonly SubJob[];
  /** Of work that looks at a member; null of all other work. */
  readonly memberCheck: MemberCheck | null;
}

export interface SubJob {
  readonly id: string;
  readonly status: JobStatus;
  readonly resourceId: string;
  readonly resourceType: 'loadbalancer' | 'listener';
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

export type JobType =
  | 'cloneLoadbalancer'
  | 'cloneListener'
  | 'batchCreateV3Loadbalancer'
  | 'batchDeleteLoadbalancer'
  | 'batchDeleteListener'
  | 'recoverLoadbalancer'
  /** Has calls of its own, and is in no list of jobs. */
  | 'checkMember';

/** Clients know RUNNING as pending and SUCCESS as done; there is no INIT, because they take it for a failure. */
export type JobStatus = 'RUNNING' | 'SUCCESS' | 'FAIL';

/** Jobs of a project that are kept; the oldest go first. */
export const keptJobs = 1_000;
