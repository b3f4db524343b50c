import type { PublicAddress, Settings, Subnet } from '@elbow/model';
import type { Store, Writer } from '@elbow/store';
import type { Fleet } from '../../fleet.ts';
import type { Origin } from '../../history/origin.ts';

/** What every service may use. */
export interface ServiceContext {
  readonly store: Store;
  readonly settings: Settings;
  /** The frontend subnets under the ids that the API names them by. */
  readonly subnets: readonly Subnet[];
  /** The backend subnets, where connections to members come from; none: the host chooses. */
  readonly backendSubnets: readonly Subnet[];
  /** Addresses that load balancers can be known by to the world. */
  readonly publicAddresses: readonly PublicAddress[];
  readonly defaultVpcId: string;
  readonly fleet: Pick<
    Fleet,
    | 'capabilities'
    | 'troubles'
    | 'nodes'
    | 'memberHealth'
    | 'checkMember'
    | 'askPool'
    | 'probe'
    | 'notify'
    | 'whenLive'
  >;
  /** Seals private keys; 32 bytes. */
  readonly key: Uint8Array;
  readonly nowMs: () => number;
  /** A random UUID. */
  readonly newId: () => string;
}

/** One call of the API, with its form already checked and its caller known. */
export interface Call {
  readonly projectId: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** What the JSON body stood for; undefined without a body. */
  readonly body: unknown;
  /** `If-Match` as it came: the version that the caller has seen; null: whatever it is by now. */
  readonly ifMatch?: string | null;
  readonly origin: Origin;
}

export interface Answer {
  readonly status: 200 | 201 | 202 | 204;
  /** Null for an empty body. */
  readonly body: Readonly<Record<string, unknown>> | null;
  /** Of a write: where it stands in the change feed (0 when nodes serve the same as before). */
  readonly revision?: number;
  /** The version of the one object that the body shows. */
  readonly etag?: string;
}

export type Handler = (call: Call) => Promise<Answer>;

/** A running unit of work and the call that it is for. */
export interface Unit {
  readonly writer: Writer;
  readonly call: Call;
}
