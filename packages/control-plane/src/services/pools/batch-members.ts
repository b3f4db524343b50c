import {
  type MemberCreate,
  type MemberName,
  parseMemberAdditions,
  parseMemberChanges,
  parseMemberRemovals,
} from '@elbow/api';
import { canonicalAddress, type Member, notFound } from '@elbow/model';
import { inUnit } from '../crud/batch.ts';
import { changeRow, createRow, removeRow } from '../crud/crud.ts';
import type { WireRecord } from '../crud/list-page.ts';
import { memberDescriptor } from './members.ts';
import { Refusal, valueOf } from '../crud/refusal.ts';
import type { Answer, Call, ServiceContext, Unit } from '../crud/service-context.ts';

/** `members/batch-add`: what is there already stays as it is, and its item says so. */
export function batchAddMembers(context: ServiceContext, call: Call): Promise<Answer> {
  const wishes = valueOf(parseMemberAdditions(call.body));
  const descriptor = memberDescriptor(context);
  return inUnit(context, call, 200, async (unit) => {
    await membersOfPath(context, unit);
    const items: (readonly [Member, 'successful' | 'existed'])[] = [];
    for (const wish of wishes) {
      const known = (await membersOfPath(context, unit)).find((member) => isAt(member, wish));
      if (known !== undefined) items.push([known, 'existed']);
      else items.push([await createRow(context, descriptor, unit, wish), 'successful']);
    }
    const wires = await descriptor.toWire(
      unit.writer,
      items.map(([member]) => member),
    );
    return { members: wires.map((wire, at) => withResult(wire, items[at]![1])) };
  });
}

function withResult({ ip_version: _version, ...wire }: WireRecord, result: string): WireRecord {
  return { ...wire, port_id: '', ret_status: result };
}

/** `members/batch-update`: all of them or none. */
export function batchUpdateMembers(context: ServiceContext, call: Call): Promise<Answer> {
  const changes = valueOf(parseMemberChanges(call.body));
  const descriptor = memberDescriptor(context);
  return inUnit(context, call, 200, async (unit) => {
    const members: Member[] = [];
    for (const { id, wish } of changes) {
      const row = (await membersOfPath(context, unit)).find((member) => member.id === id);
      if (row === undefined) throw new Refusal(notFound('member', id));
      members.push(await changeRow({ context, descriptor, unit }, row, wish));
    }
    const wires = await descriptor.toWire(unit.writer, members);
    return { members: wires.map((wire) => ({ ...wire, port_id: '' })) };
  });
}

/** `members/batch-delete`: those that are not there are no mistake, and their items say so. */
export function batchDeleteMembers(context: ServiceContext, call: Call): Promise<Answer> {
  const names = valueOf(parseMemberRemovals(call.body));
  const descriptor = memberDescriptor(context);
  return inUnit(context, call, 200, async (unit) => {
    const results: WireRecord[] = [];
    for (const name of names) {
      const row = (await membersOfPath(context, unit)).find((member) => isNamed(member, name));
      if (row !== undefined) await removeRow(descriptor, unit, row);
      const id = row?.id ?? ('id' in name ? name.id : '');
      results.push({ id, ret_status: row === undefined ? 'not found' : 'successful' });
    }
    return { members: results };
  });
}

/** @throws Refusal when there is no such pool */
async function membersOfPath(context: ServiceContext, { writer, call }: Unit): Promise<readonly Member[]> {
  const scope = await memberDescriptor(context).scope?.(writer, call);
  return writer.list('member', { where: scope ?? {} });
}

function isAt(member: Member, { address, port }: Pick<MemberCreate, 'address' | 'port'>): boolean {
  return member.port === port && member.address === (canonicalAddress(address) ?? address.toLowerCase());
}

function isNamed(member: Member, name: MemberName): boolean {
  return 'id' in name ? member.id === name.id : isAt(member, name);
}
