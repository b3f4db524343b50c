import { join } from 'node:path';
import type { Settings } from '@elbow/model';

/** What a person needs to know once everything runs. Holds no secret: it may end up in a log. */
export function banner({ admin, dataDir, frontendSubnets }: Settings): string {
  const host = admin.host.includes(':') ? `[${admin.host}]` : admin.host;
  const scheme = isLoopback(admin.host) ? 'http' : 'https';
  return [
    '',
    'Elbow is ready.',
    `  Console and API   ${scheme}://${host}:${admin.port}/`,
    `  Credentials       ${join(dataDir, 'credentials.json')}`,
    `  Load balancers    get addresses (VIPs) from ${frontendSubnets.join(', ')}`,
    '  Ctrl-C stops it.',
    '',
    '',
  ].join('\n');
}

/** Elsewhere the admin port speaks TLS. */
function isLoopback(host: string): boolean {
  return host.startsWith('127.') || host === '::1';
}
