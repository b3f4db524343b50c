import {
  certificateFilters,
  certificateSorts,
  certificateToWire,
  parseCertificateCreate,
  parseCertificateUpdate,
  type CertificateCreate,
  type CertificateUpdate,
} from '@elbow/api';
import {
  applyProtection,
  type Certificate,
  checkCertificateIsUnused,
  checkDomainsAreCertified,
  checkSniCertificates,
  conflict,
  invalidField,
  type Problem,
} from '@elbow/model';
import { certificateKeyContext, seal, unseal } from '@elbow/secrets';
import type { Reader } from '@elbow/store';
import { inspectAuthorities, inspectServerCertificate } from '../../certificates/inspect-certificate.ts';
import { inspectRevocations } from '../../certificates/inspect-revocations.ts';
import type { CrudDescriptor, NewBase } from '../crud/crud.ts';
import { refuseIf, Refusal, valueOf } from '../crud/refusal.ts';
import type { ServiceContext, Unit } from '../crud/service-context.ts';
import { servingLoadBalancers } from '../crud/relations.ts';
import { certificateIdsOf, listenersWithCertificate, poolsWithAuthority } from './tls-users.ts';

export function certificateDescriptor(
  context: ServiceContext,
): CrudDescriptor<'certificate', CertificateCreate, CertificateUpdate> {
  return {
    kind: 'certificate',
    singular: 'certificate',
    plural: 'certificates',
    idParam: 'certificate_id',
    filters: certificateFilters,
    sorts: certificateSorts,
    parseCreate: parseCertificateCreate,
    parseUpdate: parseCertificateUpdate,
    build: async (_, wish, base) => build(context, wish, base),
    change: (unit, row, wish) => change(context, unit, row, wish),
    beforeRemove,
    loadBalancersOf,
    toWire: async (_, rows) => rows.map(certificateToWire),
    related: (reader, relation, values) => related(context.nowMs(), reader, relation, values),
  };
}

const soonMs = 30 * 86_400_000;

/** `state`: whether listeners name it, and how long it is valid yet. */
async function related(
  nowMs: number,
  reader: Reader,
  _relation: string,
  values: readonly string[],
): Promise<readonly string[]> {
  const certificates = await reader.list('certificate', {});
  const used = new Set((await reader.list('listener', {})).flatMap(certificateIdsOf));
  const statesOf = ({ id, expiresAtMs }: Certificate): readonly string[] => {
    const isSoon = expiresAtMs >= nowMs && expiresAtMs < nowMs + soonMs;
    const expiry = expiresAtMs < nowMs ? ['expired'] : isSoon ? ['expiring'] : [];
    return [...expiry, used.has(id) ? 'used' : 'unused'];
  };
  return certificates
    .filter((certificate) => statesOf(certificate).some((state) => values.includes(state)))
    .map(({ id }) => id);
}

/** A bundle of authorities may be used by pools, too. */
async function loadBalancersOf(reader: Reader, row: Certificate): Promise<readonly string[]> {
  const ids = (await listenersWithCertificate(reader, row)).map((user) => user.loadBalancerId);
  for (const pool of await poolsWithAuthority(reader, row))
    ids.push(...(await servingLoadBalancers(reader, pool.id)));
  return [...new Set(ids)];
}

function build(context: ServiceContext, wish: CertificateCreate, base: NewBase): Certificate {
  // Certificate ids are UUIDs without dashes.
  const id = base.id.replaceAll('-', '');
  const { privateKey, ...attributes } = wish;
  const certificate: Certificate = {
    ...base,
    ...attributes,
    ...inspect(context, id, { type: wish.type, certificatePem: wish.certificatePem, privateKey }),
    ...applyProtection(wish, {}),
    id,
    revocationsPem: null,
    enterpriseProjectId: '0',
  };
  refuseIf(checkDomains(certificate));
  return certificate;
}

/** A new chain must suit the key that is there, and the other way round: both are looked at together. */
async function change(
  context: ServiceContext,
  { writer }: Unit,
  row: Certificate,
  wish: CertificateUpdate,
): Promise<Certificate> {
  const { privateKey, ...attributes } = wish;
  const changed: Certificate = { ...row, ...attributes, ...applyProtection(row, wish) };
  const isSamePair = privateKey === undefined && changed.certificatePem === row.certificatePem;
  const key = privateKey ?? openKey(context, row);
  const facts = isSamePair ? {} : inspect(context, row.id, { ...changed, privateKey: key });
  const renewed: Certificate = { ...changed, ...facts };
  refuseIf(checkDomains(renewed));
  checkRevocationsStillFit(renewed, row, context.nowMs());
  await checkNamesOfListeners(writer, renewed);
  return renewed;
}

/** Other authorities would have no list, and let nobody in. */
function checkRevocationsStillFit(changed: Certificate, row: Certificate, nowMs: number): void {
  const { certificatePem, revocationsPem } = changed;
  if (revocationsPem === null || certificatePem === row.certificatePem) return;
  if (inspectRevocations(revocationsPem, certificatePem, nowMs).ok) return;
  const reason =
    'does not go with the revocation lists of the bundle; take them away first, then give new ones';
  throw new Refusal(invalidField('certificate.certificate', reason));
}

interface Texts {
  readonly type: Certificate['type'];
  readonly certificatePem: string;
  readonly privateKey: string | null;
}

/** What is stored of the certificate and its key. The key of an authority is no business of ours: it is not kept. */
function inspect(context: ServiceContext, id: string, { type, certificatePem, privateKey }: Texts) {
  if (type === 'client') return { ...valueOf(inspectAuthorities(certificatePem)), sealedKey: null };
  const { facts, keyPem } = valueOf(inspectServerCertificate(certificatePem, privateKey ?? ''));
  return { ...facts, sealedKey: seal(context.key, keyPem, certificateKeyContext(id)) };
}

function openKey({ key }: ServiceContext, { id, sealedKey }: Certificate): string | null {
  return sealedKey === null ? null : unseal(key, sealedKey, certificateKeyContext(id)).reveal();
}

/** Domains are for SNI, which authorities have no part in. */
function checkDomains(certificate: Certificate): Problem | null {
  if (certificate.type === 'server') return checkDomainsAreCertified(certificate);
  if (certificate.domain === null) return null;
  return invalidField('certificate.domain', 'is only for certificates of type server');
}

/** Other domains, or a key of another type, must still fit beside the other certificates of each listener. */
async function checkNamesOfListeners(reader: Reader, certificate: Certificate): Promise<void> {
  const users = await listenersWithCertificate(reader, certificate);
  for (const listener of users) {
    if (!listener.sniCertificateIds.includes(certificate.id)) continue;
    if (certificate.domain === null) {
      throw new Refusal(
        conflict(
          `certificate ${certificate.id} is used for SNI by listener ${listener.id} and needs a domain`,
        ),
      );
    }
    const stored = await reader.list('certificate', { where: { id: listener.sniCertificateIds } });
    const all = stored.map((other) => (other.id === certificate.id ? certificate : other));
    refuseIf(checkSniCertificates('certificate.domain', all));
  }
}

async function beforeRemove({ writer }: Unit, row: Certificate): Promise<void> {
  const users = await listenersWithCertificate(writer, row);
  const [pool] = await poolsWithAuthority(writer, row);
  refuseIf(
    checkCertificateIsUnused(
      row.id,
      users.map(({ id }) => id),
    ),
    pool === undefined
      ? null
      : conflict(`certificate ${row.id} is used by pool ${pool.id} to verify members`),
  );
}
