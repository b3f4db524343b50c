import { caddy } from './caddy.ts';
import { startElbow } from './elbow.ts';
import type { Bench, Engine, EngineName } from './engine.ts';
import { haproxy } from './haproxy.ts';
import { nginx } from './nginx.ts';
import { startPlainEngine } from './plain-engine.ts';

const plainEngines = { nginx, haproxy, caddy };

/** Starts an engine and waits until it listens; throws with its own words when it does not come up. */
export function startEngine(name: EngineName, bench: Bench): Promise<Engine> {
  if (name === 'elbow' || name === 'elbow-node-tls') return startElbow(bench, name);
  return startPlainEngine(plainEngines[name], bench);
}
