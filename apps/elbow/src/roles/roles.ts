import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '@elbow/model';
import type { Log } from '@elbow/plan';
import { version } from '../version.ts';

export interface Running {
  close(graceMs: number): Promise<void>;
}

export interface Role {
  readonly name: 'control' | 'node';
  readonly description: string;
  readonly start: (settings: Settings, log: Log) => Promise<Running>;
}

/** The long-running parts of Elbow. Each loads its rooms only when it is the one to run. */
export const roles: Readonly<Record<Role['name'], Role>> = {
  control: {
    name: 'control',
    description: 'run the API and the console only; nodes of this machine dial in',
    start: startControl,
  },
  node: {
    name: 'node',
    description: 'run the data plane only; serves the last plan until a control process is there',
    start: startDataPlane,
  },
};

/** What `npm run build:console` makes. */
const consoleFolder = join(import.meta.dirname, '..', '..', '..', 'console', 'dist');

async function startControl(settings: Settings, log: Log): Promise<Running> {
  const { startControlPlane } = await import('@elbow/control-plane');
  return startControlPlane({ settings, version, log, consoleFolder });
}

async function startDataPlane(settings: Settings, log: Log): Promise<Running> {
  const { startNode } = await import('@elbow/node');
  const { nodeSocketPath } = await import('@elbow/plan');
  const { loadOrCreateKeyFile } = await import('@elbow/secrets');
  const { createHash } = await import('node:crypto');
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  return startNode({
    settings,
    socketPath: nodeSocketPath({ dataDir: settings.dataDir, fallbackDir: tmpdir() }, hash),
    sealingKey: loadOrCreateKeyFile(join(settings.dataDir, 'sealing.key')),
    features: { http2: true },
    accessLog: {
      format: settings.accessLogFormat,
      rotateBytes: settings.accessLogRotateMib * 2 ** 20,
      keep: settings.accessLogKeep,
    },
    log,
  });
}
