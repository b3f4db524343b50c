import { Form } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { policyMessages } from './messages.ts';
import { TemplateInput } from './template-input.tsx';

export interface UrlPartsProps {
  /** Of the object that has `host`, `path` and `query`. */
  readonly base: readonly string[];
}

const parts = ['host', 'path', 'query'] as const;

/** Host, path and query of a redirect or a rewrite. */
export function UrlParts({ base }: UrlPartsProps) {
  const t = useMessages(policyMessages).redirect;
  return parts.map((part) => (
    <Form.Item
      key={part}
      name={[...base, part]}
      label={t[part]}
      rules={part === 'query' ? [] : [{ required: true }]}
    >
      <TemplateInput label={t[part]} inserts={[`\${${part}}`]} />
    </Form.Item>
  ));
}
