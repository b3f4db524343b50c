import type { Settings } from '@elbow/model';
import type { TlsBirth } from '@elbow/proxy';
import { createReplayFilter, nativeCapability, type NativeCapability } from '@elbow/tls';

/** Which TLS engine the workers use, and what that means. */
export interface TlsEngineChoice {
  readonly engine: TlsBirth['engine'];
  /** Why there is no TLS 1.3 early data; null where there is. */
  readonly whyNoEarlyData: string | null;
}

/**
 * `auto` takes the native engine where it is built and loads.
 * @throws where the operator insists on the native engine and it is not there
 */
export function chooseTlsEngine(
  wish: Settings['tlsEngine'],
  native: NativeCapability = nativeCapability(),
): TlsEngineChoice {
  if (wish === 'node')
    return { engine: 'node', whyNoEarlyData: 'node:tls has none, and tls_engine is set to node' };
  if (native.available) return { engine: 'native', whyNoEarlyData: null };
  if (wish === 'native') throw new Error(`tls_engine is native: ${native.reason}`);
  return { engine: 'node', whyNoEarlyData: native.reason };
}

/**
 * What workers are born with.
 * @param hasOldTickets sessions from before this start may be resumed, so a process before this one may have seen first
 *   flights that this one knows nothing of: early data is refused for as long as a copy of one could be of use
 */
export function tlsBirth({ engine }: TlsEngineChoice, hasOldTickets: boolean): TlsBirth {
  if (engine === 'node') return { engine, replayFilter: null };
  return { engine, replayFilter: createReplayFilter(hasOldTickets ? {} : { quietSeconds: 0 }) };
}
