import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { LoadBalancerTabProps } from './load-balancer-tabs.tsx';
import { loadBalancerMessages } from './messages.ts';
import { publicIpList } from './queries.ts';

const BindDialog = lazy(async () => ({ default: (await import('./public-address-dialogs.tsx')).BindDialog }));
const ReleaseDialog = lazy(async () => ({
  default: (await import('./public-address-dialogs.tsx')).ReleaseDialog,
}));

/** What the world knows the load balancer by, and the way to another one. */
export function PublicAddressFact({ of }: LoadBalancerTabProps) {
  const t = useMessages(loadBalancerMessages).publicAddress;
  const canEdit = useCanEdit();
  const pool = useQuery(publicIpList).data ?? [];
  const [opened, open] = useState<'bind' | 'release' | null>(null);
  const [bound] = of.publicips;
  const close = (): void => open(null);
  return (
    <span className="fact-with-button">
      {bound === undefined ? t.none : <code>{bound.publicip_address}</code>}
      {canEdit && bound !== undefined && (
        <Button size="small" onClick={() => open('release')}>
          {t.release}
        </Button>
      )}
      {canEdit && bound === undefined && pool.length > 0 && (
        <Button size="small" onClick={() => open('bind')}>
          {t.bind}
        </Button>
      )}
      <Suspense>
        {opened === 'bind' && <BindDialog of={of} onClose={close} />}
        {opened === 'release' && bound !== undefined && (
          <ReleaseDialog of={of} id={bound.publicip_id} address={bound.publicip_address} onClose={close} />
        )}
      </Suspense>
    </span>
  );
}
