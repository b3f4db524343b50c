import type { AttentionItem } from '@elbow/api';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { serverWords } from '../server-words/server-words.ts';
import { monitoringMessages } from './messages.ts';

export interface AttentionWords {
  readonly title: string;
  readonly detail: string;
}

/** An item in words: what it is, and how bad. */
export function useAttentionWords(item: AttentionItem): AttentionWords {
  const t = useMessages(monitoringMessages).attention;
  const format = useFormat();
  const title = t.kinds[item.kind];
  switch (item.kind) {
    case 'no_node':
      return { title, detail: t.noNode };
    case 'node_refuses':
    case 'not_served':
      return { title, detail: serverWords(item.reason) };
    case 'members_down':
      return { title, detail: t.down(item.down, item.members) };
    case 'certificate_expired':
    case 'certificate_expires': {
      const when = format.time(item.expires_at);
      const time = item.kind === 'certificate_expired' ? t.expired(when) : t.expires(item.days_left, when);
      return { title, detail: `${time} ${t.usedBy(item.listeners)}` };
    }
    case 'connections_near_limit':
      return { title, detail: t.open(item.percent, format.number(item.value), format.number(item.limit)) };
    case 'new_connections_near_limit':
      return { title, detail: t.rate(item.percent, format.number(item.value), format.number(item.limit)) };
  }
}

/** The page on which something can be done about it. */
export function attentionPlace({ resource_type: type, resource_id: id, kind }: AttentionItem): string | null {
  switch (type) {
    case 'loadbalancer':
      return `/lbs/${id}/summary`;
    case 'listener':
      return `/listeners/${id}/${kind === 'not_served' ? 'summary' : 'monitoring'}`;
    case 'pool':
      return `/pools/${id}/members`;
    case 'certificate':
      return `/certificates?q=${id}`;
    case 'node':
      return '/system/nodes';
    default:
      return null;
  }
}
