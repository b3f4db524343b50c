import { type ComposeWish, parseCompose } from '@elbow/api';
import { planWarnings, type PlanWarning, type Problem } from '@elbow/model';
import type { Writer } from '@elbow/store';
import type { Answer, Call, ServiceContext } from '../services/crud/service-context.ts';
import { type Composed, compose, composedToWire } from './compose-listener.ts';
import { planFacts } from './plan-facts.ts';

interface Preview {
  readonly errors: readonly Problem[];
  readonly warnings: readonly PlanWarning[];
  readonly creates: Awaited<ReturnType<typeof composedToWire>>;
}

/** Carries what was found out of a unit that must not stay. */
class RolledBack extends Error {
  readonly preview: Preview;

  constructor(preview: Preview) {
    super('this unit of work was only tried');
    this.preview = preview;
  }
}

/**
 * `POST /elbow/v1/plan-preview`: what composing this body would do. It is really done, by the same rules, in a unit of
 * work that is then taken back, so the answer cannot differ from what happens on submit. The ids are those of the try.
 */
export async function previewPlan(context: ServiceContext, call: Call): Promise<Answer> {
  const parsed = parseCompose(call.body);
  if (!parsed.ok) return answer({ errors: [parsed.problem], warnings: [], creates: nothing });
  try {
    await context.store.write(async (writer) => {
      throw new RolledBack(await tryOut(context, { writer, call }, parsed.value));
    });
  } catch (error) {
    if (error instanceof RolledBack) return answer(error.preview);
    throw error;
  }
  throw new Error('a unit that throws cannot succeed');
}

const nothing = { listener: null, pool: null, healthmonitor: null, members: [] } as const;

async function tryOut(
  context: ServiceContext,
  unit: { readonly writer: Writer; readonly call: Call },
  wish: ComposeWish,
): Promise<Preview> {
  const errors: Problem[] = [];
  const composed: Composed = await compose({ context, unit }, wish, (found) => errors.push(...found));
  const facts = await planFacts(context, unit, { wish, composed });
  const warnings = facts === null ? [] : planWarnings(facts);
  return { errors, warnings, creates: await composedToWire(context, unit.writer, composed) };
}

function answer({ errors, warnings, creates }: Preview): Answer {
  const plan = {
    valid: errors.length === 0,
    errors: errors.flatMap(errorsToWire),
    warnings,
    creates,
  };
  return { status: 200, body: { plan } };
}

interface PreviewError {
  readonly field: string | null;
  readonly code: string;
  readonly message: string;
}

/** One entry per field, for forms; what is about no field stands alone. */
function errorsToWire({ code, message, fields = [] }: Problem): readonly PreviewError[] {
  if (fields.length === 0) return [{ field: null, code, message }];
  return fields.map(({ field, reason }) => ({ field, code, message: reason }));
}
