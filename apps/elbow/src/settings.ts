import { defaultQuotas } from '@elbow/model';
import type { Settings } from '@elbow/model';
import {
  adminAddress,
  choice,
  directory,
  dnsServers,
  flag,
  isRecord,
  label,
  networks,
  quotas,
  smallNetworks,
  wholeNumber,
  workerCount,
} from './setting-readers.ts';
import type { SettingReader } from './setting-readers.ts';

/** What the machine says; asked once, passed in. */
export interface MachineFacts {
  readonly cores: number;
  /** The host's own unicast addresses, without loopback and link-local ones. */
  readonly addresses: readonly string[];
}

/** Where settings come from; the first one that has a setting wins. */
export interface SettingSources {
  /** By flag name without dashes: `data-dir`. */
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly file: { readonly path: string; readonly text: string } | null;
}

/** Everything that is wrong with the settings, one sentence each. */
export class SettingsRefused extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'SettingsRefused';
    this.problems = problems;
  }
}

interface Setting<K extends keyof Settings> {
  readonly field: K;
  readonly reader: SettingReader<Settings[K]>;
  readonly help: string;
  readonly fallback: (machine: MachineFacts) => Settings[K];
}

type AnySetting = { readonly [K in keyof Settings]: Setting<K> }[keyof Settings];

/** By flag name; `data-dir` is `ELBOW_DATA_DIR` in the environment and `data_dir` in a file. */
const table: Readonly<Record<string, AnySetting>> = {
  'data-dir': {
    field: 'dataDir',
    reader: directory,
    help: 'where everything is kept (default ./var)',
    fallback: () => './var',
  },
  admin: {
    field: 'admin',
    reader: adminAddress,
    help: 'HOST:PORT of the API and the console (default 127.0.0.1:8700)',
    fallback: () => ({ host: '127.0.0.1', port: 8700 }),
  },
  workers: {
    field: 'workers',
    reader: workerCount,
    help: 'worker threads of the node (default: cores)',
    fallback: ({ cores }) => Math.max(1, Math.min(256, cores)),
  },
  az: {
    field: 'availabilityZone',
    reader: label,
    help: 'availability zone of this node (default az1)',
    fallback: () => 'az1',
  },
  'frontend-subnets': {
    field: 'frontendSubnets',
    reader: networks,
    help: "networks that may hold VIPs (default: 127.0.0.0/8 and the host's own addresses)",
    fallback: ({ addresses }) => ['127.0.0.0/8', ...addresses.map(singleHost)],
  },
  'backend-subnets': {
    field: 'backendSubnets',
    reader: networks,
    help: 'networks that connections to members come from (default: the host chooses)',
    fallback: () => [],
  },
  'public-addresses': {
    field: 'publicAddresses',
    reader: smallNetworks,
    help: 'networks of public addresses that load balancers can be given (default: none)',
    fallback: () => [],
  },
  'allow-loopback-members': {
    field: 'allowsLoopbackMembers',
    reader: flag,
    help: 'members may have loopback addresses (default true)',
    fallback: () => true,
  },
  'allow-link-local-members': {
    field: 'allowsLinkLocalMembers',
    reader: flag,
    help: 'members may have link-local and metadata addresses (default false)',
    fallback: () => false,
  },
  resolvers: {
    field: 'resolvers',
    reader: dnsServers,
    help: 'DNS servers for names of members as ADDRESS or ADDRESS:PORT,… (default: those of the machine)',
    fallback: () => [],
  },
  'compression-cpu-percent': {
    field: 'compressionCpuPercent',
    reader: wholeNumber(0, 100),
    help: "share of a worker's core above which answers are not compressed; 0: they always are (default 0)",
    fallback: () => 0,
  },
  quotas: {
    field: 'quotas',
    reader: quotas,
    help: 'limits as key=number,… (-1: no limit)',
    fallback: () => defaultQuotas,
  },
  'tls-engine': {
    field: 'tlsEngine',
    reader: choice('auto', 'native', 'node'),
    help: 'native: the addon, needed for early data; node: node:tls; auto: native where it is built (default auto)',
    fallback: () => 'auto',
  },
  'access-log': {
    field: 'accessLog',
    reader: choice('off', 'all'),
    help: 'all: every listener writes DIR/log/access.log (default off)',
    fallback: () => 'off',
  },
  'access-log-format': {
    field: 'accessLogFormat',
    reader: choice('elb', 'json'),
    help: "lines of the access log: elb, the cloud's format, or json (default elb)",
    fallback: () => 'elb',
  },
  'access-log-rotate-mib': {
    field: 'accessLogRotateMib',
    reader: wholeNumber(1, 1_000_000),
    help: 'size in MiB at which the access log is renamed (default 100)',
    fallback: () => 100,
  },
  'access-log-keep': {
    field: 'accessLogKeep',
    reader: wholeNumber(1, 1000),
    help: 'renamed files of the access log that stay (default 5)',
    fallback: () => 5,
  },
  'history-keep-entries': {
    field: 'historyKeepEntries',
    reader: wholeNumber(100, 10_000_000),
    help: 'entries of the history that stay (default 50000)',
    fallback: () => 50_000,
  },
  'history-keep-days': {
    field: 'historyKeepDays',
    reader: wholeNumber(1, 3650),
    help: 'days after which an entry of the history goes (default 180)',
    fallback: () => 180,
  },
  'session-idle-minutes': {
    field: 'sessionIdleMinutes',
    reader: wholeNumber(1, 1440),
    help: 'minutes without its user after which a session of the console ends (default 30)',
    fallback: () => 30,
  },
  'session-hours': {
    field: 'sessionHours',
    reader: wholeNumber(1, 720),
    help: 'hours after which a session of the console ends in any case (default 12)',
    fallback: () => 12,
  },
};

/** Flags of the command line that are settings, with their help. */
export const settingFlags: readonly { readonly name: string; readonly help: string }[] = Object.entries(
  table,
).map(([name, { help }]) => ({ name, help }));

/**
 * Flags before environment before file before defaults. A wrong value is refused even where a better source hides it:
 * it would bite on the day that source goes away.
 * @throws {SettingsRefused} naming every setting that is wrong, where it stands and its rule.
 */
export function resolveSettings(sources: SettingSources, machine: MachineFacts): Settings {
  const problems: string[] = [];
  const file = readFile(sources.file, problems);
  const resolved: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(table)) {
    const candidates = [
      fromText(setting, `--${name}`, sources.flags[name], problems),
      fromText(setting, environmentName(name), sources.environment[environmentName(name)], problems),
      fromFile(setting, name, file, problems),
    ];
    resolved[setting.field] = candidates.find((value) => value !== undefined) ?? setting.fallback(machine);
  }
  if (problems.length > 0) throw new SettingsRefused(problems);
  return resolved as unknown as Settings;
}

interface ConfigFile {
  readonly path: string;
  readonly values: Readonly<Record<string, unknown>>;
}

function readFile(file: SettingSources['file'], problems: string[]): ConfigFile | null {
  if (file === null) return null;
  const values = parseObject(file.text);
  if (values === null) {
    problems.push(`${file.path} must hold one JSON object`);
    return null;
  }
  for (const key of Object.keys(values)) {
    if (!Object.hasOwn(table, key.replaceAll('_', '-')))
      problems.push(`${file.path}: ${key} is not a setting`);
  }
  return { path: file.path, values };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function fromText(
  setting: AnySetting,
  source: string,
  text: string | undefined,
  problems: string[],
): unknown {
  if (text === undefined) return undefined;
  const value = setting.reader.fromText(text);
  if (value === undefined)
    problems.push(`${source} must be ${setting.reader.rule}; it is ${JSON.stringify(text)}`);
  return value;
}

function fromFile(setting: AnySetting, name: string, file: ConfigFile | null, problems: string[]): unknown {
  const key = name.replaceAll('-', '_');
  if (file === null || !Object.hasOwn(file.values, key)) return undefined;
  const value = setting.reader.fromJson(file.values[key]);
  if (value === undefined) {
    problems.push(
      `${file.path}: ${key} must be ${setting.reader.rule}; it is ${JSON.stringify(file.values[key])}`,
    );
  }
  return value;
}

function environmentName(flagName: string): string {
  return `ELBOW_${flagName.toUpperCase().replaceAll('-', '_')}`;
}

function singleHost(address: string): string {
  return `${address}/${address.includes(':') ? 128 : 32}`;
}
