import { type FieldComplaint, fieldComplaints } from '@elbow/api';
import type { Outcome } from '@elbow/model';

/**
 * What the server would say of a body, said before it is sent: the same schema, the same words.
 * @param parse `parseListenerCreate` and its like
 * @param key around the body: `listener`
 */
export function complaintsAbout(
  parse: (body: unknown) => Outcome<unknown>,
  key: string,
  body: object,
): readonly FieldComplaint[] {
  const outcome = parse({ [key]: body });
  return outcome.ok ? [] : fieldComplaints(outcome.problem.message);
}
