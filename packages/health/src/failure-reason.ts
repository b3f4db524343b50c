import type { HealthFailureCode, HealthReason } from '@elbow/plan';
import type { CheckPhase } from './check-outcome.ts';
import { authorityOf, type CheckTarget, placeOf, serverNameOf } from './check-target.ts';
import { codesToText } from './expected-codes.ts';

/** Longest text of an error that goes into a reason: it may come from the member. */
const MOST_DETAIL = 200;

/** Failures of this machine, not of the member: no descriptors, no local ports, no memory for sockets. */
const ownTroubles: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL']);

export function isOwnTrouble(error: NodeJS.ErrnoException): boolean {
  return error.code !== undefined && ownTroubles.has(error.code);
}

/** The deadline passed in this phase. */
export function timeoutReason(target: CheckTarget, phase: CheckPhase): HealthReason {
  const seconds = `within ${target.check.timeoutMs / 1000} s`;
  switch (phase) {
    case 'connect':
      return reason(
        'CONNECT_TIMEOUT',
        `no connection to ${placeOf(target)} ${seconds}: the member is down, or a packet filter, route or security ` +
          'group between the backend subnet and the member drops the packets',
      );
    case 'handshake':
      return reason(
        'SSL_HANDSHAKE_ERROR',
        `${placeOf(target)} did not finish the TLS handshake ${seconds}: does it speak TLS on this port?`,
      );
    case 'send':
      return reason('SEND_REQUEST_TIMEOUT', `${placeOf(target)} did not take the request ${seconds}`);
    case 'receive':
      return reason(
        'RECV_RESPONSE_TIMEOUT',
        `${placeOf(target)} took the connection but did not answer ${askedFor(target)} ${seconds}`,
      );
  }
}

/** The socket said this error in this phase. */
export function errorReason(
  target: CheckTarget,
  phase: CheckPhase,
  error: NodeJS.ErrnoException,
): HealthReason {
  const detail = (error.code ?? error.message).slice(0, MOST_DETAIL);
  if (phase === 'connect') return connectReason(target, detail);
  if (phase === 'handshake') {
    const text = error.message.replaceAll(/[^\x20-\x7e]+/g, ' ').slice(0, MOST_DETAIL);
    if (isDistrust(error)) return distrustReason(target, error, text);
    return reason('SSL_HANDSHAKE_ERROR', `the TLS handshake with ${placeOf(target)} failed: ${text}`);
  }
  if (phase === 'send')
    return reason('SEND_REQUEST_FAILED', `the request to ${placeOf(target)} could not be sent: ${detail}`);
  const isReset = error.code === 'ECONNRESET';
  return isReset
    ? reason('CONNECT_INTERRUPT', `${placeOf(target)} reset the connection instead of answering`)
    : reason('RECV_RESPONSE_FAILED', `the answer of ${placeOf(target)} could not be read: ${detail}`);
}

/** The handshake went well and the certificate did not: OpenSSL's names for it, and node's for a name that does not fit. */
function isDistrust({ code }: NodeJS.ErrnoException): boolean {
  return (
    code !== undefined &&
    /^(?:ERR_TLS_CERT_|UNABLE_TO_|CERT_|CRL_|SELF_SIGNED|DEPTH_ZERO|INVALID_|PATH_LENGTH|HOSTNAME_)/.test(
      code,
    )
  );
}

function distrustReason(target: CheckTarget, { code }: NodeJS.ErrnoException, text: string): HealthReason {
  const name = serverNameOf(target) ?? target.address;
  const problem =
    code === 'ERR_TLS_CERT_ALTNAME_INVALID'
      ? `is not for ${name}, which its pool asks for`
      : 'cannot be verified with the authorities of its pool';
  return reason('SSL_HANDSHAKE_ERROR', `the certificate of ${placeOf(target)} ${problem}: ${text}`);
}

function connectReason(target: CheckTarget, detail: string): HealthReason {
  if (detail === 'ECONNREFUSED') {
    return reason(
      'CONNECT_REFUSED',
      `${placeOf(target)} refused the connection: nothing listens on the port, or a firewall rejects it`,
    );
  }
  if (detail === 'ETIMEDOUT') return timeoutReason(target, 'connect');
  if (detail === 'ECONNRESET')
    return reason('CONNECT_INTERRUPT', `${placeOf(target)} reset the connection while it was being made`);
  return reason('CONNECT_FAILED', `no connection to ${placeOf(target)}: ${detail}`);
}

/** The member ended the connection before the answer was there. */
export function closedReason(target: CheckTarget, phase: CheckPhase): HealthReason {
  if (phase === 'handshake') {
    return reason(
      'SSL_HANDSHAKE_ERROR',
      `${placeOf(target)} closed the connection during the TLS handshake: does it speak TLS on this port?`,
    );
  }
  return reason(
    'RECV_RESPONSE_FAILED',
    `${placeOf(target)} closed the connection without an answer to ${askedFor(target)}`,
  );
}

/** Bytes came that are no answer. */
export function formatReason(target: CheckTarget, problem: string): HealthReason {
  return reason(
    'RESPONSE_FORMAT_ERROR',
    `${placeOf(target)} answered ${askedFor(target)} with bytes that are not ${protocolOf(target)}: ${problem}`,
  );
}

/** An answer came, with another code. `words` explains it where a number alone does not. */
export function mismatchReason(target: CheckTarget, code: number, words = ''): HealthReason {
  const expected = codesToText(target.check.expectedCodes);
  const came = words === '' ? `${code}` : `${code} (${words})`;
  return {
    code: 'RESPONSE_MISMATCH',
    message: `${placeOf(target)} answered ${askedFor(target)} with ${came}; expected ${expected}`,
    expected,
    actual: `${code}`,
  };
}

function reason(code: HealthFailureCode, message: string): HealthReason {
  return { code, message, expected: null, actual: null };
}

function protocolOf({ check }: CheckTarget): string {
  return check.type === 'GRPC' ? 'HTTP/2' : 'HTTP/1';
}

function askedFor(target: CheckTarget): string {
  const { type, method, path } = target.check;
  if (type === 'TCP' || type === 'TLS') return 'the connection';
  if (type === 'GRPC') return `grpc.health.v1.Health/Check of ${authorityOf(target)}`;
  return `${method} ${path} for ${authorityOf(target)}`;
}
