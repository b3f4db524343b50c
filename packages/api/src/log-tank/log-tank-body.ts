import { accepted, type Outcome } from '@elbow/model';
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
  const parsed = parseBody('logtank', logTankCreateBody, body);
  if (!parsed.ok) return parsed;
  const { loadbalancer_id: loadBalancerId, log_group_id: groupId, log_topic_id: topicId } = parsed.value;
  return accepted({ loadBalancerId, groupId, topicId });
}

export function parseLogTankUpdate(body: unknown): Outcome<LogTankUpdate> {
  const parsed = parseBody('logtank', logTankUpdateBody, body);
  if (!parsed.ok) return parsed;
  return accepted(defined({ groupId: parsed.value.log_group_id, topicId: parsed.value.log_topic_id }));
}
