import { type CertificateInspection, parseCertificateInspection, wireTime } from '@elbow/api';
import type { Problem } from '@elbow/model';
import { type ChainEntry, describeChain } from '../certificates/describe-chain.ts';
import {
  inspectAuthorities,
  inspectServerCertificate,
  inspectServerChain,
} from '../certificates/inspect-certificate.ts';
import { valueOf } from '../services/crud/refusal.ts';
import type { Answer, Call, ServiceContext } from '../services/crud/service-context.ts';

interface Finding {
  readonly severity: 'error' | 'warning';
  readonly field: string;
  readonly message: string;
}

const dayMs = 86_400_000;

/** `POST /elbow/v1/certificates/inspect`: what a certificate says and what is wrong with it. Nothing is stored. */
export async function inspectCertificateBody({ nowMs }: ServiceContext, call: Call): Promise<Answer> {
  const wish = valueOf(parseCertificateInspection(call.body));
  const chain = describeChain(wish.certificatePem);
  const [leaf] = chain;
  const found = refusalOf(wish);
  const problems = [...(found === null ? [] : [refusalToFinding(found)]), ...validity(leaf, nowMs())];
  const inspection = {
    usable: found === null,
    ...(leaf === undefined ? { subject: null } : entryToWire(leaf)),
    chain_length: chain.length,
    chain: chain.map(entryToWire),
    private_key: wish.privateKey === null ? 'not given' : keyVerdict(wish),
    problems,
  };
  return { status: 200, body: { inspection } };
}

/** What storing it would be refused for. */
function refusalOf({ type, certificatePem, privateKey }: CertificateInspection): Problem | null {
  const outcome =
    type === 'client'
      ? inspectAuthorities(certificatePem)
      : privateKey === null
        ? inspectServerChain(certificatePem)
        : inspectServerCertificate(certificatePem, privateKey);
  return outcome.ok ? null : outcome.problem;
}

function keyVerdict({ certificatePem, privateKey }: CertificateInspection): 'matches' | 'does not match' {
  return inspectServerCertificate(certificatePem, privateKey ?? '').ok ? 'matches' : 'does not match';
}

function refusalToFinding({ message, fields }: Problem): Finding {
  const [first] = fields ?? [];
  return {
    severity: 'error',
    field: first?.field ?? 'certificate.certificate',
    message: first?.reason ?? message,
  };
}

function validity(leaf: ChainEntry | undefined, nowMs: number): readonly Finding[] {
  if (leaf === undefined) return [];
  const field = 'certificate.certificate';
  const say = (message: string): readonly Finding[] => [{ severity: 'warning', field, message }];
  if (leaf.notAfterMs <= nowMs)
    return say(`expired on ${wireTime(leaf.notAfterMs)}: clients will see an error`);
  if (leaf.notBeforeMs > nowMs) return say(`is not valid before ${wireTime(leaf.notBeforeMs)}`);
  const days = Math.floor((leaf.notAfterMs - nowMs) / dayMs);
  return days < 30 ? say(`expires in ${days} days, on ${wireTime(leaf.notAfterMs)}`) : [];
}

function entryToWire(entry: ChainEntry) {
  return {
    subject: entry.subject,
    issuer: entry.issuer,
    common_name: entry.commonName,
    names: entry.names,
    not_before: wireTime(entry.notBeforeMs),
    not_after: wireTime(entry.notAfterMs),
    key_type: entry.keyType,
    key_size: entry.keySize,
    signature_algorithm: entry.signatureAlgorithm,
    fingerprint: entry.fingerprint,
    serial_number: entry.serialNumber,
    self_signed: entry.isSelfSigned,
    authority: entry.isAuthority,
  };
}
