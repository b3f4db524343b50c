import { conflict, invalidField, type Problem } from './problem.ts';
import type { TlsChoice } from './system-security-policy.ts';
import { suiteFits, unavailableSuites } from './tls-suite.ts';

/** A policy that no client could use is a mistake; so is one that leans on a suite which is never offered. */
export function checkTlsChoice({ protocols, ciphers }: TlsChoice): Problem | null {
  const missing = ciphers.filter((suite) => unavailableSuites.has(suite));
  if (missing.length > 0) {
    return invalidField(
      'security_policy.ciphers',
      `${missing.join(', ')}: the TLS library of this installation does not have this, see its capabilities`,
    );
  }
  if (ciphers.some((suite) => protocols.some((protocol) => suiteFits(suite, protocol)))) return null;
  return invalidField(
    'security_policy.ciphers',
    `none of the ciphers can be used with ${protocols.join(', ')}`,
  );
}

export function checkSecurityPolicyIsUnused(id: string, listenerIds: readonly string[]): Problem | null {
  if (listenerIds.length === 0) return null;
  return conflict(`security policy ${id} is in use by listener(s) ${listenerIds.join(', ')}`);
}
