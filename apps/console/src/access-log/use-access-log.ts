import { type AccessLogAnswer, type AccessLogEntry, ApiError } from '@elbow/api';
import { useCallback, useEffect, useRef, useState } from 'react';
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
  const [error, setError] = useState<ApiError | null>(null);
  const [isLoading, setLoading] = useState(true);
  const current = useRef<Log>(undefined);
  current.current = log;

  const load = useCallback(
    async (place: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<AccessLogAnswer | null> => {
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

  useEffect(() => {
    const gone = new AbortController();
    setLoading(true);
    const begin = async (): Promise<void> => {
      const found = await load({}, gone.signal);
      if (gone.signal.aborted) return;
      setLoading(false);
      if (found !== null) setLog(beginning(found));
    };
    const timer = setTimeout(() => void begin(), settleMs);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [load]);

  useEffect(() => {
    if (!isLive) return;
    const gone = new AbortController();
    const look = async (): Promise<void> => {
      const after = current.current?.newer;
      if (after !== undefined) {
        const found = await load({ after }, gone.signal);
        if (found !== null && !gone.signal.aborted) setLog((before) => withNewer(before, found, after));
      }
      if (!gone.signal.aborted) timer = setTimeout(() => void look(), everyMs);
    };
    let timer = setTimeout(() => void look(), everyMs);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [load, isLive]);

  const loadOlder = async (): Promise<void> => {
    const before = current.current?.older;
    if (before === null || before === undefined) return;
    setLoading(true);
    const found = await load({ before });
    setLoading(false);
    if (found !== null) setLog((log) => withOlder(log, found));
  };
  return { log, error, isLoading, loadOlder: () => void loadOlder() };
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
