import { fileURLToPath } from 'node:url';
import type { Load } from './load.ts';
import type { LoadOutcome } from './h2load-output.ts';
import type { TlsClientReport } from './tls-client.ts';

const program = fileURLToPath(new URL('./tls-client.ts', import.meta.url));

/** Runs our own client where h2load cannot do what a case asks for. Its requests are HTTP/1.1, one per connection. */
export async function runTlsLoad(load: Load, timeoutMs: number): Promise<LoadOutcome> {
  const { benchCase, target, requests, cpu, children, clientPair } = load;
  const words = [
    `--host=${target.host}`,
    `--port=${target.port}`,
    `--path=${benchCase.path}`,
    `--requests=${requests}`,
    `--connections=${benchCase.connections}`,
    ...(benchCase.client === 'resuming' ? ['--resumes'] : []),
    ...(benchCase.client === 'mutual'
      ? ['--cert', clientPair.certificatePath, '--key', clientPair.keyPath]
      : []),
  ];
  const output = await children.run(process.execPath, [program, ...words], { cpu, timeoutMs });
  const report = JSON.parse(output) as TlsClientReport;
  // A handshake that was to be short and was not has not done the work that is measured.
  const isShort = benchCase.client === 'resuming';
  const succeeded = isShort ? Math.min(report.succeeded, report.resumed) : report.succeeded;
  return {
    total: report.total,
    succeeded,
    failed: report.total - succeeded,
    statuses: `${report.succeeded} 200, ${report.resumed} resumed`,
    requestsPerSecond: report.total / report.seconds,
    dataBytes: 0,
    tlsProtocol: report.protocol,
    cipher: report.cipher,
    applicationProtocol: 'http/1.1',
  };
}
