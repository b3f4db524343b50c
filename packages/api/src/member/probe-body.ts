import { type HealthMonitor, mapOutcome, type Outcome } from '@elbow/model';
import { z } from 'zod';
import { healthMonitorBodies } from '../health-monitor/health-monitor-body.ts';
import { parseBody } from '../schema/parse-body.ts';
import { integer } from '../schema/values.ts';
import { memberBodies } from './member-body.ts';

const member = memberBodies.create.shape;
const monitor = healthMonitorBodies.create.shape;
const usualTimeoutSeconds = 3;

/** A member and its health check in one, each field under the rules that it has there. */
const body = z.strictObject({
  address: member.address,
  protocol_port: member.protocol_port,
  protocol: monitor.type,
  domain_name: monitor.domain_name,
  url_path: monitor.url_path,
  http_method: monitor.http_method,
  expected_codes: monitor.expected_codes,
  // Somebody waits for the answer, so it is shorter than that of a health monitor.
  timeout: integer(1, 10).default(usualTimeoutSeconds),
});

export interface ProbeRequest {
  /** An address or a host name, not yet in canonical form. */
  readonly address: string;
  readonly port: number;
  readonly type: HealthMonitor['type'];
  readonly domainName: string | null;
  readonly path: string;
  readonly method: HealthMonitor['httpMethod'];
  /** Null: those that are usual for the type. */
  readonly expectedCodes: string | null;
  readonly timeoutMs: number;
}

export function parseProbe(input: unknown): Outcome<ProbeRequest> {
  return mapOutcome(parseBody('probe', body, input), (wire) => ({
    address: wire.address,
    port: wire.protocol_port,
    type: wire.protocol,
    domainName: wire.domain_name,
    path: wire.url_path ?? '/',
    method: wire.http_method ?? 'GET',
    expectedCodes: wire.expected_codes,
    timeoutMs: wire.timeout * 1000,
  }));
}

/** The body as clients write it, below its one key. */
export type ProbeBody = z.input<typeof body>;

/** For documents that are made from the schemas. */
export const probeBodies = { create: body } as const;
