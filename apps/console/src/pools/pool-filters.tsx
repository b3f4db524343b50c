import { useQuery } from '@tanstack/react-query';
import { Checkbox, Select } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { loadBalancerList } from '../load-balancers/queries.ts';
import { useUrlValue } from '../shell/use-search.ts';
import { poolMessages } from './messages.ts';

const protocols = ['HTTP', 'HTTPS', 'GRPC'] as const;

/** Load balancer, protocol and health, all of them in the address. */
export function PoolFilters({ withLoadBalancer }: { readonly withLoadBalancer: boolean }) {
  const { filters: t } = useMessages(poolMessages);
  const [protocol, setProtocol] = useUrlValue('protocol');
  const [health, setHealth] = useUrlValue('health');
  return (
    <>
      {withLoadBalancer && <LoadBalancerFilter />}
      <Select
        className="list-filter"
        aria-label={t.protocol}
        value={protocol}
        onChange={setProtocol}
        options={[
          { value: '', label: t.anyProtocol },
          ...protocols.map((value) => ({ value, label: value })),
        ]}
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
  const [id, setId] = useUrlValue('lb');
  const loadBalancers = useQuery(loadBalancerList).data ?? [];
  return (
    <Select
      className="list-filter"
      aria-label={t.loadBalancer}
      value={id}
      onChange={setId}
      showSearch={{
        filterOption: (typed, option) => option?.label.toLowerCase().includes(typed.toLowerCase()) ?? false,
      }}
      options={[
        { value: '', label: t.anyLoadBalancer },
        ...loadBalancers.map((one) => ({ value: one.id, label: nameOf(one) })),
      ]}
    />
  );
}
