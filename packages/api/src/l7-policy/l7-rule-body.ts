import { type L7Rule, mapOutcome, type Outcome } from '@elbow/model';
import { z } from 'zod';
import { defined } from '../schema/defined.ts';
import { always, createOnly, readOnly, refused } from '../schema/fixed.ts';
import { parseBody } from '../schema/parse-body.ts';
import { inBothBodies } from '../schema/shared-fields.ts';
import { oneOf, says } from '../schema/values.ts';

const type = oneOf(['HOST_NAME', 'PATH', 'METHOD', 'HEADER', 'QUERY_STRING', 'SOURCE_IP', 'COOKIE']);
const compareType = oneOf(['EQUAL_TO', 'REGEX', 'STARTS_WITH']);
const shortText = z
  .string(says('must be text of at most 128 characters'))
  .max(128, 'must be text of at most 128 characters');
const conditions = z
  .array(
    z.strictObject(
      { key: shortText.default(''), value: shortText },
      says('must be an object with key and value'),
    ),
    says('must be a list of conditions'),
  )
  .max(10, 'must hold at most 10 conditions');

const readOnlyFields = ['id', 'provisioning_status', 'created_at', 'updated_at'] as const;
const fixed = { admin_state_up: always(true), invert: always(false) };

/** Also as an element of a policy's `rules`. */
export const ruleCreateBody = z.strictObject(
  {
    ...inBothBodies,
    ...fixed,
    ...refused(readOnlyFields, readOnly),
    type,
    compare_type: compareType,
    key: shortText.nullable().default(null),
    // Without meaning while there are conditions, though published clients always send it.
    value: shortText.default(''),
    conditions: conditions.default([]),
  },
  says('must be an object with type, compare_type and value'),
);

const updateBody = z.strictObject({
  ...inBothBodies,
  ...fixed,
  ...refused(readOnlyFields, readOnly),
  ...refused(['type'], createOnly),
  compare_type: compareType.exactOptional(),
  key: shortText.nullable().exactOptional(),
  value: shortText.exactOptional(),
  conditions: conditions.exactOptional(),
});

export type L7RuleCreate = Pick<L7Rule, 'type' | 'compareType' | 'key' | 'value' | 'conditions'>;
export type L7RuleUpdate = Partial<Omit<L7RuleCreate, 'type'>>;

export function parseL7RuleCreate(body: unknown): Outcome<L7RuleCreate> {
  return mapOutcome(parseBody('rule', ruleCreateBody, body), ruleOf);
}

export function ruleOf(wire: z.output<typeof ruleCreateBody>): L7RuleCreate {
  const { key, value } = wire;
  return { type: wire.type, compareType: wire.compare_type, key, value, conditions: wire.conditions };
}

export function parseL7RuleUpdate(body: unknown): Outcome<L7RuleUpdate> {
  return mapOutcome(parseBody('rule', updateBody, body), (wire) =>
    defined({
      compareType: wire.compare_type,
      key: wire.key,
      value: wire.value,
      conditions: wire.conditions,
    }),
  );
}

/** Bodies as clients write them, below their one key. */
export type L7RuleCreateBody = z.input<typeof ruleCreateBody>;
export type L7RuleUpdateBody = z.input<typeof updateBody>;

/** For documents that are made from the schemas. */
export const l7RuleBodies = { create: ruleCreateBody, update: updateBody } as const;
