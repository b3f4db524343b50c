import { mapOutcome, type Outcome, type Tag } from '@elbow/model';
import { z } from 'zod';
import { isRecord } from '../schema/is-record.ts';
import { parseBody, parsePlainBody } from '../schema/parse-body.ts';
import { maxTags, tagKey, tagValue } from '../schema/shared-fields.ts';
import { oneOf, says } from '../schema/values.ts';

/** What `tags/action` asks for. */
export interface TagChange {
  readonly action: 'create' | 'delete';
  readonly tags: readonly Tag[];
}

const keyOnce = (list: readonly { readonly key: string }[]): boolean =>
  new Set(list.map(({ key }) => key)).size === list.length;
const tagRule = 'must be an object with key and value';

function tagList<S extends z.ZodType<{ readonly key: string }>>(tag: S) {
  return z
    .array(tag, says('must be a list of tags'))
    .min(1, 'must hold at least one tag')
    .max(maxTags, `must hold at most ${maxTags} tags`)
    .refine(keyOnce, 'must not hold a key twice');
}

const newTag = z.strictObject({ key: tagKey, value: tagValue.default('') }, says(tagRule));
const knownTag = z.strictObject({ key: tagKey, value: tagValue }, says(tagRule));

const action = oneOf(['create', 'delete']);
const bodies = {
  create: z.strictObject({ action, tags: tagList(newTag) }),
  delete: z.strictObject({ action, tags: tagList(knownTag) }),
};

/** Of `tags/action`. A tag to be deleted is named by key and value. */
export function parseTagChange(body: unknown): Outcome<TagChange> {
  const isDelete = isRecord(body) && body['action'] === 'delete';
  return parsePlainBody(isDelete ? bodies.delete : bodies.create, body);
}

/** `{"tag": {…}}` of the call that adds one tag. */
export function parseTag(body: unknown): Outcome<Tag> {
  return parseBody('tag', newTag, body);
}

/** What `resource_instances/action` asks for. */
export interface TagQuery {
  readonly action: 'filter' | 'count';
  /** Each must be there, with one of the values; without values: with any. */
  readonly tags: readonly { readonly key: string; readonly values: readonly string[] }[];
  /** Names of which the object must have one; null: any. */
  readonly names: readonly string[] | null;
  readonly limit: number;
  readonly offset: number;
}

/** Some clients write these numbers as text. */
function count(least: number, most: number) {
  const message = `must be an integer from ${least} to ${most}`;
  return z
    .union([z.number(), z.string().regex(/^\d{1,9}$/)], says(message))
    .transform(Number)
    .refine((value) => Number.isInteger(value) && value >= least && value <= most, message);
}

const query = z.strictObject({
  action: oneOf(['filter', 'count']),
  tags: z
    .array(
      z.strictObject(
        { key: tagKey, values: z.array(tagValue, says('must be a list of values')).max(20).default([]) },
        says('must be an object with key and values'),
      ),
      says('must be a list of tags'),
    )
    .max(maxTags, `must hold at most ${maxTags} tags`)
    .refine(keyOnce, 'must not hold a key twice')
    .default([]),
  matches: z
    .array(
      z.strictObject(
        { key: oneOf(['resource_name']), value: z.string(says('must be text')).max(255) },
        says('must be an object with key and value'),
      ),
      says('must be a list of matches'),
    )
    .max(20, 'must hold at most 20 matches')
    .default([]),
  limit: count(1, 1000).default(1000),
  offset: count(0, 999_999_999).default(0),
});

export function parseTagQuery(body: unknown): Outcome<TagQuery> {
  return mapOutcome(parsePlainBody(query, body), ({ matches, ...others }) => ({
    ...others,
    names: matches.length === 0 ? null : matches.map(({ value }) => value),
  }));
}

/** For documents that are made from the schemas. */
export const tagBodies = { change: bodies.create, one: newTag, query } as const;
