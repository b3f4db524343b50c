import type { ClientSide } from '../client/client-side.ts';
import type { ConnectionFacts } from '../client/connection-facts.ts';
import type { ServedListener } from '../plan/served-listener.ts';
import type { ServedPlan } from '../plan/served-plan.ts';
import type { WorkerContext } from '../worker-context.ts';
import type { ReplayBudget } from './replay-budget.ts';

/** What an exchange is born with; the plan and the listener are those of the moment and stay for its life. */
export interface ExchangeBirth {
  readonly context: WorkerContext;
  readonly plan: ServedPlan;
  readonly listener: ServedListener;
  readonly facts: ConnectionFacts;
  readonly client: ClientSide;
  /** Of the client's connection. */
  readonly replayBudget: ReplayBudget;
}
