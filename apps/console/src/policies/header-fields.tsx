import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { Chips } from './chips.tsx';
import type { ExtraProps } from './extra-fields.tsx';
import { policyMessages } from './messages.ts';

const plainFacts = ['CLIENT-IP', 'CLIENT-PORT', 'ELB-PROTOCOL', 'ELB-ID', 'ELB-PORT', 'ELB-EIP', 'ELB-VIP'];
const tlsFacts = [
  'TLS-PROTOCOL',
  'TLS-CIPHER',
  'TLS-SNI',
  'TLS-ALPN-PROTOCOL',
  'TLS-JA3',
  'TLS-JA4',
  'CLIENTCERT',
  'CLIENTCERT-SUBJECTDN',
  'CLIENTCERT-ISSUERDN',
  'CLIENTCERT-FINGERPRINT',
  'CLIENTCERT-SERIALNUMBER',
  'CLIENTCERT-CLIENTVERIFY',
  'CLIENTCERT-CIPHERS',
  'CLIENTCERT-END',
];
const mostHeaders = 20;

export interface InsertedHeadersProps extends ExtraProps {
  readonly protocol: string;
}

/** Headers that are written: their names, and where the values come from. */
export function InsertedHeaders({ base, protocol }: InsertedHeadersProps) {
  const t = useMessages(policyMessages).extras;
  const path = [...base, 'configs'];
  return (
    <Form.List name={path}>
      {(rows, { add, remove }) => (
        <>
          <p className="pol-hint">{t.insertHelp}</p>
          {rows.map((row) => (
            <HeaderRow
              key={row.key}
              index={row.name}
              path={path}
              facts={protocol === 'HTTPS' ? [...plainFacts, ...tlsFacts] : plainFacts}
              onRemove={() => remove(row.name)}
            />
          ))}
          <Button
            size="small"
            icon={<PlusOutlined />}
            disabled={rows.length >= mostHeaders}
            onClick={() => add({ value_type: 'USER_DEFINED' })}
          >
            {`${t.addHeader} ${rows.length}/${mostHeaders}`}
          </Button>
        </>
      )}
    </Form.List>
  );
}

interface HeaderRowProps {
  readonly index: number;
  readonly path: readonly string[];
  readonly facts: readonly string[];
  readonly onRemove: () => void;
}

function HeaderRow({ index, path, facts, onRemove }: HeaderRowProps) {
  const t = useMessages(policyMessages).extras;
  const form = Form.useFormInstance();
  const kind = Form.useWatch([...path, index, 'value_type'], form) as keyof typeof t.kinds | undefined;
  const number = index + 1;
  return (
    <div className="pol-header-row">
      <Form.Item name={[index, 'key']} rules={[{ required: true }]}>
        <Input className="mono" aria-label={t.headerName(number)} placeholder="X-Name" autoComplete="off" />
      </Form.Item>
      <Form.Item name={[index, 'value_type']}>
        <Select
          aria-label={t.headerKind(number)}
          options={Object.entries(t.kinds).map(([value, label]) => ({ value, label }))}
          onChange={() => form.setFieldValue([...path, index, 'value'], undefined)}
        />
      </Form.Item>
      <Form.Item name={[index, 'value']} rules={[{ required: true }]}>
        {kind === 'SYSTEM_DEFINED' ? (
          <Select
            aria-label={t.headerValue(number)}
            showSearch
            options={facts.map((value) => ({ value, label: value }))}
          />
        ) : (
          <Input className="mono" aria-label={t.headerValue(number)} autoComplete="off" />
        )}
      </Form.Item>
      <Button type="text" icon={<CloseOutlined />} aria-label={t.removeHeader(number)} onClick={onRemove} />
    </div>
  );
}

export function RemovedHeaders({ base }: ExtraProps) {
  const t = useMessages(policyMessages).extras;
  return (
    <Form.Item
      name={[...base, 'configs']}
      extra={t.removeHelp}
      rules={[{ required: true, type: 'array', min: 1 }]}
    >
      <Chips label={t.removeHeaders} most={mostHeaders} />
    </Form.Item>
  );
}
