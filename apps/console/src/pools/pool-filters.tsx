import { useQuery } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { loadBalancerList } from '../load-balancers/queries.ts';
import { FilterSelect } from '../shell/filter-select.tsx';
import { useUrlValue } from '../shell/use-search.ts';
import { poolMessages } from './messages.ts';

const protocols = ['HTTP', 'HTTPS', 'GRPC'] as const;

/** Load balancer, protocol and health, all of them in the address. */
export function PoolFilters({ withLoadBalancer }: { readonly withLoadBalancer: boolean }) {
  const { filters: t } = useMessages(poolMessages);
  const [health, setHealth] = useUrlValue('health');
  return (
    <>
      {withLoadBalancer && <LoadBalancerFilter />}
      <FilterSelect
        name="protocol"
        label={t.protocol}
        any={t.anyProtocol}
        choices={protocols.map((value) => ({ value, label: value }))}
      />
      <Checkbox
        checked={health === 'unhealthy'}
        onChange={({ target }) => setHealth(target.checked ? 'unhealthy' : '')}
      >
        {t.unhealthy}
      </Checkbox>
    </>
  );
}

function LoadBalancerFilter() {
  const { filters: t } = useMessages(poolMessages);
  const loadBalancers = useQuery(loadBalancerList).data ?? [];
  return (
    <FilterSelect
      name="lb"
      label={t.loadBalancer}
      any={t.anyLoadBalancer}
      choices={loadBalancers.map((one) => ({ value: one.id, label: nameOf(one) }))}
      showSearch={{
        filterOption: (typed, option) => option?.label.toLowerCase().includes(typed.toLowerCase()) ?? false,
      }}
    />
  );
}
