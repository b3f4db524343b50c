import type { LoadBalancerWire } from '@elbow/api';
import { Tag } from 'antd';
import { Link } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from './load-balancer-status.ts';
import { loadBalancerMessages } from './messages.ts';

export interface NameCellProps {
  readonly object: { readonly id: string; readonly name: string };
  readonly to: string;
}

/** The name as the way to the object, its id below. */
export function NameCell({ object, to }: NameCellProps) {
  return (
    <>
      <Link className="cell-main" to={to} title={nameOf(object)}>
        {nameOf(object)}
      </Link>
      {object.name !== '' && (
        <code className="cell-sub" title={object.id}>
          {object.id}
        </code>
      )}
    </>
  );
}

export interface TagsCellProps {
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

export function TagsCell({ tags }: TagsCellProps) {
  return tags.length === 0
    ? '–'
    : tags.map(({ key, value }) => <Tag key={key}>{value === '' ? key : `${key}=${value}`}</Tag>);
}

/** Where it is reached, and by the nodes of which zones. */
export function AddressCell({ of }: { readonly of: LoadBalancerWire }) {
  const { noAddress } = useMessages(loadBalancerMessages);
  return (
    <>
      <code className="cell-plain">{of.vip_address ?? noAddress}</code>
      <span className="cell-sub">{of.availability_zone_list.join(', ')}</span>
    </>
  );
}
