import { StatusCode } from '../access-log/status-code.tsx';
import { useAccessLog } from '../access-log/use-access-log.ts';
import type { LogFilters } from '../access-log/use-log-filters.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { firstVisitMessages } from './messages.ts';

const noFilters: LogFilters = {
  status: '',
  method: '',
  path: '',
  client: '',
  member: '',
  since: '',
  until: '',
};
const mostShown = 6;

/** The last requests to a load balancer, as its access log tells of them. */
export function LiveRequests({ loadBalancerId }: { readonly loadBalancerId: string }) {
  const t = useMessages(firstVisitMessages);
  const { log } = useAccessLog(loadBalancerId, noFilters, true);
  const entries = log?.entries.slice(0, mostShown) ?? [];
  return (
    <div role="log" aria-label={t.arrived} tabIndex={0} className="try-live">
      {entries.length === 0 && <p className="try-soft">{t.waiting}</p>}
      <ul>
        {entries.map((entry) => {
          const server = entry.upstream_addr.at(-1) ?? null;
          const ms = Math.round(entry.request_time * 1000);
          return (
            <li key={entry.key}>
              <StatusCode status={entry.status} />
              <code>{`${entry.request_method} ${entry.router_request_uri}`}</code>
              <span className="try-soft">{server === null ? t.byItself : t.answered(server, ms)}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
