import type { HealthMonitorWire, MemberWire, PoolExtrasAnswer } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { ListenerLink } from '../ip-groups/listener-links.tsx';
import { StatusText } from '../shell/status-dot.tsx';
import { TimeText } from '../shell/time-text.tsx';
import { reasonText, stateTones } from './member-state.ts';
import { poolMessages } from './messages.ts';
import { poolExtras } from './queries.ts';
import { serverWords } from '../server-words/server-words.ts';

export interface MemberDetailProps {
  readonly of: MemberWire;
  readonly poolId: string;
  readonly monitor: HealthMonitorWire | undefined;
}

/** A server as each listener and each node sees it. */
export function MemberDetail(props: MemberDetailProps) {
  const t = useMessages(poolMessages);
  const extras = useQuery(poolExtras(props.poolId)).data;
  const seen = extras?.members.find(({ id }) => id === props.of.id)?.seen ?? [];
  return (
    <div className="member-detail">
      <section>
        <h3>{t.detail.listener}</h3>
        <ListenerStates {...props} />
      </section>
      <section>
        <h3>{t.detail.nodes}</h3>
        {seen.length === 0 ? <p className="cell-sub">{t.detail.noNode}</p> : <SeenTable seen={seen} />}
      </section>
    </div>
  );
}

function ListenerStates({ of, monitor }: MemberDetailProps) {
  const t = useMessages(poolMessages);
  if (of.status.length === 0) return <p className="cell-sub">{t.detail.noListener}</p>;
  return (
    <table className="member-facts">
      <thead>
        <tr>
          <th scope="col">{t.detail.listener}</th>
          <th scope="col">{t.detail.health}</th>
          <th scope="col">{t.detail.since}</th>
        </tr>
      </thead>
      <tbody>
        {of.status.map((status) => (
          <tr key={status.listener_id}>
            <td>
              <ListenerLink id={status.listener_id} />
            </td>
            <td>
              <StatusText tone={stateTones[status.operating_status]}>
                {t.state[status.operating_status]}
              </StatusText>{' '}
              {reasonText({ ...of, reason: status.reason }, monitor, t)}
            </td>
            <td>
              <TimeText iso={status.updated_at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Seen = PoolExtrasAnswer['members'][number]['seen'];

function SeenTable({ seen }: { readonly seen: Seen }) {
  const { detail: t } = useMessages(poolMessages);
  const format = useFormat();
  return (
    <table className="member-facts">
      <thead>
        <tr>
          <th scope="col">{t.node}</th>
          <th scope="col">{t.address}</th>
          <th scope="col">{t.inFlight}</th>
          <th scope="col">{t.errors}</th>
          <th scope="col">{t.timeouts}</th>
          <th scope="col">{t.leftOut}</th>
        </tr>
      </thead>
      <tbody>
        {seen.map((one) => (
          <tr key={one.node_id}>
            <td>
              <code>{one.node_id}</code>
            </td>
            <td>
              {one.resolution_problem === null
                ? (one.address_in_use ?? '–')
                : serverWords(one.resolution_problem)}
            </td>
            <td>{format.number(one.requests_in_flight)}</td>
            <td>
              {format.number(one.connect_errors)}
              {one.connect_failures_in_a_row > 0 && ` (${t.inRow(one.connect_failures_in_a_row)})`}
            </td>
            <td>{format.number(one.connect_timeouts)}</td>
            <td>{one.left_out_until === null ? '–' : <TimeText iso={one.left_out_until} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
