import { invalidField, type Outcome, accepted, refused } from './problem.ts';
import type { Tag } from './resource.ts';

/** Of one load balancer or listener. */
export const mostTags = 20;

/** Adds tags; the value of a key that is there already is replaced, and keeps its place. */
export function withTags(before: readonly Tag[], added: readonly Tag[]): Outcome<readonly Tag[]> {
  const values = new Map([...before, ...added].map(({ key, value }) => [key, value]));
  if (values.size > mostTags) {
    const reason = `at most ${mostTags} tags fit on one resource, and there would be ${values.size}`;
    return refused(invalidField('tags', reason));
  }
  return accepted([...values].map(([key, value]) => ({ key, value })));
}

/** Takes tags away that have this key and this value; one that is not there is no mistake. */
export function withoutTags(before: readonly Tag[], removed: readonly Tag[]): readonly Tag[] {
  return before.filter((tag) => !removed.some(({ key, value }) => key === tag.key && value === tag.value));
}
