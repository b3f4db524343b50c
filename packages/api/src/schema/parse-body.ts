import { accepted, invalidField, type Outcome, problem, type Problem, refused } from '@elbow/model';
import { z } from 'zod';

/** More complaints than this in one answer help nobody. */
const maxComplaints = 5;

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

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Issues = z.core.$ZodError['issues'];

function describeIssues(singular: string, issues: Issues): Problem {
  const complaints = issues
    .slice(0, maxComplaints)
    .flatMap((issue) => complaintsOf(singular, issue))
    .slice(0, maxComplaints);
  return problem('invalidInput', complaints.join('; '));
}

function complaintsOf(singular: string, issue: Issues[number]): readonly string[] {
  const path = pathOf(singular, issue.path);
  if (issue.code !== 'unrecognized_keys') return [complaint(path, issue.message)];
  return issue.keys.map((key) => complaint(`${path}.${shortened(key)}`, 'is not a known field'));
}

function complaint(path: string, reason: string): string {
  return invalidField(path, reason).message;
}

/** `listener.tags[0].key` */
function pathOf(singular: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (sum, step) => (typeof step === 'number' ? `${sum}[${step}]` : `${sum}.${String(step)}`),
    singular,
  );
}

/** Keys come from the caller: a message must not carry a megabyte back. */
function shortened(key: string): string {
  return key.length <= 64 ? key : `${key.slice(0, 64)}…`;
}
