import type { ComposeWish } from '@elbow/api';
import {
  canonicalAddress,
  canonicalRange,
  type HttpsListener,
  type Listener,
  type PlanFacts,
  systemSecurityPolicyByName,
  type TlsChoice,
} from '@elbow/model';
import type { Reader } from '@elbow/store';
import { AddressSet, addressIndex } from '@elbow/traffic';
import type { ServiceContext, Unit } from '../services/crud/service-context.ts';
import type { Composed } from './compose-listener.ts';

interface Tried {
  readonly wish: ComposeWish;
  readonly composed: Composed;
}

/** What warnings are about. @returns null without a listener: then there are errors to look at first */
export async function planFacts(
  { nowMs }: ServiceContext,
  { writer, call }: Unit,
  { wish, composed }: Tried,
): Promise<PlanFacts | null> {
  const { listener } = composed;
  if (listener === null) return null;
  return {
    listener,
    ...(await tlsFacts(writer, listener)),
    access: await accessFacts(writer, listener, call.origin.address),
    serverNames: wish.serverNames,
    ...(await poolFacts(writer, listener)),
    nowMs: nowMs(),
  };
}

type TlsFacts = Pick<PlanFacts, 'certificates' | 'authorities' | 'tls'>;

async function tlsFacts(reader: Reader, listener: Listener): Promise<TlsFacts> {
  if (listener.protocol !== 'HTTPS') return { certificates: [], authorities: null, tls: null };
  const { certificateId, sniCertificateIds, clientCaCertificateId } = listener;
  const found = await Promise.all(
    [certificateId, ...sniCertificateIds].map((id) => reader.find('certificate', id)),
  );
  const authorities =
    clientCaCertificateId === null ? null : await reader.find('certificate', clientCaCertificateId);
  return {
    certificates: found.filter((certificate) => certificate !== null),
    authorities,
    tls: await tlsChoice(reader, listener),
  };
}

async function tlsChoice(reader: Reader, listener: HttpsListener): Promise<TlsChoice | null> {
  const { securityPolicyId, securityPolicy } = listener;
  return securityPolicyId === null
    ? systemSecurityPolicyByName(securityPolicy)
    : reader.find('securityPolicy', securityPolicyId);
}

async function accessFacts(
  reader: Reader,
  { accessControl }: Listener,
  address: string,
): Promise<PlanFacts['access']> {
  if (accessControl === null || !accessControl.isEnabled) return null;
  const groups = await Promise.all(accessControl.ipGroupIds.map((id) => reader.find('ipGroup', id)));
  const ranges = groups
    .flatMap((group) => group?.entries ?? [])
    .map(({ ip }) => canonicalRange(ip))
    .filter((range) => range !== null);
  const caller = canonicalAddress(address) ?? address;
  const hasCaller = new AddressSet(addressIndex(ranges)).has(caller);
  return { type: accessControl.type, entryCount: ranges.length, hasCaller, caller };
}

async function poolFacts(
  reader: Reader,
  { defaultPoolId }: Listener,
): Promise<Pick<PlanFacts, 'memberWeights' | 'healthCheck'>> {
  if (defaultPoolId === null) return { memberWeights: null, healthCheck: null };
  const members = await reader.list('member', { where: { poolId: [defaultPoolId] } });
  const [monitor] = await reader.list('healthMonitor', { where: { poolId: [defaultPoolId] } });
  return {
    memberWeights: members.map(({ weight }) => weight),
    healthCheck: monitor === undefined ? null : monitor,
  };
}
