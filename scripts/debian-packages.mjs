import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What the tests and benchmarks run beside Elbow: the Debian package and the command or file that shows it is there. */
export const testPackages = [
  { name: 'nginx', command: 'nginx' },
  { name: 'haproxy', command: 'haproxy' },
  { name: 'caddy', command: 'caddy' },
  { name: 'nghttp2-client', command: 'h2load' },
  { name: 'openssl', command: 'openssl' },
  { name: 'curl', command: 'curl' },
  { name: 'jq', command: 'jq' },
  { name: 'g++', command: 'g++' },
  { name: 'chromium', command: 'chromium' },
  // Pictures of the Chinese console need letters.
  { name: 'fonts-wqy-microhei', file: '/usr/share/fonts/truetype/wqy/wqy-microhei.ttc' },
  { name: 'testssl.sh', command: 'testssl' },
  { name: 'sslscan', command: 'sslscan' },
  { name: 'gnutls-bin', command: 'gnutls-cli' },
  { name: 'valgrind', command: 'valgrind' },
  { name: 'python3-h2', file: '/usr/lib/python3/dist-packages/h2/__init__.py' },
];

/**
 * Installs those of `packages` whose command or file is missing. Needs root and apt-get, else says what is missing.
 * @returns true when all of them are there afterwards.
 */
export function installDebianPackages(packages) {
  const missing = packages.filter((entry) => !isThere(entry));
  if (missing.length === 0) return true;
  const names = missing.map((entry) => entry.name);
  if (process.getuid?.() !== 0 || !hasCommand('apt-get')) {
    console.error(
      `elbow: missing packages: ${names.join(' ')} (install them, or run this as root on Debian)`,
    );
    return false;
  }
  console.error(`elbow: installing Debian packages: ${names.join(' ')}`);
  withoutServices(() => {
    aptGet(['update', '-q']);
    aptGet(['install', '-y', '-q', '--no-install-recommends', ...names]);
  });
  const stillMissing = missing.filter((entry) => !isThere(entry)).map((entry) => entry.name);
  if (stillMissing.length > 0) console.error(`elbow: could not install: ${stillMissing.join(' ')}`);
  return stillMissing.length === 0;
}

function aptGet(words) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', words, { stdio: ['ignore', 2, 2], env });
}

/** Debian starts a server as soon as it is installed, unless policy-rc.d says no (status 101). */
function withoutServices(work) {
  const policy = '/usr/sbin/policy-rc.d';
  const isOurs = !existsSync(policy);
  if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    work();
  } finally {
    if (isOurs) rmSync(policy, { force: true });
  }
}

function isThere({ command, file }) {
  return file === undefined ? hasCommand(command) : existsSync(file);
}

function hasCommand(command) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => folder !== '' && existsSync(join(folder, command)));
}
