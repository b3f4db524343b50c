import { useQuery } from '@tanstack/react-query';
import { useMessages } from '../../i18n/use-messages.ts';
import { serverSentence, serverWords } from '../../server-words/server-words.ts';
import { loadBalancerFeatures } from '../queries.ts';
import { formMessages } from '../texts/messages.ts';
import { useListenerForm } from './listener-form-context.ts';

/** Names of the features that rows of the form depend on. */
export type Feature =
  | 'http2'
  | 'compression'
  | 'member_retry'
  | 'cps_limit'
  | 'connection_limit'
  | 'advanced_forwarding'
  | 'tags'
  | 'layer4';

/** The reason as rows say it, and as the few words that a card has room for. */
export interface Lack {
  readonly row: string;
  readonly card: string;
}

/** Said of zones whose nodes are away: that will pass, and is no reason to close a row. */
const away = /no node of this zone is connected/;

/**
 * Why the nodes of this load balancer cannot offer something; null while they can. Rows
 * that are waiting for the answer are open: the server refuses in any case what cannot be had.
 */
export function useLacking(): (feature: Feature) => Lack | null {
  const t = useMessages(formMessages);
  const { loadBalancer } = useListenerForm();
  const features = useQuery(loadBalancerFeatures(loadBalancer.id)).data ?? [];
  return (name) => {
    const found = features.find(({ feature }) => feature === name);
    if (found?.reason === undefined || away.test(found.reason)) return null;
    // Which zone it is matters only where there are several.
    const [zone = '', ...others] = loadBalancer.availability_zone_list;
    const reason = others.length === 0 ? found.reason.replace(`${zone}: `, '') : found.reason;
    return { row: t.notHere(serverWords(reason)), card: serverSentence(reason) };
  };
}
