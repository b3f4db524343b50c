import type { NodeAnswer } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { troubleList } from '../load-balancers/queries.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { Facts } from '../shell/facts.tsx';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { LoadingPage } from '../shell/loading-page.tsx';
import { Page } from '../shell/page.tsx';
import { StatusText, type Tone } from '../shell/status-dot.tsx';
import { CapabilityFacts } from './capability-facts.tsx';
import { systemMessages } from './messages.ts';
import { nodeList } from './queries.ts';
import './system.css';
import { serverWords } from '../server-words/server-words.ts';

export function NodesPage() {
  const t = useMessages(systemMessages).nodes;
  const nodes = useQuery(nodeList);
  return (
    <Page title={t.title} intro={t.intro}>
      {nodes.isError && <FailurePanel error={nodes.error} onRetry={() => void nodes.refetch()} />}
      {nodes.isPending && <LoadingPage />}
      {nodes.data?.length === 0 && <EmptyState title={t.empty} text={t.emptyText} />}
      {nodes.data?.map((node) => (
        <NodeCard key={node.id} node={node} />
      ))}
      <h2 className="section-title">{t.troubles}</h2>
      <Troubles />
      <h2 className="section-title">{t.capabilities}</h2>
      <CapabilityFacts />
    </Page>
  );
}

const workerTones = { serving: 'good', starting: 'busy', dead: 'bad' } as const;

function NodeCard({ node }: { readonly node: NodeAnswer }) {
  const t = useMessages(systemMessages).nodes;
  const format = useFormat();
  const { revision, delivered_revision: newest } = node;
  const connections = node.workers.reduce((sum, worker) => sum + worker.connections, 0);
  const items = [
    { label: t.zone, value: node.availability_zone },
    { label: t.revision, value: revision >= newest ? t.newest(revision) : t.behind(revision, newest) },
    { label: t.connections, value: format.number(connections) },
    { label: t.process, value: String(node.process_id) },
    { label: t.runtime, value: node.runtime },
  ];
  return (
    <section className="sys-node" aria-label={node.id}>
      <header>
        <h2>{node.id}</h2>
        <NodeState node={node} />
      </header>
      <Facts items={items} />
      <h3>{t.workers}</h3>
      <ul className="sys-workers">
        {node.workers.map((worker) => (
          <li key={worker.id}>
            <strong>{t.worker(worker.id)}</strong>
            <StatusText tone={workerTones[worker.state]}>{t.states[worker.state]}</StatusText>
            <span>{`${t.revision} ${worker.revision}`}</span>
            <span>{`${t.connections} ${format.number(worker.connections)}`}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function NodeState({ node }: { readonly node: NodeAnswer }) {
  const t = useMessages(systemMessages).nodes;
  if (node.refusal !== null)
    return <StatusText tone="bad">{t.refused(serverWords(node.refusal))}</StatusText>;
  const tone: Tone = node.revision >= node.delivered_revision ? 'good' : 'busy';
  return <StatusText tone={tone}>{tone === 'good' ? t.upToDate : t.applying}</StatusText>;
}

const pages: Readonly<Record<string, (id: string) => string>> = {
  loadbalancer: (id) => `/lbs/${id}/summary`,
  listener: (id) => `/listeners/${id}/summary`,
  pool: (id) => `/pools/${id}`,
  certificate: (id) => `/certificates?q=${id}`,
};

function Troubles() {
  const t = useMessages(systemMessages);
  const found = useQuery(troubleList);
  if (found.data === undefined) return null;
  if (found.data.length === 0) return <StatusText tone="good">{t.nodes.noTroubles}</StatusText>;
  return (
    <ul className="sys-troubles">
      {found.data.map(({ kind, id, reason }) => (
        <li key={`${kind}/${id}`}>
          <StatusText tone="bad">
            {t.activity.types[kind as keyof typeof t.activity.types] ?? kind}
          </StatusText>
          <Link to={pages[kind]?.(id) ?? '/lbs'}>{id}</Link>
          <span>{serverWords(reason)}</span>
        </li>
      ))}
    </ul>
  );
}
