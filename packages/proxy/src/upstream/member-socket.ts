import { connect as connectTcp, type OnReadOpts, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { MemberTarget } from './member-target.ts';

/**
 * Member sockets of a worker read into this one buffer: what a read brings is parsed and copied to its client before
 * the next read, so nothing has to be allocated for it.
 */
const readBuffer = Buffer.allocUnsafeSlow(31 * 1024);

export interface MemberSocketEvents {
  /** Requests may be sent: TCP is connected, and TLS negotiated where the target asks for it. */
  onConnected(): void;
  /** `bytes[0, count)` is valid during the call. */
  onBytes(bytes: Buffer, count: number): void;
}

/** Connections that this worker has opened from addresses of its own choice: whose turn it is. */
let turns = 0;

/** Opens a socket to a member. Errors and ends come as events of the socket. */
export function openMemberSocket(target: MemberTarget, events: MemberSocketEvents): Socket {
  const onread: OnReadOpts = {
    buffer: readBuffer,
    callback: (count, buffer) => {
      events.onBytes(buffer as Buffer, count);
      return true;
    },
  };
  const { sources } = target;
  const from = sources.length === 0 ? {} : { localAddress: sources[turns++ % sources.length]! };
  const place = { host: target.address, port: target.port, noDelay: true, onread, ...from };
  if (target.tls === null) return connectTcp(place).on('connect', () => events.onConnected());
  const { caPem } = target.tls;
  const socket = connectTls({
    ...place,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: caPem !== null,
    ...(caPem === null ? {} : { ca: caPem }),
    ...(target.serverName === null ? {} : { servername: target.serverName }),
  });
  return socket.on('secureConnect', () => events.onConnected());
}
