import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { CopyableId } from '../shell/copyable-id.tsx';
import { Facts } from '../shell/facts.tsx';
import type { LoadBalancerTabProps } from './load-balancer-tabs.tsx';
import { loadBalancerMessages } from './messages.ts';
import { PublicAddressFact } from './public-address-fact.tsx';
import { subnetList } from './queries.ts';

const AddressDrawer = lazy(async () => ({ default: (await import('./address-drawer.tsx')).AddressDrawer }));

/** Where the load balancer listens, and what the world knows it by. */
export function AddressFacts({ of }: LoadBalancerTabProps) {
  const { fields, summary: t, publicAddress } = useMessages(loadBalancerMessages);
  const subnets = useQuery(subnetList).data ?? [];
  const frontend = subnets.find(({ id }) => id === of.vip_subnet_cidr_id)?.cidr;
  const items = [
    { label: fields.address, value: <Address of={of} /> },
    { label: fields.subnet, value: <code>{frontend ?? '–'}</code> },
    { label: publicAddress.label, value: <PublicAddressFact of={of} /> },
    { label: t.vpc, value: <CopyableId id={of.vpc_id} /> },
  ];
  return <Facts items={items} />;
}

function Address({ of }: LoadBalancerTabProps) {
  const { noAddress, address: t } = useMessages(loadBalancerMessages);
  const canEdit = useCanEdit();
  const [isOpen, setOpen] = useState(false);
  return (
    <span className="fact-with-button">
      <code>{of.vip_address ?? noAddress}</code>
      {canEdit && (
        <Button size="small" onClick={() => setOpen(true)}>
          {t.change}
        </Button>
      )}
      {isOpen && (
        <Suspense>
          <AddressDrawer of={of} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </span>
  );
}
