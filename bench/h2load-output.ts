/** What one run of h2load reported. */
export interface LoadOutcome {
  readonly total: number;
  readonly succeeded: number;
  /** Requests that did not end with a complete 2xx answer. */
  readonly failed: number;
  /** Answers by class as h2load writes them: `20000 2xx, 0 3xx, 0 4xx, 0 5xx`. */
  readonly statuses: string;
  readonly requestsPerSecond: number;
  /** Of all bodies. */
  readonly dataBytes: number;
  readonly tlsProtocol: string | undefined;
  readonly cipher: string | undefined;
  readonly applicationProtocol: string | undefined;
}

/**
 * Reads the report that h2load prints; throws an Error when the summary lines are not there.
 * A complete answer with another status than 2xx counts as failed, because it did not do the work that is measured;
 * so does a request that was never started, which h2load counts neither as failed nor as errored.
 */
export function parseH2loadOutput(text: string): LoadOutcome {
  const requests = /^requests: (\d+) total, \d+ started, \d+ done, (\d+) succeeded,/m.exec(text);
  const statuses = /^status codes: ((\d+) 2xx, \d+ 3xx, \d+ 4xx, \d+ 5xx)/m.exec(text);
  const finished = /^finished in [^,]+, ([\d.]+) req\/s/m.exec(text);
  if (requests === null || statuses === null || finished === null) {
    throw new Error(`this is not a complete h2load report:\n${text.slice(0, 2000)}`);
  }
  const total = Number(requests[1]);
  const succeeded = Math.min(Number(requests[2]), Number(statuses[2]));
  return {
    total,
    succeeded,
    failed: total - succeeded,
    statuses: statuses[1]!,
    requestsPerSecond: Number(finished[1]),
    dataBytes: Number(/^traffic: .* \((\d+)\) data$/m.exec(text)?.[1] ?? 0),
    tlsProtocol: lineValue(text, 'TLS Protocol'),
    cipher: lineValue(text, 'Cipher'),
    applicationProtocol: lineValue(text, 'Application protocol'),
  };
}

function lineValue(text: string, name: string): string | undefined {
  return new RegExp(`^${name}: (.+)$`, 'm').exec(text)?.[1]?.trim();
}
