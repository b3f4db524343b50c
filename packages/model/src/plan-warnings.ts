import type { Certificate } from './certificate.ts';
import { domainNames } from './certificate-rules.ts';
import type { Listener } from './listener.ts';
import type { TlsChoice } from './system-security-policy.ts';
import { suiteFits } from './tls-suite.ts';

/** Something that is allowed and probably not meant. */
export interface PlanWarning {
  readonly code: WarningCode;
  /** Of the body that asks for it. */
  readonly field: string;
  readonly message: string;
}

export type WarningCode =
  | 'certificateExpired'
  | 'certificateExpiresSoon'
  | 'nameNotCovered'
  | 'nameNotInSni'
  | 'earlyDataReplay'
  | 'noSuiteForKey'
  | 'outdatedProtocol'
  | 'whitelistEmpty'
  | 'callerNotInWhitelist'
  | 'callerInBlacklist'
  | 'blacklistEmpty'
  | 'noPool'
  | 'noMembers'
  | 'noWeight'
  | 'noHealthCheck'
  | 'timeoutNotBelowInterval';

/** All that the rules look at. */
export interface PlanFacts {
  readonly listener: Listener;
  /** The one shown when no name fits first, then those for SNI. */
  readonly certificates: readonly Certificate[];
  readonly authorities: Certificate | null;
  /** Null for plain HTTP. */
  readonly tls: TlsChoice | null;
  /** Null while access control is off. */
  readonly access: {
    readonly type: 'white' | 'black';
    readonly entryCount: number;
    readonly hasCaller: boolean;
    readonly caller: string;
  } | null;
  readonly serverNames: readonly string[];
  /** Of the default pool's members; null without a pool. */
  readonly memberWeights: readonly number[] | null;
  readonly healthCheck: { readonly intervalSeconds: number; readonly timeoutSeconds: number } | null;
  readonly nowMs: number;
}

const dayMs = 86_400_000;
const soonMs = 30 * dayMs;
const certificateField = 'listener.default_tls_container_ref';
const sniField = 'listener.sni_container_refs';

export function planWarnings(facts: PlanFacts): readonly PlanWarning[] {
  return [
    ...facts.certificates.flatMap((one, at) => validity(one, at === 0 ? certificateField : sniField, facts)),
    ...(facts.authorities === null
      ? []
      : validity(facts.authorities, 'listener.client_ca_tls_container_ref', facts)),
    ...names(facts),
    ...protocols(facts),
    ...access(facts),
    ...pool(facts),
  ];
}

function validity(
  { name, id, expiresAtMs }: Certificate,
  field: string,
  { nowMs }: PlanFacts,
): readonly PlanWarning[] {
  const day = new Date(expiresAtMs).toISOString().slice(0, 10);
  const what = `certificate ${name || id}`;
  if (expiresAtMs <= nowMs)
    return [warning('certificateExpired', field, `${what} expired on ${day}: clients will see an error`)];
  if (expiresAtMs - nowMs > soonMs) return [];
  const days = Math.floor((expiresAtMs - nowMs) / dayMs);
  return [warning('certificateExpiresSoon', field, `${what} expires on ${day}, in ${days} days`)];
}

/** Names that clients ask for must be in a certificate; those in a certificate for SNI should also lead to it. */
function names({ certificates, serverNames, listener }: PlanFacts): readonly PlanWarning[] {
  if (listener.protocol !== 'HTTPS') return [];
  const certified = certificates.flatMap(certifiedNames);
  const uncovered = serverNames.filter((name) => !certified.some((pattern) => covers(pattern, name)));
  const missing = certificates.slice(1).flatMap((certificate) => {
    const served = domainNames(certificate.domain);
    const left = certifiedNames(certificate).filter((name) => !served.some((one) => covers(one, name)));
    return left.length === 0
      ? []
      : [
          warning(
            'nameNotInSni',
            sniField,
            `certificate ${certificate.name || certificate.id} also holds ${left.join(', ')}, which is not among ` +
              'its domains: clients that ask for it get the server certificate',
          ),
        ];
  });
  return [
    ...uncovered.map((name) =>
      warning('nameNotCovered', certificateField, `${name} is in none of the certificates`),
    ),
    ...missing,
  ];
}

function certifiedNames({ subjectAlternativeNames, commonName }: Certificate): readonly string[] {
  const all = subjectAlternativeNames.length > 0 ? subjectAlternativeNames : [commonName];
  return all.filter((name) => name !== '');
}

/** RFC 6125 section 6.4.3: a star stands for exactly one label, the leftmost. */
function covers(pattern: string, name: string): boolean {
  const [certified, asked] = [pattern.toLowerCase(), name.toLowerCase()];
  if (certified === asked) return true;
  return certified.startsWith('*.') && asked.slice(asked.indexOf('.')) === certified.slice(1);
}

function protocols({ listener, tls, certificates }: PlanFacts): readonly PlanWarning[] {
  if (listener.protocol !== 'HTTPS' || tls === null) return [];
  const field =
    listener.securityPolicyId === null ? 'listener.tls_ciphers_policy' : 'listener.security_policy_id';
  const old = tls.protocols.filter((protocol) => protocol === 'TLSv1' || protocol === 'TLSv1.1');
  const unfit = certificates.filter((certificate) => !hasSuite(tls, certificate.keyType));
  return [
    ...(old.length === 0
      ? []
      : [
          warning(
            'outdatedProtocol',
            field,
            `the security policy allows ${old.join(' and ')}, which are outdated`,
          ),
        ]),
    ...unfit.map(({ name, id, keyType }) =>
      warning(
        'noSuiteForKey',
        field,
        `no suite of the security policy fits the ${keyType} key of certificate ${name || id}: no client can connect with it`,
      ),
    ),
    ...(listener.isEarlyDataEnabled
      ? [
          warning(
            'earlyDataReplay',
            'listener.ssl_early_data_enable',
            'requests in early data may be replayed by an attacker (RFC 8446 section 8)',
          ),
        ]
      : []),
  ];
}

/** Before TLS 1.3 a suite names the kind of key that it goes with; from then on every suite goes with every key. */
function hasSuite({ protocols: versions, ciphers }: TlsChoice, keyType: Certificate['keyType']): boolean {
  const usable = ciphers.filter((suite) => versions.some((version) => suiteFits(suite, version)));
  return usable.some((suite) => {
    if (suite.startsWith('TLS_')) return true;
    return suite.includes('ECDSA') ? keyType !== 'RSA' : keyType === 'RSA' && !suite.includes('DSS');
  });
}

function access({ access: control }: PlanFacts): readonly PlanWarning[] {
  if (control === null) return [];
  const field = 'listener.ipgroup';
  const { type, entryCount, hasCaller, caller } = control;
  if (entryCount === 0)
    return type === 'white'
      ? [warning('whitelistEmpty', field, 'the whitelist is empty: nobody will be able to connect')]
      : [warning('blacklistEmpty', field, 'the blacklist is empty: everybody can connect')];
  if (type === 'white' && !hasCaller)
    return [warning('callerNotInWhitelist', field, `your current address ${caller} is not in the whitelist`)];
  if (type === 'black' && hasCaller)
    return [warning('callerInBlacklist', field, `your current address ${caller} is in the blacklist`)];
  return [];
}

function pool({ memberWeights, healthCheck, listener }: PlanFacts): readonly PlanWarning[] {
  if (memberWeights === null) {
    if (listener.defaultPoolId !== null) return [];
    return [warning('noPool', 'listener.default_pool_id', 'there is no pool: requests will get 503')];
  }
  const found: PlanWarning[] = [];
  if (memberWeights.length === 0)
    found.push(warning('noMembers', 'members', 'the pool has no members yet: requests will get 503'));
  else if (memberWeights.every((weight) => weight === 0))
    found.push(warning('noWeight', 'members', 'every member has the weight 0: requests will get 503'));
  if (healthCheck === null)
    found.push(
      warning('noHealthCheck', 'healthmonitor', 'without a health check traffic may go to dead members'),
    );
  else if (healthCheck.timeoutSeconds >= healthCheck.intervalSeconds)
    found.push(
      warning(
        'timeoutNotBelowInterval',
        'healthmonitor.timeout',
        'the timeout is not shorter than the interval',
      ),
    );
  return found;
}

function warning(code: WarningCode, field: string, message: string): PlanWarning {
  return { code, field, message };
}
