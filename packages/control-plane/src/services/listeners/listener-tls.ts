import { httpsOnly, httpsOnlyFields, type ListenerTlsFields, type ListenerUpdate } from '@elbow/api';
import {
  checkCertificateType,
  checkEarlyData,
  checkSniCertificates,
  type HttpsListener,
  type Listener,
  systemSecurityPolicyByName,
  type TlsChoice,
} from '@elbow/model';
import { requireOwned } from '../crud/crud.ts';
import { refuseIf, Refusal } from '../crud/refusal.ts';
import type { ServiceContext, Unit } from '../crud/service-context.ts';

type TlsKey = keyof ListenerTlsFields;

const tlsKeys: Readonly<Record<TlsKey, true>> = {
  certificateId: true,
  sniCertificateIds: true,
  sniMatch: true,
  clientCaCertificateId: true,
  securityPolicy: true,
  securityPolicyId: true,
  isHttp2Enabled: true,
  isEarlyDataEnabled: true,
};

/** Parts a wish into what every listener may have and what only HTTPS listeners have. */
export function partWish(wish: ListenerUpdate): {
  readonly tls: Partial<ListenerTlsFields>;
  readonly others: Omit<ListenerUpdate, TlsKey>;
} {
  const entries = Object.entries(wish);
  const isTls = ([key]: readonly [string, unknown]): boolean => Object.hasOwn(tlsKeys, key);
  return {
    tls: Object.fromEntries(entries.filter(isTls)),
    others: Object.fromEntries(entries.filter((entry) => !isTls(entry))) as Omit<ListenerUpdate, TlsKey>,
  };
}

/** A plain listener has no place for a certificate; that HTTP/2 is ignored there is documented. */
export function refuseTlsOfPlain(listener: Listener, tls: Partial<ListenerTlsFields>): void {
  if (listener.protocol === 'HTTPS') return;
  for (const [key, field] of Object.entries(httpsOnlyFields)) {
    const value = tls[key as keyof typeof httpsOnlyFields] ?? null;
    const isAsked = typeof value === 'boolean' ? value : value !== null && value.length > 0;
    if (isAsked) throw new Refusal(httpsOnly(field));
  }
}

/** What the TLS side of a listener names must exist, be of the right kind and fit together. */
export async function checkTlsReferences(
  { fleet }: Pick<ServiceContext, 'fleet'>,
  unit: Unit,
  { listener, before }: { readonly listener: HttpsListener; readonly before: Listener | null },
): Promise<void> {
  const find = (id: string) => requireOwned(unit, 'certificate', id, 'certificate');
  const { certificateId, sniCertificateIds, clientCaCertificateId } = listener;
  refuseIf(checkCertificateType('listener.default_tls_container_ref', await find(certificateId), 'server'));
  const named = await Promise.all(sniCertificateIds.map(find));
  const field = 'listener.sni_container_refs';
  refuseIf(
    ...named.map((certificate) => checkCertificateType(field, certificate, 'server')),
    checkSniCertificates(field, named),
  );
  if (clientCaCertificateId !== null) {
    const authorities = await find(clientCaCertificateId);
    refuseIf(checkCertificateType('listener.client_ca_tls_container_ref', authorities, 'client'));
  }
  const policy = await effectivePolicy(unit, listener);
  const wasEnabled = before?.protocol === 'HTTPS' && before.isEarlyDataEnabled;
  refuseIf(checkEarlyData(listener, { policy, whyNot: fleet.capabilities().whyNoEarlyData, wasEnabled }));
}

async function effectivePolicy(
  unit: Unit,
  { securityPolicyId, securityPolicy }: HttpsListener,
): Promise<TlsChoice | null> {
  if (securityPolicyId === null) return systemSecurityPolicyByName(securityPolicy);
  return requireOwned(unit, 'securityPolicy', securityPolicyId, 'security_policy');
}
