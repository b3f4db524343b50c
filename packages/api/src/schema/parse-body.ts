import {
  accepted,
  type FieldComplaint,
  invalidField,
  type Outcome,
  problem,
  type Problem,
  refused,
} from '@elbow/model';
import { z } from 'zod';
import { isRecord } from './is-record.ts';

/** More complaints than this in one answer help nobody. */
const maxComplaints = 5;
/** What a form marks, it marks all at once. */
const maxFields = 50;

/**
 * Reads a request body of the form `{"<singular>": {…}}`.
 * @param body what the JSON text of the body stood for
 * @returns the body as the schema makes it, or ELB.8902 naming every wrong field by its full path
 */
export function parseBody<S extends z.ZodType>(
  singular: string,
  schema: S,
  body: unknown,
): Outcome<z.output<S>> {
  if (!isRecord(body)) return refused(problem('invalidInput', 'the request body must be a JSON object'));
  const stranger = Object.keys(body).find((key) => key !== singular && key !== 'request_id');
  if (stranger !== undefined)
    return refused(invalidField(stranger, `is unknown (the body holds one key, ${singular})`));
  if (!isRecord(body[singular])) return refused(invalidField(singular, 'must be an object'));
  const result = schema.safeParse(body[singular]);
  return result.success ? accepted(result.data) : refused(describeIssues(singular, result.error.issues));
}

/**
 * Reads a request body that is the object itself, without a key around it.
 * @returns as {@link parseBody}; paths of wrong fields begin with their own key
 */
export function parsePlainBody<S extends z.ZodType>(schema: S, body: unknown): Outcome<z.output<S>> {
  if (!isRecord(body)) return refused(problem('invalidInput', 'the request body must be a JSON object'));
  const result = schema.safeParse(body);
  return result.success ? accepted(result.data) : refused(describeIssues('', result.error.issues));
}

type Issues = z.core.$ZodError['issues'];

function describeIssues(singular: string, issues: Issues): Problem {
  const fields = issues.slice(0, maxFields).flatMap((issue) => complaintsOf(singular, issue));
  const messages = fields
    .slice(0, maxComplaints)
    .map(({ field, reason }) => invalidField(field, reason).message);
  return { ...problem('invalidInput', messages.join('; ')), fields: fields.slice(0, maxFields) };
}

function complaintsOf(singular: string, issue: Issues[number]): readonly FieldComplaint[] {
  const path = pathOf(singular, issue.path);
  if (issue.code !== 'unrecognized_keys') return [{ field: path, reason: issue.message }];
  const place = path === '' ? '' : `${path}.`;
  return issue.keys.map((key) => ({ field: `${place}${shortened(key)}`, reason: 'is not a known field' }));
}

/** `listener.tags[0].key` */
function pathOf(singular: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((sum, step) => {
    if (typeof step === 'number') return `${sum}[${step}]`;
    return sum === '' ? String(step) : `${sum}.${String(step)}`;
  }, singular);
}

/** Keys come from the caller: a message must not carry a megabyte back. */
function shortened(key: string): string {
  return key.length <= 64 ? key : `${key.slice(0, 64)}…`;
}
