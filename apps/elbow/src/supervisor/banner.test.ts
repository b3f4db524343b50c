import { defaultQuotas } from '@elbow/model';
import { expect, it } from 'vitest';
import { banner } from './banner.ts';

it('says where the console and the credentials are', () => {
  const settings = {
    dataDir: '/var/lib/elbow',
    admin: { host: '::1', port: 8700 },
    workers: 2,
    availabilityZone: 'az1',
    frontendSubnets: ['127.0.0.0/8'],
    backendSubnets: [],
    publicAddresses: [],
    allowsLoopbackMembers: true,
    allowsLinkLocalMembers: false,
    resolvers: [],
    compressionCpuPercent: 0,
    quotas: defaultQuotas,
    accessLog: 'off' as const,
    accessLogFormat: 'elb' as const,
    accessLogRotateMib: 100,
    accessLogKeep: 5,
    historyKeepEntries: 50_000,
    historyKeepDays: 180,
    sessionIdleMinutes: 30,
    sessionHours: 12,
    tlsEngine: 'node' as const,
  };
  expect(banner(settings)).toContain('http://[::1]:8700/');
  expect(banner(settings)).toContain('/var/lib/elbow/credentials.json');
  expect(banner({ ...settings, admin: { host: '192.0.2.1', port: 443 } })).toContain(
    'https://192.0.2.1:443/',
  );
});
