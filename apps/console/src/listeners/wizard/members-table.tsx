import { DeleteOutlined } from '@ant-design/icons';
import type { FieldComplaint } from '@elbow/model';
import { Button, Input, InputNumber, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { useMessages } from '../../i18n/use-messages.ts';
import { Remarks } from '../form/remarks.tsx';
import { wizardMessages } from '../texts/messages.ts';
import { BulkMembers } from './bulk-members.tsx';
import { type MemberProblem, memberProblems, type MemberTexts } from './member-lines.ts';
import { ProbeButton } from './probe-button.tsx';
import { ProbeResult } from './probe-result.tsx';
import { useProbes } from './use-probes.ts';
import type { MemberRow, MonitorValues } from './wizard-draft.ts';
import { serverSentence } from '../../server-words/server-words.ts';

export interface MembersTableProps {
  readonly rows: readonly MemberRow[];
  /** How a server is tested. */
  readonly monitor: MonitorValues;
  /** Somebody wanted to go on: rows that nobody has touched are judged too. */
  readonly isChecked: boolean;
  readonly complaints: readonly FieldComplaint[];
  readonly onChange: (rows: readonly MemberRow[]) => void;
}

/** The servers to be, each editable where it stands. */
export function MembersTable({ rows, monitor, isChecked, complaints, onChange }: MembersTableProps) {
  const t = useMessages(wizardMessages).members;
  const [touched, setTouched] = useState<ReadonlySet<number>>(new Set());
  const problems = memberProblems(rows);
  const probes = useProbes(monitor);
  if (rows.length === 0) return <Remarks of={[t.none]} />;
  const numbers = new Map(rows.map(({ key }, at) => [key, at]));
  const change = (key: number, part: Partial<MemberRow>): void => {
    setTouched(new Set([...touched, key]));
    onChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  };
  const saysOf = ({ key, address }: MemberRow): string | null => {
    const said = complaints.find(({ field }) => field.startsWith(`members[${numbers.get(key)}]`));
    if (said !== undefined && !touched.has(key)) return serverSentence(said.reason);
    const problem = problems.get(key);
    const isShown = isChecked || (touched.has(key) && address !== '');
    return problem === undefined || !isShown ? null : t[problem];
  };
  const columns = columnsOf(t, {
    number: ({ key }) => (numbers.get(key) ?? 0) + 1,
    change,
    remove: (key) => onChange(rows.filter((row) => row.key !== key)),
    saysOf,
    renderTest: (row) => (
      <ProbeButton
        number={(numbers.get(row.key) ?? 0) + 1}
        isRunning={probes.of(row)?.isRunning ?? false}
        isDisabled={!isPlace(problems.get(row.key))}
        onStart={() => probes.start(row)}
      />
    ),
  });
  return (
    <div className="members">
      {rows.length > 1 && <BulkMembers rows={rows} onChange={onChange} />}
      <Table
        rowKey="key"
        size="small"
        columns={columns}
        dataSource={rows}
        expandable={{
          showExpandColumn: false,
          expandedRowKeys: rows.filter((row) => probes.of(row) !== null).map(({ key }) => key),
          expandedRowRender: foundOf(probes),
        }}
        scroll={{ x: 'max-content' }}
        pagination={{ defaultPageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      />
      <p className="lf-soft">{t.checkNote}</p>
    </div>
  );
}

function foundOf({ of }: ReturnType<typeof useProbes>) {
  return (row: MemberRow) => <ProbeResult of={of(row)} />;
}

/** Whether address and port can be connected to, whatever else is wrong. */
function isPlace(problem: MemberProblem | undefined): boolean {
  return problem !== 'badAddress' && problem !== 'badPort';
}

interface CellTools {
  readonly number: (row: MemberRow) => number;
  readonly change: (key: number, part: Partial<MemberRow>) => void;
  readonly remove: (key: number) => void;
  readonly saysOf: (row: MemberRow) => string | null;
  readonly renderTest: (row: MemberRow) => ReactNode;
}

// oxlint-disable-next-line max-lines-per-function -- a table of columns
function columnsOf(t: MemberTexts, tools: CellTools): TableColumnsType<MemberRow> {
  const labelled = (column: keyof MemberTexts['columns'], row: MemberRow): string =>
    t.label(t.columns[column], tools.number(row));
  return [
    {
      title: t.columns.address,
      key: 'address',
      render: (_, row) => (
        <>
          <Input
            className="mono member-address"
            autoComplete="off"
            spellCheck={false}
            aria-label={labelled('address', row)}
            status={tools.saysOf(row) === null ? '' : 'error'}
            value={row.address}
            onChange={({ target }) => tools.change(row.key, { address: target.value.trim() })}
          />
          <RowNote row={row} says={tools.saysOf(row)} noTraffic={t.noTraffic} />
        </>
      ),
    },
    {
      title: t.columns.port,
      key: 'port',
      render: (_, row) => (
        <InputNumber
          controls={false}
          aria-label={labelled('port', row)}
          value={row.protocol_port}
          onChange={(port) => tools.change(row.key, { protocol_port: port })}
        />
      ),
    },
    {
      title: t.columns.weight,
      key: 'weight',
      render: (_, row) => (
        <InputNumber
          controls={false}
          aria-label={labelled('weight', row)}
          value={row.weight}
          onChange={(weight) => tools.change(row.key, { weight })}
        />
      ),
    },
    {
      title: t.columns.name,
      key: 'name',
      render: (_, row) => (
        <Input
          autoComplete="off"
          className="member-name"
          aria-label={labelled('name', row)}
          value={row.name}
          onChange={({ target }) => tools.change(row.key, { name: target.value })}
        />
      ),
    },
    {
      key: 'operations',
      className: 'member-operations',
      render: (_, row) => (
        <>
          {tools.renderTest(row)}
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t.remove(tools.number(row))}
            onClick={() => tools.remove(row.key)}
          />
        </>
      ),
    },
  ];
}

interface RowNoteProps {
  readonly row: MemberRow;
  readonly says: string | null;
  readonly noTraffic: string;
}

function RowNote({ row, says, noTraffic }: RowNoteProps) {
  if (says !== null)
    return (
      <div className="member-problem" role="alert">
        {says}
      </div>
    );
  return row.weight === 0 ? <div className="lf-soft">{noTraffic}</div> : null;
}
