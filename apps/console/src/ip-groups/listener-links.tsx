import { useQuery } from '@tanstack/react-query';
import { Popover } from 'antd';
import { Link } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { listenerById } from '../load-balancers/named-queries.ts';
import { ipGroupMessages } from './messages.ts';

export interface ListenerLinksProps {
  readonly ids: readonly { readonly id: string }[];
  /** The rest behind `+n`. */
  readonly most?: number;
}

/** Listeners by name, as links. */
export function ListenerLinks({ ids, most = 3 }: ListenerLinksProps) {
  const t = useMessages(ipGroupMessages);
  if (ids.length === 0) return <span className="cell-sub">{t.unused}</span>;
  const links = ids.map(({ id }) => <ListenerLink key={id} id={id} />);
  const rest = links.slice(most);
  return (
    <span className="cell-links">
      {links.slice(0, most)}
      {rest.length > 0 && (
        <Popover content={<span className="ipg-links">{rest}</span>} trigger={['hover', 'focus']}>
          <span tabIndex={0}>{t.more(rest.length)}</span>
        </Popover>
      )}
    </span>
  );
}

export function ListenerLink({ id }: { readonly id: string }) {
  const listener = useQuery(listenerById(id)).data;
  return <Link to={`/listeners/${id}/summary`}>{listener ? nameOf(listener) : id}</Link>;
}
