import type { Query } from '@elbow/api';
import { Checkbox } from 'antd';
import { useServerSearch } from '../fields/use-server-search.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { loadBalancerSource } from '../load-balancers/search-sources.ts';
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
  const [value] = useUrlValue('lb');
  const { rows, showSearch } = useServerSearch(loadBalancerSource, value === '' ? [] : [value]);
  return (
    <FilterSelect
      name="lb"
      label={t.loadBalancer}
      any={t.anyLoadBalancer}
      choices={rows.map((one) => ({ value: one.id, label: nameOf(one) }))}
      showSearch={showSearch}
    />
  );
}

/** What is chosen, as the server is asked. */
export function usePoolFilters(): Query {
  const [loadBalancerId] = useUrlValue('lb');
  const [protocol] = useUrlValue('protocol');
  const [health] = useUrlValue('health');
  return {
    loadbalancer_id: loadBalancerId,
    protocol,
    member_operating_status: health === '' ? '' : 'OFFLINE',
  };
}
