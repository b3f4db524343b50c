import { useQuery } from '@tanstack/react-query';
import { Navigate } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { zoneList } from '../load-balancers/queries.ts';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { LoadingPage } from '../shell/loading-page.tsx';
import { Page } from '../shell/page.tsx';
import { AttentionPanel } from './attention-panel.tsx';
import { monitoringMessages } from './messages.ts';
import { MonitoringTab } from './monitoring-tab.tsx';
import { OverviewCounts } from './overview-counts.tsx';
import { attention } from './queries.ts';
import { useChosenTime } from './use-chosen-time.ts';
import './overview.css';

/** The whole installation: how much there is, what needs somebody, and what is going on. */
export function OverviewPage() {
  const t = useMessages(monitoringMessages).overview;
  const found = useQuery(attention);
  // Before there is anything, the list of load balancers shows how to begin.
  if (found.data?.counts.load_balancers === 0) return <Navigate to="/lbs" replace />;
  return (
    <Page title={t.title}>
      {found.isError && <FailurePanel error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <LoadingPage />}
      {found.data !== undefined && (
        <>
          <OverviewCounts counts={found.data.counts} />
          <AttentionPanel of={found.data} />
          <Traffic />
        </>
      )}
    </Page>
  );
}

/** What the nodes of a zone did for all load balancers together. */
function Traffic() {
  const t = useMessages(monitoringMessages).overview;
  const zones = useQuery(zoneList).data ?? [];
  const { zone } = useChosenTime();
  const shown = zone ?? zones[0];
  if (shown === undefined) return null;
  return (
    <section className="ov-traffic" aria-label={t.traffic}>
      <h2 className="section-title">{zones.length > 1 ? t.trafficOf(shown) : t.traffic}</h2>
      <MonitoringTab scope="zone" id={shown} zones={zones} />
    </section>
  );
}
