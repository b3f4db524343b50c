import { type Answer, ApiError } from '@elbow/api';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useWrite, type Write } from '../api/use-write.ts';
import type { ConflictDialogProps } from './conflict-dialog.tsx';
import { changedFields, type Fields, type ValueWords, type Versioned } from './edit-changes.ts';

const ConflictDialog = lazy(async () => ({
  default: (await import('./conflict-dialog.tsx')).ConflictDialog,
}));

export interface EditOptions<Values extends object, Body, Wire extends object> {
  /** The object as the page shows it. */
  readonly of: Wire;
  /** The object as it is now, with its version: `client.showPool(…)` and what of its body is meant. */
  readonly read: () => Promise<Versioned<Wire>>;
  /** `(pool, ifMatch) => client.updatePool({ params, body: { pool }, ifMatch })` */
  readonly call: (values: Values, ifMatch: string | undefined) => Promise<Answer<Body>>;
  readonly said: (body: Body) => string;
  readonly concerns?: () => readonly string[];
  /** It was saved, or the user keeps what somebody else has saved: close the form. */
  readonly onDone?: () => void;
  /** Of a form that is open as soon as it is there, such as a drawer. */
  readonly isOpenAtOnce?: boolean;
  /** Fields of the API in words; those that are missing go by their names. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Values of fields in words, where JSON would say too much or too little. */
  readonly words?: ValueWords;
}

export interface Edit<Values> extends Pick<Write<Values, unknown>, 'isRunning' | 'error' | 'reset'> {
  /** The form opens: what it shows from here on is what its changes start from. */
  readonly begin: () => void;
  /** Resolves to whether the form can close: it was saved, or given up in favour of somebody else's change. */
  readonly run: (values: Values) => Promise<boolean>;
  /** To be put on the page: asks what to do when somebody else was faster. */
  readonly dialog: ReactNode;
}

interface Guarded<Values> {
  readonly values: Values;
  readonly ifMatch: string | undefined;
}

interface Started<Wire> {
  readonly shown: Wire;
  readonly now: Promise<Versioned<Wire> | null>;
}

interface Conflict<Values, Wire> {
  readonly before: Wire;
  readonly theirs: Versioned<Wire>;
  readonly values: Values;
  readonly settle: (isOver: boolean) => void;
}

/**
 * A change that does not overwrite somebody else's unseen. It is tied to the version that the form was opened on; when
 * the object has changed since, both changes are shown, and the user keeps one of them.
 */
export function useEdit<Values extends object, Body, Wire extends object>(
  options: EditOptions<Values, Body, Wire>,
): Edit<Values> {
  const cache = useQueryClient();
  const { startedRef, begin } = useStart(options);
  const { write, attempt } = useGuardedWrite(options);
  const [conflict, setConflict] = useState<Conflict<Values, Wire> | null>(null);
  const over = (): true => {
    startedRef.current = null;
    setConflict(null);
    options.onDone?.();
    return true;
  };
  const ask = (values: Values, before: Wire, theirs: Versioned<Wire>): Promise<boolean> =>
    new Promise((settle) => setConflict({ before, theirs, values, settle }));
  const send = async (guarded: Guarded<Values>, before: Wire): Promise<boolean> => {
    const outcome = await attempt(guarded);
    if (outcome === 'saved') return over();
    return outcome === 'refused' ? false : ask(guarded.values, before, outcome);
  };
  const run = async (values: Values): Promise<boolean> => {
    const { shown, now } = startedRef.current ?? begin();
    const opened = await now;
    // Without versions it is looked at once more: somebody may have saved it while the form was open.
    const found = opened?.etag === null ? await options.read().catch(() => null) : opened;
    // It had changed before the form was opened, and the page had not heard of it yet.
    if (found !== null && hasChanged(shown, found.object, values)) return ask(values, shown, found);
    return send({ values, ifMatch: found?.etag ?? undefined }, shown);
  };
  const keepMine = async ({ values, before, theirs, settle }: Conflict<Values, Wire>): Promise<void> => {
    setConflict(null);
    settle(
      await send({ values: onlyMine(values, before), ifMatch: theirs.etag ?? undefined }, theirs.object),
    );
  };
  const dialog = conflict !== null && (
    <HeldDialog
      conflict={conflict}
      labels={options.labels ?? {}}
      words={options.words ?? {}}
      onTheirs={() => {
        void cache.invalidateQueries();
        conflict.settle(over());
      }}
      onMine={() => void keepMine(conflict)}
      onClose={() => {
        conflict.settle(false);
        setConflict(null);
      }}
    />
  );
  return {
    begin: () => void begin(),
    run,
    dialog,
    isRunning: write.isRunning,
    error: write.error,
    reset: write.reset,
  };
}

/** Remembers what the page showed when the form was opened, and asks for its version. */
function useStart<Values extends object, Body, Wire extends object>({
  of,
  read,
  isOpenAtOnce = false,
}: EditOptions<Values, Body, Wire>) {
  const startedRef = useRef<Started<Wire> | null>(null);
  const begin = (): Started<Wire> => (startedRef.current = { shown: of, now: read().catch(() => null) });
  const open = useEffectEvent(begin);
  useEffect(() => {
    if (isOpenAtOnce) open();
  }, [isOpenAtOnce]);
  return { startedRef, begin };
}

/** A write whose attempts resolve to what became of them: where somebody else was faster, to what is there now. */
function useGuardedWrite<Values extends object, Body, Wire extends object>({
  call,
  read,
  said,
  concerns,
}: EditOptions<Values, Body, Wire>) {
  const hasMovedRef = useRef(false);
  const write = useWrite<Guarded<Values>, Body>({
    call: ({ values, ifMatch }) =>
      call(values, ifMatch).catch((error: unknown) => {
        hasMovedRef.current = error instanceof ApiError && error.status === 412;
        throw error;
      }),
    said: (_, body) => said(body),
    ...(concerns === undefined ? {} : { concerns }),
  });
  const attempt = async (guarded: Guarded<Values>): Promise<'saved' | 'refused' | Versioned<Wire>> => {
    hasMovedRef.current = false;
    if ((await write.run(guarded)) !== null) return 'saved';
    const theirs = hasMovedRef.current ? await read().catch(() => null) : null;
    // Without it there is nothing to compare with: the refusal stays on the form.
    if (theirs === null) return 'refused';
    write.reset();
    return theirs;
  };
  return { write, attempt };
}

interface HeldDialogProps
  extends Pick<ConflictDialogProps, 'labels' | 'words' | 'onTheirs' | 'onMine' | 'onClose'> {
  readonly conflict: Conflict<object, object>;
}

function HeldDialog({ conflict, ...wishes }: HeldDialogProps) {
  return (
    <Suspense>
      <ConflictDialog
        before={conflict.before as Fields}
        theirs={conflict.theirs.object as Fields}
        yours={conflict.values as Fields}
        {...wishes}
      />
    </Suspense>
  );
}

function hasChanged(before: object, after: object, values: object): boolean {
  return changedFields(before as Fields, after as Fields, values as Fields).length > 0;
}

/** What the user has not touched stays as somebody else has made it. */
function onlyMine<Values extends object>(values: Values, before: object): Values {
  const own = Object.entries(values).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify((before as Fields)[key]),
  );
  return Object.fromEntries(own) as Values;
}
