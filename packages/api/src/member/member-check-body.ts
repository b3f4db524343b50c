import { mapOutcome, type Outcome } from '@elbow/model';
import { z } from 'zod';
import { parseBody } from '../schema/parse-body.ts';
import { oneOf, uuid } from '../schema/values.ts';

const body = z.strictObject({
  listener_id: uuid,
  subject: oneOf(['securityGroup', 'networkAcl', 'config', 'all']),
});

export interface MemberCheckRequest {
  readonly listenerId: string;
  readonly subject: 'securityGroup' | 'networkAcl' | 'config' | 'all';
}

export function parseMemberCheck(input: unknown): Outcome<MemberCheckRequest> {
  return mapOutcome(parseBody('member_check', body, input), (wire) => ({
    listenerId: wire.listener_id,
    subject: wire.subject,
  }));
}

/** Bodies as clients write them, below their one key. */
export type MemberCheckBody = z.input<typeof body>;

/** For documents that are made from the schemas. */
export const memberCheckBodies = { create: body } as const;
