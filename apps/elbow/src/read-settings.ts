import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Settings } from '@elbow/model';
import { machineFacts } from './machine.ts';
import { resolveSettings, SettingsRefused } from './settings.ts';

/**
 * The settings of this process, from its command line, environment and config file.
 * @throws {SettingsRefused}
 */
export function readSettings(flags: Readonly<Record<string, string | undefined>>): Settings {
  const path = flags['config'] ?? process.env['ELBOW_CONFIG'];
  const file = path === undefined ? null : { path, text: readConfig(path) };
  const settings = resolveSettings({ flags, environment: process.env, file }, machineFacts());
  return { ...settings, dataDir: resolve(settings.dataDir) };
}

function readConfig(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new SettingsRefused([`--config cannot be read: ${(error as Error).message}`]);
  }
}
