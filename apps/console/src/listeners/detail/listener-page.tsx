import type { ListenerWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Tabs } from 'antd';
import { Suspense, useState } from 'react';
import { flushSync } from 'react-dom';
import { Navigate, useNavigate, useParams } from 'react-router';
import { useMessages } from '../../i18n/use-messages.ts';
import { nameOf } from '../../load-balancers/load-balancer-status.ts';
import { loadBalancerMessages } from '../../load-balancers/messages.ts';
import { listenerList, loadBalancerDetail } from '../../load-balancers/queries.ts';
import { FailurePanel } from '../../shell/failure-panel.tsx';
import { LoadingPage } from '../../shell/loading-page.tsx';
import { Page } from '../../shell/page.tsx';
import { capabilities, listenerDetail } from '../queries.ts';
import { detailMessages } from '../texts/messages.ts';
import { ArrivalNote } from './arrival-note.tsx';
import { ListenerActions } from './listener-actions.tsx';
import { ListenerNote } from './listener-note.tsx';
import { ListenerFactsContext } from './listener-facts.ts';
import { listenerTabs } from './listener-tabs.tsx';
import '../wizard/wizard.css';
import './detail.css';

export function ListenerPage() {
  const [goneTo, setGoneTo] = useState<string | null>(null);
  // At once: what is still on the page would be asked for again, and is not there any more.
  const leave = (path: string): void => flushSync(() => setGoneTo(path));
  if (goneTo !== null) return <Navigate to={goneTo} replace />;
  return <Found onGone={leave} />;
}

interface FoundProps {
  /** @param path where to go instead */
  readonly onGone: (path: string) => void;
}

function Found({ onGone }: FoundProps) {
  const { listenerId = '' } = useParams();
  const lists = useMessages(loadBalancerMessages);
  const found = useQuery(listenerDetail(listenerId));
  if (found.data !== undefined) return <Surrounded of={found.data} onGone={onGone} />;
  return (
    <Page title={listenerId} crumbs={[{ label: lists.title, to: '/lbs' }]}>
      {found.isError ? (
        <FailurePanel error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <LoadingPage />
      )}
    </Page>
  );
}

/** With what its fields depend on: its load balancer, the other listeners there, and what nodes can do. */
function Surrounded({ of, onGone }: FoundProps & { readonly of: ListenerWire }) {
  const loadBalancerId = of.loadbalancers[0]?.id ?? '';
  const loadBalancer = useQuery(loadBalancerDetail(loadBalancerId));
  const siblings = useQuery(listenerList(loadBalancerId));
  const abilities = useQuery(capabilities);
  const failed = [loadBalancer, siblings, abilities].find(({ isError }) => isError);
  if (failed !== undefined)
    return <FailurePanel error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!loadBalancer.data || !siblings.data || !abilities.data) return <LoadingPage />;
  const around = {
    loadBalancer: loadBalancer.data,
    siblings: siblings.data.filter(({ id }) => id !== of.id),
    capabilities: abilities.data,
    onGone: () => onGone(`/lbs/${loadBalancerId}/listeners`),
  };
  return (
    <ListenerFactsContext value={around}>
      <Detail of={of} loadBalancerName={nameOf(loadBalancer.data)} loadBalancerId={loadBalancerId} />
    </ListenerFactsContext>
  );
}

interface DetailProps {
  readonly of: ListenerWire;
  readonly loadBalancerName: string;
  readonly loadBalancerId: string;
}

function Detail({ of, loadBalancerName, loadBalancerId }: DetailProps) {
  const t = useMessages(detailMessages);
  const lists = useMessages(loadBalancerMessages);
  const { tab = 'summary' } = useParams();
  const navigate = useNavigate();
  const items = listenerTabs.map(({ key, content: Content }) => ({
    key,
    label: t.tabs[key],
    children: (
      <Suspense fallback={<LoadingPage />}>
        <Content of={of} />
      </Suspense>
    ),
  }));
  return (
    <Page
      title={nameOf(of)}
      crumbs={[
        { label: lists.title, to: '/lbs' },
        { label: loadBalancerName, to: `/lbs/${loadBalancerId}/listeners` },
      ]}
      note={<ListenerNote of={of} />}
      actions={<ListenerActions of={of} />}
    >
      <ArrivalNote of={of} />
      <Tabs
        activeKey={tab}
        items={items}
        destroyOnHidden
        onChange={(key) => void navigate(`/listeners/${of.id}/${key}`)}
      />
    </Page>
  );
}
