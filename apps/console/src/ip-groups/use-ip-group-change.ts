import type { IpGroupUpdateBody, IpGroupWire } from '@elbow/api';
import { client } from '../api/client.ts';
import { useEdit } from '../fields/use-edit.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { type Entry, writeEntries } from './entries-text.ts';
import { ipGroupMessages } from './messages.ts';
import { readIpGroup } from './queries.ts';

export interface IpGroupChangeOptions {
  readonly onDone?: () => void;
  /** It belongs to a form that is open as soon as it is there. */
  readonly isOpenAtOnce?: boolean;
}

/** Saves a few fields of a group, but not over what somebody else has saved meanwhile. */
export function useIpGroupChange(of: IpGroupWire, options: IpGroupChangeOptions = {}) {
  const { saved, facts, text } = useMessages(ipGroupMessages);
  return useEdit({
    ...options,
    of,
    read: () => readIpGroup(of.id),
    call: (ipgroup: IpGroupUpdateBody, ifMatch) =>
      client.updateIpGroup({ params: { ipgroup_id: of.id }, body: { ipgroup }, ifMatch }),
    said: ({ ipgroup }) => saved(nameOf(ipgroup)),
    concerns: () => of.listeners.map(({ id }) => id),
    labels: { name: facts.name, description: facts.description, ip_list: text.label },
    words: { ip_list: entryWords },
  });
}

/** So many lines of each side are shown. */
const mostLines = 12;

/** How many there are, and which of them came or went. */
function entryWords(value: unknown, before: unknown): string {
  const [now, then] = [linesOf(value), linesOf(before)];
  const changes = [
    ...[...now].filter((line) => !then.has(line)).map((line) => `+ ${line}`),
    ...[...then].filter((line) => !now.has(line)).map((line) => `− ${line}`),
  ];
  const rest = changes.length - mostLines;
  return [`(${now.size})`, ...changes.slice(0, mostLines), ...(rest > 0 ? [`… +${rest}`] : [])].join('\n');
}

function linesOf(value: unknown): ReadonlySet<string> {
  return new Set(((value ?? []) as readonly Entry[]).map((entry) => writeEntries([entry])));
}
