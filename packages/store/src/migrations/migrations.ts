import { firstTables } from './0001-first-tables.ts';
import { healthMonitors } from './0002-health-monitors.ts';
import { policies } from './0003-policies.ts';
import { securityPolicies } from './0004-security-policies.ts';
import { publicAddresses } from './0005-public-addresses.ts';
import { jobsAndRecycleBin } from './0006-jobs-and-recycle-bin.ts';
import { history } from './0009-history.ts';
import type { Migration } from './migration.ts';

/** In order of their versions. */
export const migrations: readonly Migration[] = [
  firstTables,
  healthMonitors,
  policies,
  securityPolicies,
  publicAddresses,
  jobsAndRecycleBin,
  history,
];
