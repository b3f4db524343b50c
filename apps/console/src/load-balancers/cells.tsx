import { Tag } from 'antd';
import { Link } from 'react-router';
import { nameOf } from './load-balancer-status.ts';

export interface NameCellProps {
  readonly object: { readonly id: string; readonly name: string };
  readonly to: string;
}

/** The name as the way to the object, its id below. */
export function NameCell({ object, to }: NameCellProps) {
  return (
    <>
      <Link className="cell-main" to={to}>
        {nameOf(object)}
      </Link>
      {object.name !== '' && <code className="cell-sub">{object.id}</code>}
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
