import {
  type Certificate,
  domainNames,
  type HttpsListener,
  systemSecurityPolicyByName,
  type TlsChoice,
} from '@elbow/model';
import type { ListenerTls, NamedCertificates } from '@elbow/plan';
import type { ResolvedTree } from './resolve.ts';
import { compileTlsPolicy } from './tls-policy.ts';

/** @returns a text where the listener's TLS cannot be made: the reason */
export function compileListenerTls(listener: HttpsListener, tree: ResolvedTree): ListenerTls | string {
  const problem = checkCertificates(listener, tree);
  if (problem !== null) return problem;
  const choice = choiceOf(listener, tree);
  if (typeof choice === 'string') return choice;
  const policy = compileTlsPolicy(choice);
  if (policy === null) return 'its security policy leaves no version of TLS with a suite';
  return {
    certificateId: listener.certificateId,
    names: compileNames(listener.sniCertificateIds, tree),
    nameMatch: listener.sniMatch,
    clientAuthorityId: listener.clientCaCertificateId,
    takesEarlyData:
      listener.isEarlyDataEnabled &&
      listener.clientCaCertificateId === null &&
      policy.maxVersion === 'TLSv1.3',
    ...policy,
  };
}

/** Every certificate that a listener needs. */
export function certificateIdsOf(listener: HttpsListener): readonly string[] {
  const { certificateId, sniCertificateIds, clientCaCertificateId } = listener;
  const own = [certificateId, ...sniCertificateIds];
  return clientCaCertificateId === null ? own : [...own, clientCaCertificateId];
}

/** @returns what is wrong, or null */
function checkCertificates(listener: HttpsListener, tree: ResolvedTree): string | null {
  const missing = certificateIdsOf(listener).find((id) => !tree.certificates.has(id));
  return missing === undefined ? null : `certificate ${missing} does not exist`;
}

/** @returns a text where there is no such policy */
function choiceOf(listener: HttpsListener, tree: ResolvedTree): TlsChoice | string {
  const { securityPolicyId, securityPolicy } = listener;
  const own = securityPolicyId === null ? undefined : tree.securityPolicies.get(securityPolicyId);
  const system = securityPolicyId === null ? systemSecurityPolicyByName(securityPolicy) : null;
  return own ?? system ?? `security policy ${securityPolicyId ?? securityPolicy} does not exist`;
}

/** One entry for each domain; the certificate with the elliptic-curve key comes first. */
function compileNames(ids: readonly string[], tree: ResolvedTree): readonly NamedCertificates[] {
  const certificates = ids.map((id) => tree.certificates.get(id)).filter((one) => one !== undefined);
  const byName = new Map<string, Certificate[]>();
  for (const certificate of certificates.toSorted(byKeyTypeAndId))
    for (const name of new Set(domainNames(certificate.domain?.toLowerCase() ?? null)))
      byName.set(name, [...(byName.get(name) ?? []), certificate]);
  return [...byName]
    .map(([name, holders]) => ({ name, certificateIds: holders.map(({ id }) => id) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function byKeyTypeAndId(a: Certificate, b: Certificate): number {
  const [left, right] = [a, b].map(({ keyType, id }) => `${keyType === 'RSA' ? 1 : 0} ${id}`);
  return left! < right! ? -1 : 1;
}
