import { Grid, Table, type TableColumnsType } from 'antd';
import { type MouseEvent, useMemo } from 'react';
import { useFormat } from '../i18n/format.ts';
import { useLanguage, useMessages } from '../i18n/use-messages.ts';
import { LogDetail } from './log-detail.tsx';
import { StatusCode } from './status-code.tsx';
import { accessLogMessages } from './messages.ts';
import type { NumberedEntry } from './use-access-log.ts';

type Columns = TableColumnsType<NumberedEntry>;

/** A row for each request, newest first; open, it tells everything. */
export function LogTable({ entries }: { readonly entries: readonly NumberedEntry[] }) {
  const isWide = Grid.useBreakpoint().md !== false;
  const wide = useWideColumns();
  const narrow = useNarrowColumns();
  return (
    <Table
      rowKey="key"
      size="small"
      className="log-table"
      tableLayout="fixed"
      columns={isWide ? wide : narrow}
      dataSource={entries}
      pagination={{ defaultPageSize: 50, hideOnSinglePage: true, showSizeChanger: true }}
      expandable={{
        expandedRowRender: renderDetail,
        expandRowByClick: true,
        expandIcon: expandButton,
      }}
      {...(isWide ? { scroll: { x: 860 } } : {})}
    />
  );
}

function renderDetail(entry: NumberedEntry) {
  return <LogDetail entry={entry} />;
}

function expandButton(props: ExpandButtonProps) {
  return <ExpandButton {...props} />;
}

interface ExpandButtonProps {
  readonly expanded: boolean;
  readonly record: NumberedEntry;
  readonly onExpand: (record: NumberedEntry, event: MouseEvent<HTMLElement>) => void;
}

function ExpandButton({ expanded, record, onExpand }: ExpandButtonProps) {
  const t = useMessages(accessLogMessages);
  return (
    <button
      type="button"
      className="log-expand"
      aria-expanded={expanded}
      aria-label={t.expand(`${record.request_method} ${record.router_request_uri}`)}
      onClick={(event) => onExpand(record, event)}
    >
      {expanded ? '−' : '+'}
    </button>
  );
}

function useClock(): (entry: NumberedEntry) => string {
  const language = useLanguage();
  return useMemo(() => {
    const time = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    return ({ msec }) => time.format(Number(msec) * 1000);
  }, [language]);
}

function useWideColumns(): Columns {
  const { columns: t, byItself } = useMessages(accessLogMessages);
  const format = useFormat();
  const clock = useClock();
  return [
    {
      title: t.time,
      key: 'time',
      width: 150,
      render: (_, row) => <span className="log-time">{clock(row)}</span>,
    },
    { title: t.client, key: 'client', width: 140, render: (_, row) => <code>{row.remote_addr}</code> },
    {
      title: t.request,
      key: 'request',
      render: (_, row) => (
        <span className="log-request">
          <strong>{row.request_method}</strong> <code>{row.router_request_uri}</code>
          {row.host !== null && <span className="cell-sub">{row.host}</span>}
        </span>
      ),
    },
    { title: t.status, key: 'status', width: 90, render: (_, row) => <StatusCode status={row.status} /> },
    {
      title: t.server,
      key: 'server',
      width: 170,
      render: (_, row) => {
        const server = row.upstream_addr.at(-1) ?? null;
        const status = row.upstream_status.at(-1) ?? null;
        if (server === null) return <span className="cell-sub">{byItself}</span>;
        return (
          <>
            <code>{server}</code>
            <span className="cell-sub">{status ?? '–'}</span>
          </>
        );
      },
    },
    {
      title: t.duration,
      key: 'duration',
      width: 100,
      align: 'right',
      render: (_, row) => `${format.number(Math.round(row.request_time * 1000))} ms`,
    },
    {
      title: t.bytes,
      key: 'bytes',
      width: 90,
      align: 'right',
      render: (_, row) => `${format.number(row.bytes_sent)} B`,
    },
    { title: t.tls, key: 'tls', width: 90, responsive: ['xl'], render: (_, row) => row.ssl_protocol ?? '–' },
  ];
}

function useNarrowColumns(): Columns {
  const { columns: t } = useMessages(accessLogMessages);
  const format = useFormat();
  const clock = useClock();
  return [
    {
      title: t.request,
      key: 'request',
      render: (_, row) => (
        <>
          <span className="log-request">
            <strong>{row.request_method}</strong> <code>{row.router_request_uri}</code>
          </span>
          <div className="cell-facts">
            <StatusCode status={row.status} />
            <span>{`${format.number(Math.round(row.request_time * 1000))} ms`}</span>
            <span className="cell-sub">{clock(row)}</span>
            <code className="cell-sub">{row.remote_addr}</code>
          </div>
        </>
      ),
    },
  ];
}
