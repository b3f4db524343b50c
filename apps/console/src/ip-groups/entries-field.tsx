import { useQuery } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import type { Ref } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { problemTexts, readEntries } from './entries-text.ts';
import { ipGroupMessages } from './messages.ts';
import { mostEntries } from './queries.ts';
import './ip-groups.css';

/** The entries of a group as text, under the API's name of the list. */
export function EntriesField({ rows = 10 }: { readonly rows?: number }) {
  const t = useMessages(ipGroupMessages);
  const most = useQuery(mostEntries).data ?? -1;
  const validator = async (_: unknown, text = ''): Promise<void> => {
    const problems = problemTexts(readEntries(text), most, t);
    if (problems.length > 0) throw new Error(problems.join('\n'));
  };
  return (
    <Form.Item
      name="ip_list"
      label={t.text.label}
      extra={t.text.help}
      rules={[{ validator }]}
      validateDebounce={200}
      className="ipg-entries"
    >
      <EntriesInput rows={rows} most={most} />
    </Form.Item>
  );
}

interface EntriesInputProps {
  readonly ref?: Ref<TextAreaRef>;
  /** The rest comes from the form field around it. */
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (text: string) => void;
  readonly rows: number;
  readonly most: number;
}

function EntriesInput({ ref, id, value = '', onChange, rows, most }: EntriesInputProps) {
  const { text: t } = useMessages(ipGroupMessages);
  const { entries, mergedCount, problems } = readEntries(value);
  const isEmpty = entries.length === 0 && problems.length === 0;
  return (
    <>
      <Input.TextArea
        ref={ref ?? null}
        className="mono ipg-text"
        rows={rows}
        spellCheck={false}
        autoComplete="off"
        placeholder={t.placeholder}
        value={value}
        onChange={({ target }) => onChange?.(target.value)}
        {...(id === undefined ? {} : { id })}
      />
      <div className="ipg-notes" role="status">
        {most >= 0 && <div>{t.count(entries.length, most)}</div>}
        {mergedCount > 0 && <div>{t.merged(mergedCount)}</div>}
        {isEmpty && <div>{t.emptyList}</div>}
      </div>
    </>
  );
}
