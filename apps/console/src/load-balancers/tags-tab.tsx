import { TagsTab as Tags } from '../tags/tags-tab.tsx';
import type { LoadBalancerTabProps } from './load-balancer-tabs.tsx';

export function TagsTab({ of }: LoadBalancerTabProps) {
  return <Tags kind="loadbalancer" of={of} />;
}
