import type { LoadBalancerWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { loadBalancerMessages } from '../load-balancers/messages.ts';
import { taggedLoadBalancers } from '../load-balancers/queries.ts';
import { LoadingPage } from '../shell/loading-page.tsx';
import { Page } from '../shell/page.tsx';
import { DemoResult } from './demo-result.tsx';
import { DemoStepList } from './demo-step-list.tsx';
import { demoSteps, demoTag } from './make-demo.ts';
import { firstVisitMessages } from './messages.ts';
import { useDemo } from './use-demo.ts';
import './first-visit.css';

/** From nothing to a listener that answers. Comes back to what is there when it was made before. */
export function TryOutPage() {
  const t = useMessages(firstVisitMessages);
  const { title } = useMessages(loadBalancerMessages);
  const list = useQuery(taggedLoadBalancers(`${demoTag.key}=${demoTag.value}`));
  return (
    <Page title={t.title} crumbs={[{ label: title, to: '/lbs' }]} intro={t.intro}>
      {list.data === undefined ? <LoadingPage /> : <TryOut found={list.data[0]} />}
    </Page>
  );
}

function TryOut({ found }: { readonly found: LoadBalancerWire | undefined }) {
  const t = useMessages(firstVisitMessages);
  const canEdit = useCanEdit();
  const { progress, run } = useDemo();
  const location = useLocation();
  const begins = (location.state as { readonly begins?: boolean } | null)?.begins === true;
  // Coming here with the button is the click; coming back to what is there is not.
  const isWanted = useRef(begins && found === undefined && canEdit);
  useEffect(() => {
    if (!isWanted.current) return;
    isWanted.current = false;
    void run();
  }, [run]);
  const doneCount = Object.keys(progress.tookMs).length;
  const hasBegun = doneCount > 0 || progress.running !== null || progress.failed !== null;
  const isMade = !hasBegun || doneCount === demoSteps.length;
  return (
    <>
      {hasBegun && <DemoStepList progress={progress} />}
      {canEdit && progress.failed !== null && (
        <Button type="primary" onClick={() => void run()}>
          {t.again}
        </Button>
      )}
      {canEdit && !hasBegun && found === undefined && (
        <Button type="primary" size="large" onClick={() => void run()}>
          {t.begin}
        </Button>
      )}
      {found !== undefined && isMade && found.listeners.length > 0 && <DemoResult of={found} />}
    </>
  );
}
