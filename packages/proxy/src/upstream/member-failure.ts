import type { MemberFailure } from './member-owner.ts';

/** Failures of this machine, not of the member: no descriptors, no local ports, no memory for sockets. */
const OWN_TROUBLES: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL']);

/** What a connection that was never made says about whom. */
export function connectFailureKind(errorCode: string): MemberFailure {
  if (OWN_TROUBLES.has(errorCode)) return 'own';
  return errorCode === 'ETIMEDOUT' ? 'connect-timeout' : 'connect-error';
}
