import { ReloadOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from './messages.ts';

export interface ListToolbarProps {
  readonly search: string;
  readonly onSearch: (search: string) => void;
  /** What can be searched for. */
  readonly placeholder: string;
  readonly shown: number;
  readonly all: number;
  readonly isFetching: boolean;
  readonly onRefresh: () => void;
  /** Filters between search and count. */
  readonly children?: ReactNode;
}

/** Above every list: search, filters, how many there are, and a button for the impatient. */
export function ListToolbar(props: ListToolbarProps) {
  const t = useMessages(shellMessages);
  return (
    <div className="list-toolbar">
      <Input
        className="list-search"
        prefix={<SearchOutlined />}
        placeholder={props.placeholder}
        aria-label={props.placeholder}
        allowClear
        value={props.search}
        onChange={({ target }) => props.onSearch(target.value)}
      />
      {props.children}
      <span className="list-count" role="status">
        {t.list.count(props.shown, props.all)}
      </span>
      <Tooltip title={t.actions.refresh}>
        <Button
          icon={<ReloadOutlined spin={props.isFetching} />}
          aria-label={t.actions.refresh}
          onClick={props.onRefresh}
        />
      </Tooltip>
    </div>
  );
}
