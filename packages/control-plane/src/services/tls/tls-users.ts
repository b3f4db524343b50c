import type { HttpsListener, Listener, Pool } from '@elbow/model';
import type { Reader } from '@elbow/store';

/** Every certificate that a listener names, in whatever role. */
export function certificateIdsOf(listener: Listener): readonly string[] {
  if (listener.protocol !== 'HTTPS') return [];
  const { certificateId, sniCertificateIds, clientCaCertificateId } = listener;
  return [certificateId, ...sniCertificateIds, clientCaCertificateId].filter((id) => id !== null);
}

/** Listeners that name a certificate. Lists have no column of their own: a project's few listeners are looked through. */
export async function listenersWithCertificate(
  reader: Reader,
  { id, projectId }: { readonly id: string; readonly projectId: string },
): Promise<readonly HttpsListener[]> {
  const listeners = await httpsListeners(reader, projectId);
  return listeners.filter((listener) => certificateIdsOf(listener).includes(id));
}

/** HTTPS listeners of a project, for those that look for several things in them. */
export async function httpsListeners(reader: Reader, projectId: string): Promise<readonly HttpsListener[]> {
  const listeners = await reader.list('listener', { projectId });
  return listeners.filter((listener) => listener.protocol === 'HTTPS');
}

/** Pools whose members are verified against a stored bundle. */
export async function poolsWithAuthority(
  reader: Reader,
  { id, projectId }: { readonly id: string; readonly projectId: string },
): Promise<readonly Pool[]> {
  const pools = await reader.list('pool', { projectId });
  return pools.filter(({ memberTls }) => memberTls?.caCertificateId === id);
}
