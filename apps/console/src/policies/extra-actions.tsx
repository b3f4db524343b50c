import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown, Form } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { CorsFields, LimitFields, MirrorFields, RewriteFields } from './extra-fields.tsx';
import { InsertedHeaders, RemovedHeaders } from './header-fields.tsx';
import { policyMessages } from './messages.ts';
import type { PolicyAction } from './policy-values.ts';

export interface ExtraActionsProps {
  readonly action: PolicyAction;
  readonly protocol: string;
}

const bases = {
  REDIRECT_TO_POOL: 'redirect_pools_extend_config',
  REDIRECT_TO_URL: 'redirect_url_config',
  FIXED_RESPONSE: 'fixed_response_config',
  REDIRECT_TO_LISTENER: '',
} as const;

type ExtraKey = keyof typeof beginnings;

/** With what each begins; a key that is there is shown, one that is not is taken away when the policy is saved. */
const beginnings = {
  rewrite_url_config: { host: '${host}', path: '${path}', query: '${query}' },
  insert_headers_config: { configs: [{ value_type: 'USER_DEFINED' }] },
  remove_headers_config: { configs: [] },
  traffic_limit_config: { qps: 100, per_source_ip_qps: 0, burst: 0 },
  cors_config: {
    allow_origin: [],
    allow_methods: ['GET', 'POST'],
    allow_headers: [],
    expose_headers: [],
    allow_credentials: false,
    max_age: 3600,
  },
  traffic_mirror_config: { target_ids: [], mirror_request_body_enable: true },
} as const;

const legal: Readonly<Record<PolicyAction, readonly ExtraKey[]>> = {
  REDIRECT_TO_POOL: Object.keys(beginnings) as readonly ExtraKey[],
  REDIRECT_TO_URL: ['insert_headers_config', 'remove_headers_config'],
  FIXED_RESPONSE: ['insert_headers_config', 'remove_headers_config', 'traffic_limit_config'],
  REDIRECT_TO_LISTENER: [],
};

/** What can be done beside the action, only the ones that go with it. */
export function ExtraActions({ action, protocol }: ExtraActionsProps) {
  const t = useMessages(policyMessages).extras;
  const form = Form.useFormInstance();
  const base = bases[action];
  const present = (Form.useWatch(base, { form, preserve: true }) ?? {}) as Partial<Record<ExtraKey, unknown>>;
  const titles: Readonly<Record<ExtraKey, string>> = {
    rewrite_url_config: t.rewrite,
    insert_headers_config: t.insert,
    remove_headers_config: t.removeHeaders,
    traffic_limit_config: t.limit,
    cors_config: t.cors,
    traffic_mirror_config: t.mirror,
  };
  const shown = legal[action].filter((key) => Boolean(present[key]));
  const items = legal[action]
    .filter((key) => !shown.includes(key))
    .map((key) => ({
      key,
      label: titles[key],
      onClick: () => form.setFieldValue([base, key], structuredClone(beginnings[key])),
    }));
  return (
    <>
      {shown.map((key) => (
        <section key={key} className="pol-extra-box">
          <header>
            <h4>{titles[key]}</h4>
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={t.remove(titles[key])}
              onClick={() => form.setFieldValue([base, key], null)}
            />
          </header>
          <Fields extra={key} base={base} protocol={protocol} />
        </section>
      ))}
      {items.length > 0 && (
        <Dropdown menu={{ items }} trigger={['click']}>
          <Button icon={<PlusOutlined />}>{t.add}</Button>
        </Dropdown>
      )}
    </>
  );
}

interface FieldsProps {
  readonly extra: ExtraKey;
  readonly base: string;
  readonly protocol: string;
}

function Fields({ extra, base, protocol }: FieldsProps) {
  const path = [base, extra];
  switch (extra) {
    case 'rewrite_url_config':
      return <RewriteFields base={path} />;
    case 'insert_headers_config':
      return <InsertedHeaders base={path} protocol={protocol} />;
    case 'remove_headers_config':
      return <RemovedHeaders base={path} />;
    case 'traffic_limit_config':
      return <LimitFields base={path} />;
    case 'cors_config':
      return <CorsFields base={path} />;
    case 'traffic_mirror_config':
      return <MirrorFields base={path} />;
  }
}
