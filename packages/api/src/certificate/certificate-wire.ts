import type { Certificate } from '@elbow/model';
import { wireTime } from '../time.ts';

/** What stands in answers where the private key would be. */
const maskedKey = '******';

export function certificateToWire(certificate: Certificate) {
  return {
    id: certificate.id,
    project_id: certificate.projectId,
    name: certificate.name,
    description: certificate.description,
    type: certificate.type,
    domain: certificate.domain,
    private_key: certificate.sealedKey === null ? null : maskedKey,
    certificate: certificate.certificatePem,
    enc_certificate: null,
    enc_private_key: null,
    scm_certificate_id: certificate.scmCertificateId,
    source: certificate.source,
    common_name: certificate.commonName,
    fingerprint: certificate.fingerprint,
    subject_alternative_names: certificate.subjectAlternativeNames,
    admin_state_up: true,
    enterprise_project_id: certificate.enterpriseProjectId,
    protection_status: certificate.protectionStatus,
    protection_reason: certificate.protectionReason,
    expire_time: wireTime(certificate.expiresAtMs),
    created_at: wireTime(certificate.createdAtMs),
    updated_at: wireTime(certificate.updatedAtMs),
  };
}
