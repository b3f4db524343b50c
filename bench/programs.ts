import { existsSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { runCommand } from './child-processes.ts';

/** What the benchmark runs, and the Debian package that brings it. */
const packageOf: Readonly<Record<string, string>> = {
  nginx: 'nginx',
  haproxy: 'haproxy',
  caddy: 'caddy',
  h2load: 'nghttp2-client',
  openssl: 'openssl',
  taskset: 'util-linux',
};

/** A file of a Debian package that is no program, and the package. */
const brotliModule = '/usr/lib/nginx/modules/ngx_http_brotli_filter_module.so';
const moduleOf: Readonly<Record<string, string>> = { [brotliModule]: 'libnginx-mod-http-brotli-filter' };

const policyPath = '/usr/sbin/policy-rc.d';

/** Installs the programs that are missing; throws with their package names when that is not possible. */
export async function installMissingPrograms(): Promise<void> {
  const missing = missingPrograms();
  if (missing.length === 0) return;
  const packages = missing.map((name) => packageOf[name] ?? moduleOf[name]!);
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(
      `missing programs: ${missing.join(', ')}. Install these Debian packages first: ${packages.join(' ')}`,
    );
  }
  console.log(`installing ${packages.join(' ')} …`);
  await withoutServiceStart(async () => {
    const install = (args: readonly string[]) =>
      runCommand('env', ['DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', ...args], { timeoutMs: 300_000 });
    await install(['update']);
    await install(['install', '-y', '--no-install-recommends', ...packages]);
  });
}

function missingPrograms(): readonly string[] {
  const directories = `${process.env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin`.split(':');
  const programs = Object.keys(packageOf).filter(
    (program) => !directories.some((dir) => existsSync(`${dir}/${program}`)),
  );
  return [...programs, ...Object.keys(moduleOf).filter((path) => !existsSync(path))];
}

/**
 * Packages start their services after they are unpacked unless policy-rc.d forbids it (Debian Policy, section 9.3.3.1).
 * A policy that the machine has already is left alone: it may say something else, but it is the owner's word.
 */
async function withoutServiceStart(install: () => Promise<void>): Promise<void> {
  if (existsSync(policyPath)) return install();
  await writeFile(policyPath, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  const removePolicy = () => rmSync(policyPath, { force: true });
  // Ctrl-C ends the process before `finally` has its turn.
  process.once('exit', removePolicy);
  try {
    await install();
  } finally {
    process.off('exit', removePolicy);
    removePolicy();
  }
}
