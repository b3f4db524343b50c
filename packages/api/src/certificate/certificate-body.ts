import {
  accepted,
  type Certificate,
  domainListProblem,
  invalidField,
  mapOutcome,
  type Outcome,
  refused as refusal,
} from '@elbow/model';
import { z } from 'zod';
import { defined } from '../schema/defined.ts';
import { createOnly, ignored, notYet, readOnly, refused } from '../schema/fixed.ts';
import { parseBody } from '../schema/parse-body.ts';
import { enterpriseProjectId, inBothBodies, onCreate, onUpdate } from '../schema/shared-fields.ts';
import { line, oneOfSupported, orNone, says } from '../schema/values.ts';

const none = ['', null] as const;

const type = oneOfSupported(['server', 'client'], ['server_sm']);
const pem = (maxLength: number) => {
  const message = `must be PEM text of 1 to ${maxLength} characters`;
  return z.string(says(message)).min(1, message).max(maxLength, message);
};
/** The published limit is 20,000; eleven certificates with RSA keys of 4096 bits need more. */
const certificate = pem(65_536);
const privateKey = pem(8_192);

const domain = z
  .string(says('must be a list of domain names separated by commas'))
  .max(10_000, 'must be at most 10000 characters')
  .superRefine((text, context) => {
    const reason = text === '' ? null : domainListProblem(text);
    if (reason !== null) context.addIssue(reason);
  })
  .nullable();
const scmCertificateId = line(255).nullable();
const source = z.literal(['scm', '', null], says('must be scm or empty'));

const readOnlyFields = [
  'id',
  'common_name',
  'subject_alternative_names',
  'fingerprint',
  'expire_time',
  'created_at',
  'updated_at',
] as const;
const createOnlyFields = ['type', 'enterprise_project_id'] as const;

const noPoint = {
  admin_state_up: ignored(),
  enc_certificate: notYet(null, ''),
  enc_private_key: notYet(null, ''),
};

const createBody = z.strictObject({
  ...inBothBodies,
  ...onCreate,
  ...noPoint,
  ...refused(readOnlyFields, readOnly),
  type: type.default('server'),
  certificate,
  private_key: orNone(privateKey, none).default(null),
  domain: domain.default(null),
  scm_certificate_id: scmCertificateId.default(null),
  source: source.default(null),
  enterprise_project_id: enterpriseProjectId,
});

const updateBody = z.strictObject({
  ...inBothBodies,
  ...onUpdate,
  ...noPoint,
  ...refused(readOnlyFields, readOnly),
  ...refused(createOnlyFields, createOnly),
  certificate: certificate.exactOptional(),
  private_key: privateKey.exactOptional(),
  domain: domain.exactOptional(),
  scm_certificate_id: scmCertificateId.exactOptional(),
  source: source.exactOptional(),
});

type Attributes = Pick<
  Certificate,
  | 'name'
  | 'description'
  | 'certificatePem'
  | 'domain'
  | 'scmCertificateId'
  | 'source'
  | 'protectionStatus'
  | 'protectionReason'
>;

/** The private key is here in the clear: seal it before anything else sees it. */
export type CertificateCreate = Attributes &
  Pick<Certificate, 'type'> & {
    /** Null for authorities. */
    readonly privateKey: string | null;
  };
export type CertificateUpdate = Partial<Attributes & { readonly privateKey: string }>;

export function parseCertificateCreate(body: unknown): Outcome<CertificateCreate> {
  const parsed = parseBody('certificate', createBody, body);
  if (!parsed.ok) return parsed;
  const wire = parsed.value;
  const scmCertificateId = wire.scm_certificate_id || null;
  const privateKey = wire.private_key || null;
  if (wire.type === 'server' && privateKey === null) {
    return refusal(invalidField('certificate.private_key', 'is required for server certificates'));
  }
  return accepted({
    type: wire.type,
    name: wire.name,
    description: wire.description,
    certificatePem: wire.certificate,
    privateKey,
    domain: wire.domain || null,
    scmCertificateId,
    source: wire.source || (scmCertificateId === null ? null : 'scm'),
    protectionStatus: wire.protection_status,
    protectionReason: wire.protection_reason,
  });
}

export function parseCertificateUpdate(body: unknown): Outcome<CertificateUpdate> {
  return mapOutcome(parseBody('certificate', updateBody, body), (wire) =>
    defined({
      name: wire.name,
      description: wire.description,
      certificatePem: wire.certificate,
      privateKey: wire.private_key,
      domain: emptyAsNull(wire.domain),
      scmCertificateId: emptyAsNull(wire.scm_certificate_id),
      source: emptyAsNull(wire.source),
      protectionStatus: wire.protection_status || undefined,
      protectionReason: wire.protection_reason ?? undefined,
    }),
  );
}

function emptyAsNull(text: string | null | undefined): string | null | undefined {
  return text === '' ? null : text;
}

/** Bodies as clients write them, below their one key. */
export type CertificateCreateBody = z.input<typeof createBody>;
export type CertificateUpdateBody = z.input<typeof updateBody>;

/** For documents that are made from the schemas. */
export const certificateBodies = { create: createBody, update: updateBody } as const;
