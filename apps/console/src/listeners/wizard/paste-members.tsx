import { PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useMessages } from '../../i18n/use-messages.ts';
import { wizardMessages } from '../texts/messages.ts';
import { DemoMembers } from './demo-members.tsx';
import { mostMembers, readLines } from './member-lines.ts';
import type { MemberRow } from './wizard-draft.ts';

export interface PasteMembersProps {
  readonly rows: readonly MemberRow[];
  readonly onChange: (rows: readonly MemberRow[]) => void;
}

/** The quick way to many servers: lines from anywhere. */
export function PasteMembers({ rows, onChange }: PasteMembersProps) {
  const t = useMessages(wizardMessages).members;
  const id = useId();
  const [text, setText] = useState('');
  const nextKey = 1 + Math.max(0, ...rows.map(({ key }) => key));
  const read = readLines(text, nextKey);
  const add = (): void => {
    onChange([...rows, ...read.rows].slice(0, mostMembers));
    setText('');
  };
  const addRow = (): void =>
    onChange([...rows, { key: nextKey, address: '', protocol_port: null, weight: 1, name: '' }]);
  const isFull = rows.length >= mostMembers;
  return (
    <div className="paste">
      <label htmlFor={id} className="paste-label">
        {t.paste} <span className="lf-soft">{t.pasteHint}</span>
      </label>
      <Input.TextArea
        id={id}
        className="mono"
        rows={4}
        spellCheck={false}
        placeholder={t.pasteExample}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {read.problems.length > 0 && (
        <ul className="paste-problems" role="alert">
          {read.problems.slice(0, 5).map(({ line, problem }) => (
            <li key={line}>{t.lineProblem(line, t[problem])}</li>
          ))}
        </ul>
      )}
      <div className="paste-buttons">
        <Button
          type={read.rows.length > 0 ? 'primary' : 'default'}
          disabled={read.rows.length === 0 || read.problems.length > 0 || isFull}
          onClick={add}
        >
          {read.rows.length === 0 ? t.addPasted : `${t.addPasted} (${t.lines(read.rows.length)})`}
        </Button>
        <Button icon={<PlusOutlined />} disabled={isFull} onClick={addRow}>
          {t.addRow}
        </Button>
        <DemoMembers rows={rows} nextKey={nextKey} onChange={onChange} />
        <span className="lf-soft paste-count">{t.count(rows.length)}</span>
      </div>
      {isFull && <div className="lf-soft">{t.tooMany}</div>}
    </div>
  );
}
