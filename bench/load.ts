import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchCase } from './cases.ts';
import type { CertificateFiles } from './certificates.ts';
import type { ChildProcesses } from './child-processes.ts';
import { parseH2loadOutput } from './h2load-output.ts';
import type { LoadOutcome } from './h2load-output.ts';
import { runTlsLoad } from './tls-load.ts';

export interface Load {
  /** What clients show where they have to. */
  readonly clientPair: CertificateFiles;
  readonly benchCase: BenchCase;
  readonly target: { readonly host: string; readonly port: number };
  readonly requests: number;
  readonly cpu: number | undefined;
  readonly dir: string;
  readonly children: ChildProcesses;
}

/** One minute is thirty times what a run takes; a run that needs longer is stuck. */
const runTimeoutMs = 60_000;

/** Sends the requests of one run and tells how they ended; throws when the client cannot finish. */
export async function runLoad(load: Load): Promise<LoadOutcome> {
  const { benchCase, target, requests, cpu, dir, children } = load;
  if (benchCase.client !== 'h2load') return runTlsLoad(load, runTimeoutMs);
  const { protocol, connections, streamsPerConnection, path, bodyBytes, acceptEncoding } = benchCase;
  const flags = [
    protocol === 'http/1.1' ? '--h1' : '--npn-list=h2',
    '-t1',
    `-c${connections}`,
    `-m${streamsPerConnection}`,
    `-n${requests}`,
    ...(acceptEncoding === null ? [] : [`--header=accept-encoding: ${acceptEncoding}`]),
    ...(bodyBytes > 0 ? [`--data=${await bodyFile(dir, bodyBytes)}`] : []),
  ];
  const url = `https://${target.host}:${target.port}${path}`;
  const output = await children.run('h2load', [...flags, url], { cpu, timeoutMs: runTimeoutMs });
  return parseH2loadOutput(output);
}

/** Why a run proves nothing, or undefined when it did exactly the work that was asked for. */
export function fault(outcome: LoadOutcome, benchCase: BenchCase): string | undefined {
  if (outcome.failed > 0)
    return `${outcome.failed} of ${outcome.total} requests failed (answers: ${outcome.statuses})`;
  // A page of 100 KB in Brotli is less than half of that.
  if (benchCase.acceptEncoding !== null && outcome.dataBytes > 50_000 * outcome.total)
    return 'answers came uncompressed';
  if (outcome.tlsProtocol !== 'TLSv1.3')
    return `negotiated ${outcome.tlsProtocol ?? 'no TLS'} instead of TLSv1.3`;
  // Without ALPN in the answer a client speaks HTTP/1.1 (RFC 7301 section 3.2).
  const protocol = outcome.applicationProtocol ?? 'http/1.1';
  return protocol === benchCase.protocol
    ? undefined
    : `negotiated ${protocol} instead of ${benchCase.protocol}`;
}

async function bodyFile(dir: string, bytes: number): Promise<string> {
  const path = join(dir, `body-${bytes}`);
  await writeFile(path, Buffer.alloc(bytes, 'e'));
  return path;
}
