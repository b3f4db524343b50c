import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CertificateAuthority, CertificateFiles } from './certificates.ts';
import { runOrThrow } from './run-command.ts';

const DAY_MS = 86_400_000;

/**
 * The list of certificates that an authority has revoked, as PEM, made by openssl.
 * @param days how long it holds; below zero it has run out
 */
export async function makeRevocations(
  authority: CertificateAuthority,
  revoked: readonly CertificateFiles[],
  days = 30,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'elbow-crl-'));
  try {
    const config = join(folder, 'config');
    writeFileSync(join(folder, 'index'), '');
    writeFileSync(
      config,
      `[ca]\ndefault_ca=a\n[a]\ndatabase=${join(folder, 'index')}\ndefault_md=sha256\ncertificate=${authority.certificateFile}\nprivate_key=${authority.keyFile}\n`,
    );
    for (const { certificateFile } of revoked)
      await runOrThrow('openssl', ['ca', '-config', config, '-revoke', certificateFile]);
    const limits = days < 0 ? runOut(days) : ['-crldays', String(days)];
    return await runOrThrow('openssl', ['ca', '-config', config, '-gencrl', ...limits]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runOut(days: number): readonly string[] {
  const time = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
  const end = Date.now() + days * DAY_MS;
  return ['-crl_lastupdate', time(end - DAY_MS), '-crl_nextupdate', time(end)];
}
