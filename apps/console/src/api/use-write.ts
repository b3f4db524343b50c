import type { Answer, ApiError } from '@elbow/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSaved } from './use-saved.tsx';

export interface WriteOptions<Input, Body> {
  readonly call: (input: Input) => Promise<Answer<Body>>;
  /** What has been done, in words: `Listener web saved`. */
  readonly said: (input: Input, body: Body) => string;
  /** Ids of objects whose trouble on a node means that this write did not take. */
  readonly concerns?: (input: Input, body: Body) => readonly string[];
  readonly onDone?: (body: Body, input: Input) => void;
}

export interface Write<Input, Body> {
  /** Never rejects: null when it failed, and `error` says why. */
  readonly run: (input: Input) => Promise<Body | null>;
  readonly isRunning: boolean;
  readonly error: ApiError | null;
  readonly reset: () => void;
}

/**
 * A change of something. When it is saved, every list and detail on the screen is asked for again, and the user is told
 * whether the workers serve it: saved and live, saved and on its way, or saved and not taken by a node.
 */
export function useWrite<Input, Body>(options: WriteOptions<Input, Body>): Write<Input, Body> {
  const cache = useQueryClient();
  const tellSaved = useSaved();
  const mutation = useMutation<Answer<Body>, ApiError, Input>({
    mutationFn: options.call,
    onSuccess: (answer, input) => {
      options.onDone?.(answer.body, input);
      void cache.invalidateQueries();
      const ids = options.concerns?.(input, answer.body) ?? [];
      void tellSaved({ text: options.said(input, answer.body), live: answer.live, ids });
    },
  });
  return {
    run: (input) =>
      mutation.mutateAsync(input).then(
        ({ body }) => body,
        () => null,
      ),
    isRunning: mutation.isPending,
    error: mutation.error,
    reset: mutation.reset,
  };
}
