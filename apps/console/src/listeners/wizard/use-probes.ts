import type { ApiError, ProbeBody, ProbeWire } from '@elbow/api';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { monitorBody } from './compose-body.ts';
import type { MemberRow, MonitorValues } from './wizard-draft.ts';

/** The longest that a probe may take, in seconds. */
const mostSeconds = 10;

export interface ProbeState {
  readonly isRunning: boolean;
  readonly found: ProbeWire | null;
  readonly error: ApiError | null;
}

interface OwnedState extends ProbeState {
  readonly place: string;
}

/** Has the nodes try servers that are not there yet; what was found stands until address or port change. */
export function useProbes(monitor: MonitorValues) {
  const [states, setStates] = useState<ReadonlyMap<number, OwnedState>>(new Map());
  const put = (row: MemberRow, state: ProbeState): void =>
    setStates((before) => new Map(before).set(row.key, { ...state, place: placeOf(row) }));
  const start = (row: MemberRow): void => {
    put(row, { isRunning: true, found: null, error: null });
    client.createProbe({ body: { probe: probeBody(row, monitor) } }).then(
      ({ body }) => put(row, { isRunning: false, found: body.probe, error: null }),
      (error: ApiError) => put(row, { isRunning: false, found: null, error }),
    );
  };
  const of = (row: MemberRow): ProbeState | null => {
    const state = states.get(row.key);
    return state?.place === placeOf(row) ? state : null;
  };
  return { start, of };
}

function placeOf({ address, protocol_port: port }: MemberRow): string {
  return `${address} ${port}`;
}

/** What the health check will do; a connection alone where there is none, or where it goes to another port. */
function probeBody({ address, protocol_port: port }: MemberRow, monitor: MonitorValues): ProbeBody {
  const place = { address, protocol_port: port as number };
  const isElsewhere = monitor.monitor_port !== null && monitor.monitor_port !== port;
  if (!monitor.isOn || isElsewhere) return { ...place, protocol: 'TCP' };
  const {
    type,
    timeout,
    delay: _delay,
    max_retries: _up,
    max_retries_down: _down,
    ...rest
  } = monitorBody(monitor);
  const { monitor_port: _port, ...how } = rest;
  return { ...place, ...how, protocol: type, timeout: Math.min(timeout, mostSeconds) };
}
