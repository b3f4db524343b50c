import { conflict, invalidField, type Problem, problem } from '@elbow/model';
import {
  DuplicateRow,
  RowInUse,
  StoreClosed,
  StoreOverloaded,
  UnknownMarker,
  UnknownReference,
} from '@elbow/store';
import { Refusal } from '../services/crud/refusal.ts';

/**
 * What a caller is told about an error, or null for a bug: those are logged and answered without detail.
 * Rules of the database are the last line behind the checks of the services; they give the same answers.
 */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof Refusal) return error.problem;
  if (error instanceof UnknownMarker) return invalidField('marker', 'is not the id of a record of this list');
  if (error instanceof DuplicateRow) return conflict(`${error.constraint} is already in use`);
  if (error instanceof RowInUse) return conflict(`${error.kind} ${error.id} is still in use`);
  if (error instanceof UnknownReference)
    return conflict(`${error.kind} ${error.id} refers to something that is gone`);
  if (error instanceof StoreOverloaded)
    return problem('unavailable', 'too many writes are waiting, try again');
  if (error instanceof StoreClosed) return problem('unavailable', 'the control plane is shutting down');
  return null;
}
