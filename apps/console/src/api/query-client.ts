import { ApiError } from '@elbow/api';
import { QueryClient } from '@tanstack/react-query';

/** Health, status and whatever else changes by itself is asked for again after this time. */
export const freshMs = 10_000;

const mostRetries = 2;

/** Refusals stay refusals; a server that is away or restarting may be back in a second. */
function mayHelpToRetry(count: number, error: unknown): boolean {
  const isPassing = error instanceof ApiError && (error.status === 0 || error.status >= 500);
  return isPassing && count < mostRetries;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 1_000, retry: mayHelpToRetry, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});
