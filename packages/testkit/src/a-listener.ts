import { freeAddress } from './addresses.ts';
import { expectStatus } from './api-client.ts';
import type { WireResource } from './api-client.ts';
import { testAuthority } from './certificates.ts';
import type { KeyType } from './certificates.ts';
import type { Elbow } from './elbow.ts';
import { openRawClient } from './raw-client.ts';
import type { RawClient, RawClientOptions } from './raw-client.ts';
import { runCommand } from './run-command.ts';
import type { CommandResult } from './run-command.ts';

/** A member to be: a scripted one, or any address and port. */
export interface MemberWish {
  readonly address: string;
  readonly port: number;
  readonly weight?: number;
}

export interface ListenerWish {
  readonly members?: readonly MemberWish[];
  readonly protocol?: 'HTTP' | 'HTTPS';
  /** Default 8443. */
  readonly port?: number;
  readonly keyType?: KeyType;
  /** More fields of the listener's create body. */
  readonly fields?: object;
  /** More fields of the load balancer's create body. */
  readonly loadBalancer?: object;
  /** More fields of the pool's create body. */
  readonly pool?: object;
}

export interface BuiltListener {
  readonly vip: string;
  readonly port: number;
  /** `https://VIP:PORT` without a path. */
  readonly url: string;
  readonly loadBalancer: WireResource;
  readonly listener: WireResource;
  readonly pool: WireResource;
  readonly members: readonly WireResource[];
  readonly certificate: WireResource | null;
  /** Runs curl against {@link serverName} at this listener, trusting the test authority. `path` begins with a slash. */
  curl(path: string, ...words: readonly string[]): Promise<CommandResult>;
  /** A connection for bytes of the test's own: TLS with HTTP/1.1, or plain. */
  connect(options?: Partial<RawClientOptions>): Promise<RawClient>;
}

export const serverName = 'www.example.test';

/** Builds load balancer, certificate, listener, pool and members in that order, on a VIP of its own. HTTPS is TLS 1.2 and 1.3. */
export async function aListener(elbow: Elbow, wish: ListenerWish = {}): Promise<BuiltListener> {
  const { api } = elbow;
  const { protocol = 'HTTPS', port = 8443, members = [] } = wish;
  const authority = await testAuthority();
  const loadBalancer = await aLoadBalancer(elbow, wish.loadBalancer);
  const vip: string = loadBalancer['vip_address'];
  const certificate = protocol === 'HTTPS' ? await aCertificate(elbow, wish.keyType) : null;
  const tls =
    certificate === null
      ? {}
      : { default_tls_container_ref: certificate.id, tls_ciphers_policy: 'tls-1-2-fs-with-1-3' };
  const place = { loadbalancer_id: loadBalancer.id, protocol, protocol_port: port };
  const listener = await api.create('listener', { ...place, ...tls, ...wish.fields });
  const pool = await api.create('pool', {
    listener_id: listener.id,
    protocol: 'HTTP',
    lb_algorithm: 'ROUND_ROBIN',
    ...wish.pool,
  });
  const added: WireResource[] = [];
  for (const member of members) added.push(await api.addMember(pool.id, memberFields(member)));
  await expectServed(elbow, listener.id);
  const scheme = protocol.toLowerCase();
  const route = ['--connect-to', `::${vip}:${port}`];
  const curlWords = [
    '-sS',
    '--noproxy',
    '*',
    '--max-time',
    '20',
    '--cacert',
    authority.certificateFile,
    ...route,
  ];
  return {
    vip,
    port,
    url: `${scheme}://${vip}:${port}`,
    loadBalancer,
    listener,
    pool,
    members: added,
    certificate,
    curl: (path, ...words) =>
      runCommand('curl', [...curlWords, ...words, `${scheme}://${serverName}:${port}${path}`]),
    connect: (options) =>
      openRawClient({
        host: vip,
        port,
        ...(certificate === null ? {} : { tls: { ca: authority.certificatePem, servername: serverName } }),
        ...options,
      }),
  };
}

/** A listener that is stored but not served would show only as refused connections; its reason says more. */
async function expectServed({ api }: Elbow, listenerId: string): Promise<void> {
  const { json } = expectStatus(await api.call('GET', '/elbow/v1/troubles'), 200);
  const troubles = (json.troubles as readonly { id: string; reason: string }[]).filter(
    ({ id }) => id === listenerId,
  );
  if (troubles.length > 0) throw new Error(troubles.map(({ reason }) => reason).join('; '));
}

/** A load balancer on an address of its own. */
export function aLoadBalancer(elbow: Elbow, fields: object = {}): Promise<WireResource> {
  const own = { availability_zone_list: ['az1'], vip_address: freeAddress(), ip_target_enable: true };
  return elbow.api.create('loadbalancer', { ...own, ...fields });
}

/** A server certificate for {@link serverName}, stored in the daemon. */
export async function aCertificate(elbow: Elbow, keyType?: KeyType): Promise<WireResource> {
  const files = await (await testAuthority()).issue([serverName], keyType);
  return elbow.api.create('certificate', {
    type: 'server',
    certificate: files.certificatePem,
    private_key: files.keyPem,
  });
}

export function memberFields({ address, port, weight }: MemberWish): object {
  return { address, protocol_port: port, ...(weight === undefined ? {} : { weight }) };
}
