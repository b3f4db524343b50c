import type { Answer } from '@elbow/api';
import { ApiError } from '@elbow/api';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSaved } from './use-saved.tsx';

/** So many calls are on their way at a time: the server makes every one durable for itself. */
const atOnce = 4;

export interface Failure<Row> {
  readonly row: Row;
  readonly error: ApiError;
}

export interface Bulk<Row> {
  /** Resolves to what failed; never rejects. */
  readonly run: (rows: readonly Row[]) => Promise<readonly Failure<Row>[]>;
  readonly isRunning: boolean;
  /** Rows that are through, whatever became of them. */
  readonly done: number;
  readonly failures: readonly Failure<Row>[];
}

/** What the server takes in one call of a batch. */
export const mostInBatch = 200;

/** A call that does it for many rows; it rejects when none of them went through. */
export interface Batch<Row, Body> {
  /** Rows in one call. */
  readonly most: number;
  readonly call: (rows: readonly Row[]) => Promise<Answer<Body>>;
  /** Ids of those that it has refused, where it does not refuse all. */
  readonly refused?: (body: Body) => readonly string[];
}

/** Ids of those that a batch says it has not deleted. */
export function refusedIn(
  results: readonly { readonly id: string; readonly ret_status: string }[],
): readonly string[] {
  return results.filter(({ ret_status: status }) => status === 'failed').map(({ id }) => id);
}

export interface BulkOptions<Row, Body> {
  /** It goes first; what it refuses is asked for alone, as only that says why. */
  readonly batch?: Batch<Row, Body>;
  /** What has been done with so many, in words. */
  readonly said?: (count: number) => string;
  /** Ids of objects whose trouble on a node means that it did not take. */
  readonly concerns?: () => readonly string[];
}

type Live = Answer<unknown>['live'];

/**
 * The same for many objects: what one refuses does not keep the others.
 * @param call for one object
 */
export function useBulk<Row extends { readonly id: string }, Body = unknown>(
  call: (row: Row) => Promise<Answer<unknown>>,
  { batch, said, concerns }: BulkOptions<Row, Body> = {},
): Bulk<Row> {
  const cache = useQueryClient();
  const tellSaved = useSaved();
  const [isRunning, setRunning] = useState(false);
  const [done, setDone] = useState(0);
  const [failures, setFailures] = useState<readonly Failure<Row>[]>([]);
  const run = async (rows: readonly Row[]): Promise<readonly Failure<Row>[]> => {
    setRunning(true);
    setDone(0);
    let live: Live | undefined;
    const onDone = (count: number, answer?: Answer<unknown>): void => {
      setDone((before) => before + count);
      if (answer !== undefined) live = answer.live;
    };
    const left = batch === undefined ? rows : await refusedOf(rows, batch, onDone);
    const failed = await oneByOne(left, call, onDone);
    setFailures(failed);
    setRunning(false);
    void cache.invalidateQueries();
    const count = rows.length - failed.length;
    if (said !== undefined && live !== undefined)
      void tellSaved({ text: said(count), live, ids: concerns?.() ?? [] });
    return failed;
  };
  return { run, isRunning, done, failures };
}

type OnDone = (count: number, answer?: Answer<unknown>) => void;

async function refusedOf<Row extends { readonly id: string }, Body>(
  rows: readonly Row[],
  { most, call, refused }: Batch<Row, Body>,
  onDone: OnDone,
): Promise<readonly Row[]> {
  const left: Row[] = [];
  for (let at = 0; at < rows.length; at += most) {
    const part = rows.slice(at, at + most);
    const answer = await call(part).catch(() => null);
    const ids = answer === null ? part.map(({ id }) => id) : (refused?.(answer.body) ?? []);
    left.push(...part.filter(({ id }) => ids.includes(id)));
    if (answer !== null && ids.length < part.length) onDone(part.length - ids.length, answer);
  }
  return left;
}

async function oneByOne<Row>(
  rows: readonly Row[],
  call: (row: Row) => Promise<Answer<unknown>>,
  onDone: OnDone,
): Promise<readonly Failure<Row>[]> {
  const failed: Failure<Row>[] = [];
  const waiting = [...rows];
  const worker = async (): Promise<void> => {
    for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
      const result = await answerOrError(call, row);
      if (result instanceof ApiError) failed.push({ row, error: result });
      onDone(1, result instanceof ApiError ? undefined : result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return failed;
}

async function answerOrError<Row>(
  call: (row: Row) => Promise<Answer<unknown>>,
  row: Row,
): Promise<Answer<unknown> | ApiError> {
  try {
    return await call(row);
  } catch (error) {
    if (error instanceof ApiError) return error;
    return new ApiError({ status: 0, code: 'NETWORK', message: String(error), requestId: null });
  }
}
