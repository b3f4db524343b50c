import { mapOutcome, type Outcome } from '@elbow/model';
import { z } from 'zod';
import { defined } from '../schema/defined.ts';
import { createOnly, readOnly, refused } from '../schema/fixed.ts';
import { parseBody } from '../schema/parse-body.ts';
import { inBothBodies } from '../schema/shared-fields.ts';
import { line, uuid } from '../schema/values.ts';

const label = line(255).min(1, 'must not be empty');

export const logTankCreateBody = z.strictObject({
  ...inBothBodies,
  ...refused(['id'], readOnly),
  loadbalancer_id: uuid,
  log_group_id: label,
  log_topic_id: label,
});

export const logTankUpdateBody = z.strictObject({
  ...inBothBodies,
  ...refused(['id'], readOnly),
  ...refused(['loadbalancer_id'], createOnly),
  log_group_id: label.exactOptional(),
  log_topic_id: label.exactOptional(),
});

export interface LogTankCreate {
  readonly loadBalancerId: string;
  readonly groupId: string;
  readonly topicId: string;
}

export type LogTankUpdate = Partial<Pick<LogTankCreate, 'groupId' | 'topicId'>>;

export function parseLogTankCreate(body: unknown): Outcome<LogTankCreate> {
  return mapOutcome(parseBody('logtank', logTankCreateBody, body), (wire) => ({
    loadBalancerId: wire.loadbalancer_id,
    groupId: wire.log_group_id,
    topicId: wire.log_topic_id,
  }));
}

export function parseLogTankUpdate(body: unknown): Outcome<LogTankUpdate> {
  return mapOutcome(parseBody('logtank', logTankUpdateBody, body), (wire) =>
    defined({ groupId: wire.log_group_id, topicId: wire.log_topic_id }),
  );
}
