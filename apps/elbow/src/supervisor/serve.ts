import type { Settings } from '@elbow/model';
import type { Log } from '@elbow/plan';
import { lockDataDir, makeDataDir } from '../data-dir.ts';
import { stderrLog } from '../log.ts';
import { banner } from './banner.ts';
import { untilReady } from './until-ready.ts';
import { RoleProcess } from './role-process.ts';
import { onStopSignals } from './stop-signals.ts';

/** How long answers in flight may take to finish. */
const GRACE_MS = 10_000;

/**
 * The supervisor: keeps a control process and a node process alive until a signal comes. It holds no state and opens
 * no port, so that there is nothing in it to fail.
 * @returns the exit code
 */
export async function serve(settings: Settings): Promise<number> {
  const log = stderrLog('serve');
  makeDataDir(settings.dataDir);
  const lock = lockDataDir(settings.dataDir, 'serve', 0);
  try {
    return await supervise(settings, log);
  } finally {
    lock.release();
  }
}

function supervise(settings: Settings, log: Log): Promise<number> {
  return new Promise((resolve) => {
    const waiting = new Set(['control', 'node'] as const);
    const roles = [...waiting].map(
      (role) =>
        new RoleProcess({
          role,
          settings,
          log,
          onReady: () => {
            if (waiting.delete(role) && waiting.size === 0)
              void untilReady(settings.admin).then(() => process.stdout.write(banner(settings)));
          },
          onGiveUp: (reason) => {
            log('error', `cannot start ${role}`, { reason });
            void stopAll(roles).then(() => resolve(1));
          },
        }),
    );
    onStopSignals({
      stop: (signal) => {
        log('info', 'stopping', { signal, graceMs: GRACE_MS });
        void stopAll(roles).then(() => resolve(0));
      },
      stopNow: () => {
        for (const role of roles) role.kill();
        resolve(1);
      },
    });
  });
}

async function stopAll(roles: readonly RoleProcess[]): Promise<void> {
  await Promise.all(roles.map((role) => role.stop(GRACE_MS)));
}
