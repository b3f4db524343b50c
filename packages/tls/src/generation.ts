import type { Socket } from 'node:net';
import { type ClientHello, readClientHello, serverNameIn } from './client-hello.ts';
import type { EndpointCache } from './endpoint-cache.ts';
import { helloFacts } from './hello-facts.ts';
import { createNameTable, type NameMatch, type NameTable } from '@elbow/plan';
import type { ServerIdentity } from './server-identity.ts';
import { createEndpoint, type EndpointSettings, type TlsEndpoint, type TlsEvents } from './tls-endpoint.ts';

export interface GenerationSettings extends EndpointSettings {
  /** Shown to clients that ask for no name or an unknown one. */
  readonly identity: ServerIdentity;
  /** Names with certificates of their own: one, or one each of RSA and ECDSA. */
  readonly names: readonly (readonly [name: string, identities: readonly ServerIdentity[]])[];
  readonly nameMatch: NameMatch;
  /** Whether facts of connections tell what their client's first message told. */
  readonly keepsHelloFacts: boolean;
  readonly endpoints: EndpointCache;
}

/** One set of TLS settings in force. It takes accepted sockets; it never listens. */
export interface Generation {
  accept(socket: Socket, arrival: Arrival): void;
}

export interface Arrival {
  /** The client's first message, complete; it is also the next to be read from the socket. */
  readonly hello: Buffer;
  /** 48 bytes, equal in all workers, so that a ticket of one resumes at another. */
  readonly ticketKeys: Buffer;
  /** Called once when the handshake is over, however it ended. */
  readonly done: () => void;
}

/**
 * Makes the TLS side of a listener as it is now. The port belongs to a plain server that outlives all generations:
 * a change of certificate or policy makes a new one for new connections and leaves open ones alone.
 *
 * Names are looked up in the client's first message before TLS sees it, and each set of certificates has an endpoint
 * of its own: a certificate that node:tls changes within a handshake leaves the default one of the other key type in
 * place, and takes one of a pair only.
 *
 * @throws when OpenSSL refuses the default certificate, its key or the cipher string; the message says which
 */
export function createGeneration(settings: GenerationSettings, events: TlsEvents): Generation {
  const lookUp = createNameTable(settings.names, settings.nameMatch);
  const generation: Parts = {
    settings,
    events,
    lookUp,
    fallback: endpointFor([settings.identity], settings, events),
  };
  const isHelloOfUse = settings.names.length > 0 || settings.keepsHelloFacts;
  return {
    accept: (socket, { hello: bytes, ticketKeys, done }) => {
      const hello = isHelloOfUse ? readClientHello(bytes) : null;
      const facts = hello !== null && settings.keepsHelloFacts ? helloFacts(hello) : null;
      choose(generation, hello).accept(socket, { hello: facts, done }, ticketKeys);
    },
  };
}

interface Parts {
  readonly settings: GenerationSettings;
  readonly events: TlsEvents;
  readonly lookUp: NameTable<readonly ServerIdentity[]>;
  readonly fallback: TlsEndpoint;
}

/** Endpoints of names are made when a client first asks for one. */
function choose({ settings, events, lookUp, fallback }: Parts, hello: ClientHello | null): TlsEndpoint {
  const name = hello === null ? null : serverNameIn(hello);
  const identities = name === null ? null : lookUp(name);
  if (identities === null) return fallback;
  try {
    return endpointFor(identities, settings, events);
  } catch (error) {
    // What is served was checked when it was stored: only an engine that changed since then refuses it.
    events.onHandshakeError(new Error(`the certificate for ${name} cannot be used: ${String(error)}`));
    return fallback;
  }
}

function endpointFor(
  identities: readonly ServerIdentity[],
  settings: GenerationSettings,
  events: TlsEvents,
): TlsEndpoint {
  const versions = identities.map(({ version }) => version);
  const key = JSON.stringify([settings.sessionIdContext, settings.isHttp2Enabled, ...versions]);
  return settings.endpoints.get(key, () => createEndpoint(settings, identities, events));
}
