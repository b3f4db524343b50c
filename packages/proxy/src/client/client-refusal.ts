import type { SecureFacts } from '@elbow/tls';
import { type StatusPage, statusPage } from '@elbow/traffic';

export interface ClientRefusal {
  readonly page: StatusPage;
  /** For the log of events. */
  readonly reason: string;
}

/**
 * Why a client that was asked for a certificate may not come in; null when it may. Fixed for the connection's life, and
 * asked before every request: only a verdict of `good` opens.
 */
export function clientRefusal(secure: SecureFacts | null): ClientRefusal | null {
  const client = secure?.client ?? null;
  if (client === null || client.verdict === 'good') return null;
  if (client.verdict === 'none') {
    const page = statusPage(400, '', 'No required SSL certificate was sent');
    return { page, reason: 'no client certificate' };
  }
  const page = statusPage(400, '', 'The SSL certificate error');
  return { page, reason: `client certificate refused: ${client.reason ?? 'unknown'}` };
}
