import type { CertificateWire, ListenerWire } from '@elbow/api';

export type CertificateRole = 'server' | 'sni' | 'ca';

/** One listener that uses a certificate, and what for. */
export interface CertificateUse {
  readonly listener: ListenerWire;
  readonly roles: readonly CertificateRole[];
}

/** Which listeners use which certificate, by its id. */
export function usesOf(listeners: readonly ListenerWire[]): ReadonlyMap<string, readonly CertificateUse[]> {
  const uses = new Map<string, CertificateUse[]>();
  for (const listener of listeners) {
    for (const id of new Set(idsOf(listener))) {
      const known = uses.get(id) ?? [];
      known.push({ listener, roles: rolesOf(listener, id) });
      uses.set(id, known);
    }
  }
  return uses;
}

function idsOf(listener: ListenerWire): readonly string[] {
  const { default_tls_container_ref: own, client_ca_tls_container_ref: ca } = listener;
  return [own, ...listener.sni_container_refs, ca].filter((id) => id !== null);
}

function rolesOf(listener: ListenerWire, id: string): readonly CertificateRole[] {
  return [
    ...(listener.default_tls_container_ref === id ? (['server'] as const) : []),
    ...(listener.sni_container_refs.includes(id) ? (['sni'] as const) : []),
    ...(listener.client_ca_tls_container_ref === id ? (['ca'] as const) : []),
  ];
}

/** The fields of a listener that change when one certificate takes the place of another. */
export function withReplacement(listener: ListenerWire, from: string, to: string) {
  const { default_tls_container_ref: own, client_ca_tls_container_ref: ca } = listener;
  const sni = listener.sni_container_refs;
  return {
    ...(own === from ? { default_tls_container_ref: to } : {}),
    ...(ca === from ? { client_ca_tls_container_ref: to } : {}),
    ...(sni.includes(from)
      ? { sni_container_refs: [...new Set(sni.map((id) => (id === from ? to : id)))] }
      : {}),
  };
}

const dayMs = 86_400_000;
const soonDays = 30;

export type Expiry = 'expired' | 'expiring' | 'fine';

export function daysLeft({ expire_time: time }: CertificateWire, nowMs: number): number {
  return Math.floor((Date.parse(time) - nowMs) / dayMs);
}

export function expiryOf(certificate: CertificateWire, nowMs: number): Expiry {
  const days = daysLeft(certificate, nowMs);
  if (days < 0) return 'expired';
  return days < soonDays ? 'expiring' : 'fine';
}
