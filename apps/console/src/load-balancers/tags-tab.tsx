import { useMessages } from '../i18n/use-messages.ts';
import { TagsCell } from './cells.tsx';
import type { LoadBalancerTabProps } from './load-balancer-tabs.tsx';
import { loadBalancerMessages } from './messages.ts';

export function TagsTab({ of }: LoadBalancerTabProps) {
  const t = useMessages(loadBalancerMessages).tagsTab;
  return of.tags.length === 0 ? <p>{t.empty}</p> : <TagsCell tags={of.tags} />;
}
