import {
  accepted,
  highestPriority,
  type L7Policy,
  mapOutcome,
  type Outcome,
  problem,
  refused as refusal,
} from '@elbow/model';
import { z } from 'zod';
import { defined } from '../schema/defined.ts';
import { always, createOnly, ignored, readOnly, refused } from '../schema/fixed.ts';
import { parseBody } from '../schema/parse-body.ts';
import { description, enterpriseProjectId, inBothBodies, name } from '../schema/shared-fields.ts';
import { integer, oneOf, orNone, says, uuid } from '../schema/values.ts';
import {
  fixedResponse,
  fixedResponseOf,
  poolsExtension,
  poolsExtensionOf,
  poolStickiness,
  poolStickinessOf,
  redirectPools,
  redirectUrl,
  redirectUrlOf,
} from './action-configs.ts';
import { type L7RuleCreate, ruleCreateBody, ruleOf } from './l7-rule-body.ts';

const action = oneOf(['REDIRECT_TO_POOL', 'REDIRECT_TO_LISTENER', 'REDIRECT_TO_URL', 'FIXED_RESPONSE']);
const priority = integer(0, highestPriority);
const rules = z.array(ruleCreateBody, says('must be a list of rules')).max(10, 'must hold at most 10 rules');
const noId = orNone(uuid, ['', null]);

const readOnlyFields = ['id', 'provisioning_status', 'created_at', 'updated_at'] as const;
const createOnlyFields = ['listener_id', 'action', 'enterprise_project_id'] as const;
/** Retired; the position is echoed by the cloud and never used. */
const retired = { position: ignored(), redirect_url: always(null, ''), admin_state_up: always(true) };

const createBody = z.strictObject({
  ...inBothBodies,
  ...retired,
  ...refused(readOnlyFields, readOnly),
  name: name.default(''),
  description: description.default(''),
  listener_id: uuid,
  action,
  priority: priority.nullable().default(null),
  redirect_pool_id: noId.default(null),
  redirect_pools_config: redirectPools.nullable().default(null),
  redirect_pools_sticky_session_config: poolStickiness.nullable().default(null),
  redirect_pools_extend_config: poolsExtension.nullable().default(null),
  redirect_listener_id: noId.default(null),
  redirect_url_config: redirectUrl.nullable().default(null),
  fixed_response_config: fixedResponse.nullable().default(null),
  rules: rules.default([]),
  enterprise_project_id: enterpriseProjectId,
});

const updateBody = z.strictObject({
  ...inBothBodies,
  ...retired,
  ...refused(readOnlyFields, readOnly),
  ...refused(createOnlyFields, createOnly),
  name: name.exactOptional(),
  description: description.exactOptional(),
  priority: priority.exactOptional(),
  redirect_pool_id: noId.exactOptional(),
  redirect_pools_config: redirectPools.nullable().exactOptional(),
  redirect_pools_sticky_session_config: poolStickiness.nullable().exactOptional(),
  redirect_pools_extend_config: poolsExtension.nullable().exactOptional(),
  redirect_listener_id: noId.exactOptional(),
  redirect_url_config: redirectUrl.nullable().exactOptional(),
  fixed_response_config: fixedResponse.nullable().exactOptional(),
  rules: rules.exactOptional(),
});

type Attributes = Omit<L7Policy, 'id' | 'projectId' | 'createdAtMs' | 'updatedAtMs' | 'priority'>;

export interface L7PolicyCreate extends Attributes {
  /** Null: the next one that is free. */
  readonly priority: number | null;
  readonly rules: readonly L7RuleCreate[];
}

export type L7PolicyUpdate = Partial<
  Omit<Attributes, 'listenerId' | 'action'> &
    Pick<L7Policy, 'priority'> & { readonly rules: readonly L7RuleCreate[] }
>;

export function parseL7PolicyCreate(body: unknown): Outcome<L7PolicyCreate> {
  return mapOutcome(parseBody('l7policy', createBody, body), (wire) => ({
    name: wire.name,
    description: wire.description,
    listenerId: wire.listener_id,
    action: wire.action,
    priority: wire.priority,
    redirectPoolId: wire.redirect_pool_id || null,
    redirectPools: poolsOf(wire.redirect_pools_config ?? []),
    poolStickiness: poolStickinessOf(wire.redirect_pools_sticky_session_config),
    poolsExtension: poolsExtensionOf(wire.redirect_pools_extend_config),
    redirectListenerId: wire.redirect_listener_id || null,
    redirectUrl: redirectUrlOf(wire.redirect_url_config),
    fixedResponse: fixedResponseOf(wire.fixed_response_config),
    rules: wire.rules.map(ruleOf),
  }));
}

/** Only what the body holds. */
export function parseL7PolicyUpdate(body: unknown): Outcome<L7PolicyUpdate> {
  return mapOutcome(parseBody('l7policy', updateBody, body), (wire) =>
    defined({
      name: wire.name,
      description: wire.description,
      priority: wire.priority,
      redirectPoolId: given(wire.redirect_pool_id, (id) => id || null),
      redirectPools: given(wire.redirect_pools_config, (pools) => poolsOf(pools ?? [])),
      poolStickiness: given(wire.redirect_pools_sticky_session_config, poolStickinessOf),
      poolsExtension: given(wire.redirect_pools_extend_config, poolsExtensionOf),
      redirectListenerId: given(wire.redirect_listener_id, (id) => id || null),
      redirectUrl: given(wire.redirect_url_config, redirectUrlOf),
      fixedResponse: given(wire.fixed_response_config, fixedResponseOf),
      rules: wire.rules?.map(ruleOf),
    }),
  );
}

function given<T, R>(value: T | undefined, read: (value: T) => R): R | undefined {
  return value === undefined ? undefined : read(value);
}

function poolsOf(wire: z.output<typeof redirectPools>): L7Policy['redirectPools'] {
  return wire.map(({ pool_id, weight }) => ({ poolId: pool_id, weight }));
}

const priorityEntry = z.strictObject({ id: uuid, priority }, says('must be an object with id and priority'));
const priorities = z
  .array(priorityEntry, says('must be a list of policies with priorities'))
  .min(1, 'must name a policy')
  .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, 'must not name a policy twice');

export type PriorityChange = Pick<L7Policy, 'id' | 'priority'>;

/** Of `l7policies/batch-update-priority`: the body holds a list instead of one object. */
export function parsePriorityChanges(body: unknown): Outcome<readonly PriorityChange[]> {
  const result = z
    .strictObject({ l7policies: priorities }, says('must be an object with l7policies'))
    .safeParse(body);
  if (result.success) return accepted(result.data.l7policies);
  const [issue] = result.error.issues;
  const path = issue === undefined ? '' : issue.path.map(String).join('.');
  return refusal(
    problem('invalidInput', `invalid input for field ${path || 'l7policies'}: ${issue?.message ?? ''}`),
  );
}

/** Bodies as clients write them, below their one key. */
export type L7PolicyCreateBody = z.input<typeof createBody>;
export type L7PolicyUpdateBody = z.input<typeof updateBody>;
export type PriorityChangeBody = z.input<typeof priorityEntry>;

/** For documents that are made from the schemas. */
export const l7PolicyBodies = { create: createBody, update: updateBody, priority: priorityEntry } as const;
