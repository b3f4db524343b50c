import {
  certificateFilters,
  certificateToWire,
  parseCertificateCreate,
  parseCertificateUpdate,
  type CertificateCreate,
  type CertificateUpdate,
} from '@elbow/api';
import { applyProtection, type Certificate, checkCertificateIsUnused, checkDomainsAreCertified } from '@elbow/model';
import { certificateKeyContext, seal, unseal } from '@elbow/secrets';
import type { Reader } from '@elbow/store';
import { inspectServerCertificate } from '../certificates/inspect-certificate.ts';
import type { CrudDescriptor, NewBase } from './crud.ts';
import { refuseIf, valueOf } from './refusal.ts';
import type { ServiceContext, Unit } from './service-context.ts';

export function certificateDescriptor(
  context: ServiceContext,
): CrudDescriptor<'certificate', CertificateCreate, CertificateUpdate> {
  return {
    kind: 'certificate',
    singular: 'certificate',
    plural: 'certificates',
    idParam: 'certificate_id',
    filters: certificateFilters,
    parseCreate: parseCertificateCreate,
    parseUpdate: parseCertificateUpdate,
    build: async (_, wish, base) => build(context, wish, base),
    change: async (_, row, wish) => change(context, row, wish),
    beforeRemove,
    loadBalancersOf: async (reader, row) => (await usersOf(reader, row.id)).map((user) => user.loadBalancerId),
    toWire: async (_, rows) => rows.map(certificateToWire),
  };
}

function build(context: ServiceContext, wish: CertificateCreate, base: NewBase): Certificate {
  // Certificate ids are UUIDs without dashes.
  const id = base.id.replaceAll('-', '');
  const { privateKey, ...attributes } = wish;
  const { facts, keyPem } = valueOf(inspectServerCertificate(wish.certificatePem, privateKey));
  const certificate: Certificate = {
    ...base,
    ...attributes,
    ...facts,
    ...applyProtection(wish, {}),
    id,
    type: 'server',
    sealedKey: sealKey(context, id, keyPem),
    enterpriseProjectId: '0',
  };
  refuseIf(checkDomainsAreCertified(certificate));
  return certificate;
}

/** A new chain must suit the key that is there, and the other way round: both are looked at together. */
function change(context: ServiceContext, row: Certificate, wish: CertificateUpdate): Certificate {
  const { privateKey, ...attributes } = wish;
  const changed: Certificate = { ...row, ...attributes, ...applyProtection(row, wish) };
  const isSamePair = privateKey === undefined && changed.certificatePem === row.certificatePem;
  const renewed = isSamePair ? changed : { ...changed, ...inspectPair(context, changed, privateKey) };
  refuseIf(checkDomainsAreCertified(renewed));
  return renewed;
}

function inspectPair(context: ServiceContext, row: Certificate, privateKey: string | undefined) {
  const key = privateKey ?? unseal(context.key, row.sealedKey, certificateKeyContext(row.id)).reveal();
  const { facts, keyPem } = valueOf(inspectServerCertificate(row.certificatePem, key));
  return { ...facts, sealedKey: sealKey(context, row.id, keyPem) };
}

function sealKey({ key }: ServiceContext, id: string, keyPem: string): string {
  return seal(key, keyPem, certificateKeyContext(id));
}

async function beforeRemove({ writer }: Unit, row: Certificate): Promise<void> {
  const users = await usersOf(writer, row.id);
  refuseIf(
    checkCertificateIsUnused(
      row.id,
      users.map(({ id }) => id),
    ),
  );
}

function usersOf(reader: Reader, certificateId: string) {
  return reader.list('listener', { where: { certificateId: [certificateId] } });
}
