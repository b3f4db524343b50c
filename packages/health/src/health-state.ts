/** What the checks of one member have said so far. */
export interface HealthState {
  readonly status: 'INITIAL' | 'ONLINE' | 'OFFLINE';
  /** Results in a row that speak against `status`. */
  readonly against: number;
}

export interface Thresholds {
  /** Successes in a row that bring an offline member back. */
  readonly healthyThreshold: number;
  /** Failures in a row that take an online member out. */
  readonly unhealthyThreshold: number;
}

export const initialState: HealthState = { status: 'INITIAL', against: 0 };

/**
 * The state after one more result. The first one decides alone; from then on a member changes sides only by as many
 * results in a row as the threshold of the other side says.
 */
export function afterResult(state: HealthState, isHealthy: boolean, thresholds: Thresholds): HealthState {
  const side = isHealthy ? 'ONLINE' : 'OFFLINE';
  if (state.status === 'INITIAL') return { status: side, against: 0 };
  if (state.status === side) return state.against === 0 ? state : { status: side, against: 0 };
  const against = state.against + 1;
  const needed = isHealthy ? thresholds.healthyThreshold : thresholds.unhealthyThreshold;
  return against >= needed ? { status: side, against: 0 } : { status: state.status, against };
}
