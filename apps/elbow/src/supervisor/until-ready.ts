import { get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Settings } from '@elbow/model';

const LONGEST_WAIT_MS = 5000;
const BETWEEN_LOOKS_MS = 50;

/**
 * Resolves when `/readyz` says that every worker serves the newest plan: both roles are up before that, but have still to
 * meet. Gives up after five seconds, and at once where the admin address speaks TLS: then the banner comes a little early.
 */
export async function untilReady(admin: Settings['admin']): Promise<void> {
  const isPlain = admin.host.startsWith('127.') || admin.host === '::1' || admin.host === 'localhost';
  const deadlineMs = performance.now() + (isPlain ? LONGEST_WAIT_MS : 0);
  while (performance.now() < deadlineMs && !(await isReady(admin))) await pause(BETWEEN_LOOKS_MS);
}

function isReady({ host, port }: Settings['admin']): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host, port, path: '/readyz', timeout: 1000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    request.on('error', () => resolve(false));
    request.on('timeout', () => request.destroy());
  });
}
