export {
  CommitFailed,
  DatabaseFault,
  DatabaseRefused,
  DuplicateRow,
  RowInUse,
  StoreClosed,
  StoreFailed,
  StoreOverloaded,
  UnitEnded,
  UnitTimedOut,
  UnknownMarker,
  UnknownReference,
  UnknownRow,
} from './errors.ts';
export type {
  HistoryBounds,
  HistoryEntry,
  HistoryOutcome,
  HistoryQuery,
  StoredHistoryEntry,
} from './history.ts';
export { openStore } from './open-store.ts';
export type { StoreOptions } from './open-store.ts';
export type {
  AttributeOf,
  ChangeSet,
  Committed,
  ListQuery,
  Reader,
  Row,
  Scalar,
  Store,
  Writer,
} from './store.ts';
