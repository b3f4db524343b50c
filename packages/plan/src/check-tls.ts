import { boolean, type Check, type Checks, fields, list, nullable, oneOf, text } from './check.ts';
import { id } from './check-values.ts';
import {
  type ListenerTls,
  type NamedCertificates,
  type TlsField,
  tlsFacts,
  type TlsVersion,
} from './chunk.ts';

const tlsVersions: readonly TlsVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

const cipherString = text('a list of cipher suites', (value) => /^[\w@=:+!-]{1,4096}$/.test(value));

const serverName = text('a server name in lower case, or *. and one', (value) =>
  /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(value),
);

const named: Checks<NamedCertificates> = { name: serverName, certificateIds: list(id) };

const tls: Checks<ListenerTls> = {
  certificateId: id,
  names: list(fields(named)),
  nameMatch: oneOf('wildcard', 'longest_suffix'),
  minVersion: oneOf(...tlsVersions),
  maxVersion: oneOf(...tlsVersions),
  versionsLeftOut: list(oneOf(...tlsVersions)),
  ciphers: cipherString,
  clientAuthorityId: nullable(id),
  takesEarlyData: boolean,
};

/** Fields that frame a message or name its target are nobody's to write. */
const fieldName = text(
  'a field name of 1 to 64 letters, digits, - and _ that is not part of the framing',
  (value) =>
    /^[\w-]{1,64}$/.test(value) &&
    !/^(?:host|connection|content-length|transfer-encoding|upgrade|te|trailer|expect)$/i.test(value),
);

const tlsField: Checks<TlsField> = { fact: oneOf(...tlsFacts), name: fieldName };

export const tlsShape: Check = fields(tls);
export const tlsFieldsShape: Check = list(fields(tlsField));

/** The rules between the fields of a listener's TLS settings. */
export function checkTlsRules(settings: ListenerTls): readonly string[] {
  return [...checkVersions(settings), ...checkNames(settings), ...checkEarlyData(settings)];
}

function checkVersions({ minVersion, maxVersion, versionsLeftOut }: ListenerTls): readonly string[] {
  const [oldest, newest] = [tlsVersions.indexOf(minVersion), tlsVersions.indexOf(maxVersion)];
  if (oldest > newest) return ['listener.tls.minVersion must not be above maxVersion'];
  const areBetween = versionsLeftOut.map((version) => tlsVersions.indexOf(version));
  return areBetween.every((index) => index > oldest && index < newest)
    ? []
    : ['listener.tls.versionsLeftOut must lie between minVersion and maxVersion'];
}

function checkEarlyData({ takesEarlyData, maxVersion, clientAuthorityId }: ListenerTls): readonly string[] {
  if (!takesEarlyData || (maxVersion === 'TLSv1.3' && clientAuthorityId === null)) return [];
  return ['listener.tls.takesEarlyData needs TLS 1.3 and clients that are not asked for a certificate'];
}

function checkNames({ names }: ListenerTls): readonly string[] {
  const problems: string[] = [];
  if (new Set(names.map(({ name }) => name)).size < names.length)
    problems.push('listener.tls.names must hold every name once');
  if (names.some(({ certificateIds }) => certificateIds.length < 1 || certificateIds.length > 2))
    problems.push('listener.tls.names must have one or two certificates each');
  return problems;
}
