import type { CertificateWire, PoolWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Navigate, useParams } from 'react-router';
import { useCanEdit } from '../../api/use-can-edit.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { nameOf } from '../../load-balancers/load-balancer-status.ts';
import { loadBalancerMessages } from '../../load-balancers/messages.ts';
import { listenerList, loadBalancerDetail } from '../../load-balancers/queries.ts';
import { FailurePanel } from '../../shell/failure-panel.tsx';
import { LoadingPage } from '../../shell/loading-page.tsx';
import { Page } from '../../shell/page.tsx';
import { usualListener } from '../form/listener-values.ts';
import { freePort } from '../form/usual-port.ts';
import { capabilities, firstChoices } from '../queries.ts';
import { wizardMessages } from '../texts/messages.ts';
import type { Surroundings } from './use-remarks.ts';
import { randomName, usualMonitor, usualPool, type WizardDraft } from './wizard-draft.ts';
import { Wizard } from './wizard.tsx';

export function AddListenerPage() {
  const { loadBalancerId = '' } = useParams();
  const t = useMessages(wizardMessages);
  const lists = useMessages(loadBalancerMessages);
  const canEdit = useCanEdit();
  const found = useQuery(loadBalancerDetail(loadBalancerId));
  const crumbs = [
    { label: lists.title, to: '/lbs' },
    {
      label: found.data === undefined ? loadBalancerId : nameOf(found.data),
      to: `/lbs/${loadBalancerId}/listeners`,
    },
  ];
  if (!canEdit) return <Navigate to={`/lbs/${loadBalancerId}/listeners`} replace />;
  return (
    <Page title={t.title} crumbs={crumbs}>
      <Prepared loadBalancerId={loadBalancerId} />
    </Page>
  );
}

/** The form begins once all is there that its first values depend on. */
function Prepared({ loadBalancerId }: { readonly loadBalancerId: string }) {
  const loadBalancer = useQuery(loadBalancerDetail(loadBalancerId));
  const siblings = useQuery(listenerList(loadBalancerId));
  const abilities = useQuery(capabilities);
  const choices = useQuery(firstChoices);
  const failed = [loadBalancer, siblings, abilities, choices].find(({ isError }) => isError);
  if (failed !== undefined)
    return <FailurePanel error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!loadBalancer.data || !siblings.data || !abilities.data || !choices.data) return <LoadingPage />;
  return (
    <Begun
      key={loadBalancerId}
      around={{ loadBalancer: loadBalancer.data, siblings: siblings.data, capabilities: abilities.data }}
      {...choices.data}
    />
  );
}

interface BegunProps {
  readonly around: Surroundings;
  /** Server certificates; all of them where there is only one. */
  readonly certificates: readonly CertificateWire[];
  /** Groups that an HTTPS listener can use, if there are any. */
  readonly pools: readonly PoolWire[];
}

function Begun(props: BegunProps) {
  const [initial] = useState(() => initialDraft(props));
  return <Wizard around={props.around} initial={initial} />;
}

/** What suits most, with what there is only one of chosen already. */
function initialDraft({ around, certificates, pools }: BegunProps): WizardDraft {
  return {
    listener: {
      ...usualListener,
      name: randomName('listener-'),
      protocol_port: freePort('HTTPS', around.siblings, around.capabilities),
      default_tls_container_ref: certificates.length === 1 ? certificates[0]?.id : undefined,
      http2_enable: around.capabilities.http2,
    },
    pool: {
      ...usualPool,
      choice: pools.length > 0 ? 'existing' : 'new',
      name: randomName('server_group-'),
    },
    members: [],
    monitor: usualMonitor,
    serverNames: [],
    reached: 'listener',
  };
}
