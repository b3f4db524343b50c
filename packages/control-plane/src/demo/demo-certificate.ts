import { parseDemoCertificate } from '@elbow/api';
import { isIP } from 'node:net';
import { certificateForNames } from '../certificates/self-signed-certificate.ts';
import { certificateDescriptor } from '../services/tls/certificates.ts';
import { createCrud } from '../services/crud/crud.ts';
import { valueOf } from '../services/crud/refusal.ts';
import type { Answer, Call, ServiceContext } from '../services/crud/service-context.ts';

/** `POST /elbow/v1/demo/certificate`: a self-signed certificate for a try-out, stored as if it had been uploaded. */
export function createDemoCertificate(context: ServiceContext, call: Call): Promise<Answer> {
  const { name, names } = valueOf(parseDemoCertificate(call.body));
  const commonName = names[0] ?? 'localhost';
  const { cert, key } = certificateForNames({ commonName, names, nowMs: context.nowMs() });
  const domains = names.filter((one) => isIP(one) === 0);
  const certificate = {
    name: name === '' ? `try-out ${commonName}` : name,
    description: 'self-signed for a try-out: clients must be told to trust it',
    type: 'server',
    certificate: cert,
    private_key: key,
    ...(domains.length === 0 ? {} : { domain: domains.join(',') }),
  };
  return createCrud(context, certificateDescriptor(context)).create({ ...call, body: { certificate } });
}
