import { type ApiError, type ListenerWire, type LoadBalancerWire } from '@elbow/api';
import { CheckOutlined, CopyOutlined, DeleteOutlined } from '@ant-design/icons';
import { useIsMutating, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useCanEdit } from '../api/use-can-edit.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { listenerList } from '../load-balancers/queries.ts';
import { ResourceMap } from '../resource-map/resource-map.tsx';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { LiveRequests } from './live-requests.tsx';
import { removeDemo } from './make-demo.ts';
import { firstVisitMessages } from './messages.ts';

const removal = ['remove-demo'] as const;

export interface DemoResultProps {
  readonly of: LoadBalancerWire;
}

/** The demo as it stands: how to reach it, what reaches it, and where to look next. */
export function DemoResult({ of }: DemoResultProps) {
  const t = useMessages(firstVisitMessages);
  const [listener] = useQuery(listenerList(of.id)).data ?? [];
  // What is about to go is not asked about any more.
  const isGoing = useIsMutating({ mutationKey: removal }) > 0;
  if (listener === undefined) return null;
  const url = `https://${of.vip_address}:${listener.protocol_port}/`;
  return (
    <>
      <section className="try-box">
        <h2>{t.ready}</h2>
        <p>{t.readyText}</p>
        <CopyableCommand command={`curl -k ${url}`} />
        <p className="try-soft">
          <a href={url} target="_blank" rel="noreferrer">
            {t.browser}
          </a>{' '}
          {t.browserNote}
        </p>
        <h3>{t.arrived}</h3>
        {!isGoing && <LiveRequests loadBalancerId={of.id} />}
      </section>
      {!isGoing && <ResourceMap loadBalancerId={of.id} />}
      <h2 className="section-title">{t.next}</h2>
      <NextSteps of={of} listener={listener} />
      <RemoveButton of={of} listener={listener} />
    </>
  );
}

function CopyableCommand({ command }: { readonly command: string }) {
  const t = useMessages(firstVisitMessages);
  const [isCopied, setCopied] = useState(false);
  return (
    <div className="try-command">
      <code>{command}</code>
      <Button
        type="text"
        icon={isCopied ? <CheckOutlined /> : <CopyOutlined />}
        aria-label={isCopied ? t.copied : t.copy}
        onClick={() => void navigator.clipboard?.writeText(command).then(() => setCopied(true))}
        onBlur={() => setCopied(false)}
      />
    </div>
  );
}

interface ListenerProps extends DemoResultProps {
  readonly listener: ListenerWire;
}

function NextSteps({ of, listener }: ListenerProps) {
  const t = useMessages(firstVisitMessages).links;
  return (
    <ul className="try-links">
      <li>
        <Link to={`/listeners/${listener.id}/summary`}>{t.listener}</Link>
      </li>
      <li>
        <Link to={`/listeners/${listener.id}/policies`}>{t.policies}</Link>
      </li>
      <li>
        <Link to={`/pools/${listener.default_pool_id}`}>{t.pool}</Link>
      </li>
      <li>
        <Link to={`/lbs/${of.id}/monitoring`}>{t.monitoring}</Link>
      </li>
    </ul>
  );
}

function RemoveButton({ of, listener }: ListenerProps) {
  const t = useMessages(firstVisitMessages);
  const cache = useQueryClient();
  const navigate = useNavigate();
  const certificates = [listener.default_tls_container_ref].filter((id) => id !== null);
  const remove = useMutation<void, ApiError>({
    mutationKey: removal,
    mutationFn: () => removeDemo(of.id, certificates),
    onSuccess: async () => {
      await navigate('/lbs', { replace: true });
      await cache.invalidateQueries();
    },
  });
  if (!useCanEdit()) return null;
  return (
    <>
      {remove.error !== null && <FailurePanel error={remove.error} />}
      <Button danger icon={<DeleteOutlined />} loading={remove.isPending} onClick={() => remove.mutate()}>
        {remove.isPending ? t.removing : t.remove}
      </Button>
    </>
  );
}
