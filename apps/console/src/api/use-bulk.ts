import type { Answer } from '@elbow/api';
import { ApiError } from '@elbow/api';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

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

/** The same call for many objects, each by itself: what one refuses does not keep the others. */
export function useBulk<Row>(call: (row: Row) => Promise<Answer<unknown>>): Bulk<Row> {
  const cache = useQueryClient();
  const [isRunning, setRunning] = useState(false);
  const [done, setDone] = useState(0);
  const [failures, setFailures] = useState<readonly Failure<Row>[]>([]);
  const run = async (rows: readonly Row[]): Promise<readonly Failure<Row>[]> => {
    setRunning(true);
    setDone(0);
    const failed: Failure<Row>[] = [];
    const waiting = [...rows];
    const worker = async (): Promise<void> => {
      for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
        const error = await errorOf(call, row);
        if (error !== null) failed.push({ row, error });
        setDone((count) => count + 1);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    setFailures(failed);
    setRunning(false);
    void cache.invalidateQueries();
    return failed;
  };
  return { run, isRunning, done, failures };
}

async function errorOf<Row>(call: (row: Row) => Promise<unknown>, row: Row): Promise<ApiError | null> {
  try {
    await call(row);
    return null;
  } catch (error) {
    if (error instanceof ApiError) return error;
    return new ApiError({ status: 0, code: 'NETWORK', message: String(error), requestId: null });
  }
}
