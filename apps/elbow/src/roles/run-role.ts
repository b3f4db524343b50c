import { flushCompileCache } from 'node:module';
import type { Settings } from '@elbow/model';
import { lockDataDir, makeDataDir } from '../data-dir.ts';
import type { FromChild, ToChild } from '../lifecycle-messages.ts';
import { stderrLog } from '../log.ts';
import type { Role, Running } from './roles.ts';

/** A node that is asked to end gives exchanges in flight this long. */
const GRACE_MS = 10_000;
/** The process before this one may still be ending; its sockets and its lock go with it. */
const LOCK_PATIENCE_MS = 3000;

/**
 * Runs one role until it is told to stop. With settings it stands alone and obeys signals; without, it is a child of
 * the supervisor: it gets its settings from there, says when it is ready, and ends at once when the supervisor does.
 * @returns the exit code
 */
export async function runRole(role: Role, settings: Settings | null): Promise<number> {
  return settings === null ? runSupervised(role) : runAlone(role, settings);
}

async function runAlone(role: Role, settings: Settings): Promise<number> {
  const running = await start(role, settings);
  const signal = await new Promise<string>((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
  });
  process.once('SIGINT', () => process.exit(1)).once('SIGTERM', () => process.exit(1));
  stderrLog(role.name)('info', 'stopping', { signal });
  await running.close(GRACE_MS);
  return 0;
}

async function runSupervised(role: Role): Promise<number> {
  // The terminal sends these to the whole group; the supervisor decides what they mean.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
  process.once('disconnect', () => process.exit(1));
  const { settings } = await nextMessage('start');
  const stop = stopOrder();
  try {
    const running = await start(role, settings);
    await tell({ type: 'ready' });
    // Written now, because a process that is killed writes nothing at its end.
    flushCompileCache();
    await running.close(await stop);
    return 0;
  } catch (error) {
    await tell({ type: 'failed', reason: error instanceof Error ? error.message : String(error) });
    return 1;
  }
}

async function start(role: Role, settings: Settings): Promise<Running> {
  makeDataDir(settings.dataDir);
  const lock = lockDataDir(settings.dataDir, role.name, LOCK_PATIENCE_MS);
  try {
    return await role.start(settings, stderrLog(role.name));
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The grace that the stop order gives, once there is one. */
async function stopOrder(): Promise<number> {
  const terminated = new Promise<number>((resolve) => process.once('SIGTERM', () => resolve(GRACE_MS)));
  return Promise.race([nextMessage('stop').then(({ graceMs }) => graceMs), terminated]);
}

function nextMessage<T extends ToChild['type']>(type: T): Promise<Extract<ToChild, { type: T }>> {
  return new Promise((resolve) => {
    const look = (message: ToChild): void => {
      if (message.type !== type) return;
      process.off('message', look);
      resolve(message as Extract<ToChild, { type: T }>);
    };
    process.on('message', look);
  });
}

function tell(message: FromChild): Promise<void> {
  return new Promise((resolve) => process.send?.(message, undefined, {}, () => resolve()));
}
