import { readFileSync, writeFileSync } from 'node:fs';
import type { Log } from '@elbow/plan';

const MIGRATE_REQUESTS = '/proc/sys/net/ipv4/tcp_migrate_req';

/**
 * Asks the kernel to hand connections that wait at a closing socket to its siblings on the same port
 * (net.ipv4.tcp_migrate_req, ip-sysctl documentation), so that a dying worker does not reset what is in its queue.
 */
export function allowRequestMigration(log: Log): void {
  if (process.platform !== 'linux') return;
  try {
    if (readFileSync(MIGRATE_REQUESTS, 'latin1').trim() === '1') return;
    writeFileSync(MIGRATE_REQUESTS, '1\n');
    log('info', 'set net.ipv4.tcp_migrate_req to 1');
  } catch (error) {
    log(
      'warn',
      'cannot set net.ipv4.tcp_migrate_req to 1: connections queued at a worker that dies are reset',
      {
        reason: (error as Error).message,
      },
    );
  }
}
