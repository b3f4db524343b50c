import { mapOutcome, type Outcome } from '@elbow/model';
import { z } from 'zod';
import { parseBody } from '../schema/parse-body.ts';
import { oneOfSupported, says } from '../schema/values.ts';

/** As large as what may be stored, and what is pasted by mistake besides. */
const text = (maxLength: number) => {
  const message = `must be text of at most ${maxLength} characters`;
  return z.string(says(message)).max(maxLength, message);
};

const body = z.strictObject({
  type: oneOfSupported(['server', 'client'], ['server_sm']).default('server'),
  certificate: text(65_536),
  private_key: text(8_192).nullable().default(null),
});

export interface CertificateInspection {
  readonly type: 'server' | 'client';
  readonly certificatePem: string;
  /** Null when it is to be looked at without. */
  readonly privateKey: string | null;
}

/** Of `/elbow/v1/certificates/inspect`. */
export function parseCertificateInspection(input: unknown): Outcome<CertificateInspection> {
  return mapOutcome(parseBody('certificate', body, input), (wire) => ({
    type: wire.type,
    certificatePem: wire.certificate,
    privateKey: wire.private_key || null,
  }));
}

/** As clients write it, below its one key. */
export type CertificateInspectionBody = z.input<typeof body>;

/** For documents that are made from the schemas. */
export const inspectionBodies = { inspect: body } as const;
