import { defaultQuotas } from '@elbow/model';
import { describe, expect, it } from 'vitest';
import { resolveSettings, settingFlags, SettingsRefused } from './settings.ts';
import type { SettingSources } from './settings.ts';

const machine = { cores: 6, addresses: ['192.0.2.7', '2001:db8::7'] };

function settings(sources: Partial<Omit<SettingSources, 'file'>> & { file?: unknown } = {}) {
  const { file, ...rest } = sources;
  const text = typeof file === 'string' ? file : JSON.stringify(file);
  return resolveSettings(
    { flags: {}, environment: {}, ...rest, file: file === undefined ? null : { path: 'elbow.json', text } },
    machine,
  );
}

function problems(sources: Parameters<typeof settings>[0]): readonly string[] {
  try {
    settings(sources);
  } catch (error) {
    if (error instanceof SettingsRefused) return error.problems;
    throw error;
  }
  return [];
}

describe('resolveSettings', () => {
  it('has a default for everything', () => {
    expect(settings()).toEqual({
      dataDir: './var',
      admin: { host: '127.0.0.1', port: 8700 },
      workers: 6,
      availabilityZone: 'az1',
      frontendSubnets: ['127.0.0.0/8', '192.0.2.7/32', '2001:db8::7/128'],
      backendSubnets: [],
      publicAddresses: [],
      allowsLoopbackMembers: true,
      allowsLinkLocalMembers: false,
      quotas: defaultQuotas,
      accessLog: 'off',
      accessLogFormat: 'elb',
      accessLogRotateMib: 100,
      accessLogKeep: 5,
      tlsEngine: 'auto',
      historyKeepEntries: 50_000,
      historyKeepDays: 180,
      sessionIdleMinutes: 30,
      sessionHours: 12,
      resolvers: [],
      compressionCpuPercent: 0,
    });
  });

  it('prefers flags to environment to file to defaults', () => {
    const file = { workers: 1, az: 'file', data_dir: '/file', quotas: { listener: 7 } };
    const environment = { ELBOW_WORKERS: '2', ELBOW_AZ: 'env' };
    const resolved = settings({ flags: { workers: '3' }, environment, file });
    expect(resolved).toMatchObject({ workers: 3, availabilityZone: 'env', dataDir: '/file' });
    expect(resolved.quotas).toEqual({ ...defaultQuotas, listener: 7 });
  });

  it('reads every setting from text and from a file alike', () => {
    const fromFile = settings({
      file: {
        data_dir: '/d',
        admin: '[::1]:9000',
        workers: 4,
        az: 'az-2',
        frontend_subnets: ['10.0.0.0/8', '2001:db8::/64'],
        backend_subnets: ['10.1.0.0/24'],
        public_addresses: ['192.0.2.0/28', '2001:db8:1::/124'],
        allow_loopback_members: false,
        allow_link_local_members: true,
        quotas: { pool: -1, member: 3 },
        access_log: 'all',
        access_log_format: 'json',
        access_log_rotate_mib: 7,
        access_log_keep: 2,
        history_keep_entries: 500,
        history_keep_days: 3,
        session_idle_minutes: 5,
        session_hours: 2,
        resolvers: ['127.0.0.53', '[::1]:5353'],
        compression_cpu_percent: 80,
      },
    });
    const fromFlags = settings({
      flags: {
        'data-dir': '/d',
        admin: '[::1]:9000',
        workers: '4',
        az: 'az-2',
        'frontend-subnets': '10.0.0.0/8, 2001:db8::/64',
        'backend-subnets': '10.1.0.0/24',
        'public-addresses': '192.0.2.0/28,2001:db8:1::/124',
        'allow-loopback-members': 'false',
        'allow-link-local-members': 'true',
        quotas: 'pool=-1, member=3',
        'access-log': 'all',
        'access-log-format': 'json',
        'access-log-rotate-mib': '7',
        'access-log-keep': '2',
        'history-keep-entries': '500',
        'history-keep-days': '3',
        'session-idle-minutes': '5',
        'session-hours': '2',
        resolvers: '127.0.0.53, [::1]:5353',
        'compression-cpu-percent': '80',
      },
    });
    expect(fromFlags).toEqual(fromFile);
    expect(Object.keys(fromFile)).toHaveLength(settingFlags.length);
  });

  it.each([
    ['data-dir', ''],
    ['admin', '8700'],
    ['admin', '127.0.0.1:0'],
    ['admin', '127.0.0.1:65536'],
    ['admin', '::1:8700'],
    ['admin', '[127.0.0.1]:8700'],
    ['admin', 'example.com:8700'],
    ['workers', '0'],
    ['workers', '257'],
    ['workers', '1.5'],
    ['workers', '-1'],
    ['workers', ''],
    ['az', 'a b'],
    ['az', 'x'.repeat(65)],
    ['frontend-subnets', ''],
    ['frontend-subnets', '10.0.0.0'],
    ['frontend-subnets', '10.0.0.0/33'],
    ['frontend-subnets', '10.0.0.0/8,'],
    ['backend-subnets', '10.0.0.1'],
    ['public-addresses', '192.0.0.0/19'],
    ['public-addresses', '2001:db8::/64'],
    ['allow-loopback-members', 'yes'],
    ['quotas', 'listener'],
    ['quotas', 'listener=-2'],
    ['quotas', 'listeners=1'],
    ['quotas', '__proto__=1'],
    ['access-log', 'on'],
    ['access-log-format', 'ELB'],
    ['access-log-rotate-mib', '0'],
    ['access-log-keep', '0'],
    ['resolvers', 'dns.test'],
    ['resolvers', '127.0.0.1:0'],
    ['compression-cpu-percent', '101'],
  ])('refuses --%s %j and says what it must be', (name, value) => {
    expect(problems({ flags: { [name]: value } })).toEqual([
      expect.stringMatching(new RegExp(`^--${name} must be .+; it is ${escape(JSON.stringify(value))}$`)),
    ]);
  });

  it.each([
    [{ workers: '4' }, 'workers must be a whole number from 1 to 256; it is "4"'],
    [{ workers: null }, 'workers must be a whole number from 1 to 256; it is null'],
    [{ admin: 8700 }, 'admin must be HOST:PORT'],
    [{ frontend_subnets: '10.0.0.0/8' }, 'frontend_subnets must be at least one network'],
    [{ frontend_subnets: [] }, 'frontend_subnets must be at least one network'],
    [{ quotas: { listener: '1' } }, 'quotas must be limits'],
    [{ allow_loopback_members: 1 }, 'allow_loopback_members must be true or false; it is 1'],
    [{ worker: 4 }, 'worker is not a setting'],
    [{ constructor: 4 }, 'constructor is not a setting'],
  ])('refuses %j in a file', (file, problem) => {
    expect(problems({ file })).toEqual([expect.stringContaining(`elbow.json: ${problem}`)]);
  });

  it.each(['', '[]', 'null', '"x"', '{'])('refuses %j as a file', (text) => {
    expect(problems({ file: text })).toEqual(['elbow.json must hold one JSON object']);
  });

  it('names every wrong setting at once, even one that a better source hides', () => {
    expect(problems({ flags: { workers: '4', az: '' }, environment: { ELBOW_WORKERS: 'many' } })).toEqual([
      expect.stringContaining('ELBOW_WORKERS must be'),
      expect.stringContaining('--az must be'),
    ]);
  });
});

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
