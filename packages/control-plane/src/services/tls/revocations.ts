import { parseRevocations } from '@elbow/api';
import { type Certificate, invalidField, notFound } from '@elbow/model';
import type { Reader } from '@elbow/store';
import {
  describeRevocations,
  inspectRevocations,
  type RevocationList,
} from '../../certificates/inspect-revocations.ts';
import { findOwned } from '../crud/crud.ts';
import { Refusal, valueOf } from '../crud/refusal.ts';
import type { Answer, Call, ServiceContext } from '../crud/service-context.ts';
import { listenersWithCertificate } from './tls-users.ts';

export async function showRevocations({ store }: ServiceContext, call: Call): Promise<Answer> {
  const row = await store.read((reader) => authoritiesOf(reader, call));
  return { status: 200, body: { revocations: toWire(row) } };
}

/** Replaces the lists of a bundle as a whole. New handshakes obey the new ones, and no session from before resumes. */
export async function updateRevocations({ store, nowMs }: ServiceContext, call: Call): Promise<Answer> {
  const text = valueOf(parseRevocations(call.body));
  const { value: row, revision } = await store.write(async (writer) => {
    const before = await authoritiesOf(writer, call);
    const isNone = text === null;
    const pem = isNone ? null : valueOf(inspectRevocations(text, before.certificatePem, nowMs())).pem;
    const changed: Certificate = { ...before, revocationsPem: pem, updatedAtMs: nowMs() };
    await writer.update('certificate', changed);
    for (const { loadBalancerId } of await listenersWithCertificate(writer, changed))
      writer.touch(loadBalancerId);
    return changed;
  });
  return { status: 200, body: { revocations: toWire(row) }, revision };
}

function toWire({ id, revocationsPem, certificatePem }: Certificate) {
  const lists = revocationsPem === null ? [] : describeRevocations(revocationsPem, certificatePem);
  return { certificate_id: id, crl: revocationsPem, lists: lists.map(listToWire) };
}

function listToWire({ issuer, issuedAtMs, validUntilMs, revokedCount }: RevocationList) {
  return {
    issuer: issuer.split('\n').join(', '),
    issued_at: new Date(issuedAtMs).toISOString(),
    valid_until: validUntilMs === null ? null : new Date(validUntilMs).toISOString(),
    revoked: revokedCount,
  };
}

async function authoritiesOf(reader: Reader, { params, projectId }: Call): Promise<Certificate> {
  const id = params['certificate_id'] ?? '';
  const row = await findOwned(reader, 'certificate', { id, projectId });
  if (row === null) throw new Refusal(notFound('certificate', id.slice(0, 64)));
  if (row.type === 'client') return row;
  const reason = `certificate ${row.id} is of type ${row.type}; authorities are of type client`;
  throw new Refusal(invalidField('certificate_id', reason));
}
