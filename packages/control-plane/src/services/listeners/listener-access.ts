import type { ListenerUpdate } from '@elbow/api';
import {
  type AccessControl,
  checkAccessControl,
  checkBindings,
  checkIsNoRedirectTarget,
  checkListenerHasNoPolicy,
  invalidField,
  type Listener,
} from '@elbow/model';
import { listenersOfIpGroups, requireIpGroups } from './ip-groups.ts';
import { refuseIf, Refusal } from '../crud/refusal.ts';
import type { ServiceContext, Unit } from '../crud/service-context.ts';

/** A change says only what changes; where there was nothing the groups cannot be missing. @throws Refusal */
export function mergeAccess(
  before: AccessControl | null,
  wish: ListenerUpdate['accessControl'],
): AccessControl | null {
  if (wish === undefined) return before;
  if (wish === null) return null;
  const { ipGroupIds } = { ...before, ...wish };
  if (ipGroupIds === undefined) throw new Refusal(invalidField('listener.ipgroup.ipgroup_id', 'is required'));
  return { isEnabled: true, type: 'white', ...before, ...wish, ipGroupIds };
}

/** The groups exist, and neither they nor the listener get more than the quotas allow. @throws Refusal */
export async function checkAccess(
  { settings }: ServiceContext,
  unit: Unit,
  { id, accessControl }: Listener,
  before: Listener | null,
): Promise<void> {
  if (accessControl === null) return;
  const groups = await requireIpGroups(unit, accessControl.ipGroupIds);
  refuseIf(checkAccessControl(accessControl, groups, settings.quotas));
  for (const group of groups) {
    if (before?.accessControl?.ipGroupIds.includes(group.id)) continue;
    const users = (await listenersOfIpGroups(unit.writer, [group.id])).filter((user) => user.id !== id);
    refuseIf(checkBindings(group.id, users.length, settings.quotas));
  }
}

/** @throws Refusal */
export async function checkNoPolicyNeeds({ writer }: Unit, { id }: Listener): Promise<void> {
  refuseIf(
    checkListenerHasNoPolicy(id, await writer.list('l7Policy', { where: { listenerId: [id] } })),
    checkIsNoRedirectTarget(id, await writer.list('l7Policy', { where: { redirectListenerId: [id] } })),
  );
}
