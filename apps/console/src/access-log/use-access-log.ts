import { type AccessLogAnswer, type AccessLogEntry, ApiError } from '@elbow/api';
import { useCallback, useEffect, useState } from 'react';
import { client } from '../api/client.ts';
import { type LogFilters, queryOf } from './use-log-filters.ts';

/** An entry under a number of its own: two requests may have left equal lines. */
export type NumberedEntry = AccessLogEntry & { readonly key: number };

interface Log {
  /** Newest first. */
  readonly entries: readonly NumberedEntry[];
  readonly older: string | null;
  readonly newer: string;
  readonly isForced: boolean;
  /** How many came while it was looked at. */
  readonly arrived: number;
}

export interface AccessLog {
  /** Undefined until the first answer. */
  readonly log: Log | undefined;
  readonly error: ApiError | null;
  readonly isLoading: boolean;
  readonly loadOlder: () => void;
}

const everyMs = 1_500;
/** Whoever types a filter is not done with every letter. */
const settleMs = 250;
const mostEntries = 2_000;
let count = 0;

/** The log of one load balancer: its newest part, what comes while it is live, and older parts on demand. */
export function useAccessLog(loadBalancerId: string, filters: LogFilters, isLive: boolean): AccessLog {
  const [log, setLog] = useState<Log>();
  const [isLoading, setLoading] = useState(true);
  const { ask, error } = useQuestion(loadBalancerId, filters);

  useEffect(() => {
    const gone = new AbortController();
    const begin = async (): Promise<void> => {
      setLoading(true);
      const found = await ask({}, gone.signal);
      if (gone.signal.aborted) return;
      setLoading(false);
      if (found !== null) setLog(beginning(found));
    };
    const timer = setTimeout(() => void begin(), settleMs);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [ask]);

  // Each look begins a while after the answer to the one before has moved the place.
  const after = log?.newer;
  useEffect(() => {
    if (!isLive || after === undefined) return;
    const gone = new AbortController();
    const look = async (): Promise<void> => {
      const found = await ask({ after }, gone.signal);
      if (gone.signal.aborted) return;
      if (found !== null) setLog((before) => withNewer(before, found, after));
      if (found === null || found.cursors.newer === after) timer = setTimeout(() => void look(), everyMs);
    };
    let timer = setTimeout(() => void look(), everyMs);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [ask, isLive, after]);

  const loadOlder = async (before: string): Promise<void> => {
    setLoading(true);
    const found = await ask({ before });
    setLoading(false);
    if (found !== null) setLog((now) => withOlder(now, found));
  };
  const older = log?.older ?? null;
  return { log, error, isLoading, loadOlder: () => void (older !== null && loadOlder(older)) };
}

/** Asks for a part of the log; null when it could not be told, and `error` says why. */
function useQuestion(loadBalancerId: string, filters: LogFilters) {
  const [error, setError] = useState<ApiError | null>(null);
  const ask = useCallback(
    async (
      place: Readonly<Record<string, string>>,
      signal?: AbortSignal,
    ): Promise<AccessLogAnswer | null> => {
      const query = { loadbalancer_id: loadBalancerId, ...queryOf(filters), ...place };
      try {
        const { body } = await client.listAccessLog({ query, ...(signal === undefined ? {} : { signal }) });
        setError(null);
        return body.access_log;
      } catch (failure) {
        if (signal?.aborted !== true && failure instanceof ApiError) setError(failure);
        return null;
      }
    },
    [loadBalancerId, filters],
  );
  return { ask, error };
}

function numbered(entries: readonly AccessLogEntry[]): readonly NumberedEntry[] {
  return entries.map((entry) => ({ ...entry, key: (count += 1) }));
}

function beginning({ entries, cursors, enabled }: AccessLogAnswer): Log {
  return { entries: numbered(entries), ...cursors, isForced: enabled === 'all', arrived: 0 };
}

/** An answer to a question that was asked from another place is of no use any more. */
function withNewer(log: Log | undefined, found: AccessLogAnswer, askedAfter: string): Log | undefined {
  if (log === undefined || log.newer !== askedAfter) return log;
  const { newer } = found.cursors;
  if (found.entries.length === 0) return { ...log, newer };
  const entries = [...numbered(found.entries.toReversed()), ...log.entries].slice(0, mostEntries);
  return { ...log, newer, entries, arrived: log.arrived + found.entries.length };
}

function withOlder(log: Log | undefined, found: AccessLogAnswer): Log | undefined {
  if (log === undefined) return log;
  return { ...log, older: found.cursors.older, entries: [...log.entries, ...numbered(found.entries)] };
}
