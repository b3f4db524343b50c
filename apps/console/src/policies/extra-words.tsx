import type { ReactNode } from 'react';
import type { PolicyMessages } from './messages.ts';
import { PoolLink } from './pool-link.tsx';
import { Values } from './rule-words.tsx';
import type { WholePolicy } from './whole-policy.ts';

interface Line {
  readonly key: string;
  readonly text: ReactNode;
}

type Words = PolicyMessages['words2'];
type Edits = Pick<
  NonNullable<WholePolicy['redirect_url_config']>,
  'insert_headers_config' | 'remove_headers_config'
>;
type Extension = NonNullable<WholePolicy['redirect_pools_extend_config']>;

/** Everything that a policy does beside its action. */
export function extraWords(policy: WholePolicy, t: Words): readonly Line[] {
  const { redirect_pools_sticky_session_config: sticky, redirect_pools_extend_config: extension } = policy;
  const edits: Edits | null = extension ?? policy.redirect_url_config ?? policy.fixed_response_config ?? null;
  const limit = extension?.traffic_limit_config ?? policy.fixed_response_config?.traffic_limit_config ?? null;
  return [
    ...(sticky?.enable === true ? [{ key: 'sticky', text: t.sticky(sticky.timeout) }] : []),
    ...(extension === null ? [] : poolExtras(extension, t)),
    ...(edits === null ? [] : editWords(edits, t)),
    ...(limit === null ? [] : [{ key: 'limit', text: t.limit(limitText(limit, t)) }]),
  ];
}

function poolExtras(extension: Extension, t: Words): readonly Line[] {
  const { rewrite_url_config: rewrite, cors_config: cors, traffic_mirror_config: mirror } = extension;
  const lines: Line[] = [];
  if (extension.rewrite_url_enable && rewrite !== null) {
    const { host, path, query } = rewrite;
    const url = `${host}${path}${query === '' ? '' : `?${query}`}`;
    lines.push({ key: 'rewrite', text: <Said words={t.rewrite} values={[url]} /> });
  }
  if (cors !== null) lines.push({ key: 'cors', text: <Said words={t.cors} values={cors.allow_origin} /> });
  if (mirror !== null)
    lines.push({
      key: 'mirror',
      text: (
        <>
          {t.mirror}{' '}
          {mirror.target_ids.map((id, index) => (
            <span key={id}>
              {index > 0 && ', '}
              <PoolLink id={id} />
            </span>
          ))}
        </>
      ),
    });
  return lines;
}

function editWords({ insert_headers_config: written, remove_headers_config: removed }: Edits, t: Words) {
  const lines: Line[] = [];
  const names = (removed?.configs ?? []).map(({ key }) => key);
  const values = (written?.configs ?? []).map(({ key, value }) => `${key}: ${value}`);
  if (names.length > 0)
    lines.push({ key: 'remove', text: <Said words={t.remove(names.length)} values={names} /> });
  if (values.length > 0)
    lines.push({ key: 'write', text: <Said words={t.write(values.length)} values={values} /> });
  return lines;
}

function limitText(
  { qps, per_source_ip_qps: each }: { readonly qps: number; readonly per_source_ip_qps: number },
  t: Words,
) {
  return [...(qps > 0 ? [t.limitAll(qps)] : []), ...(each > 0 ? [t.limitEach(each)] : [])].join(', ') || '–';
}

function Said({ words, values }: { readonly words: string; readonly values: readonly string[] }) {
  return (
    <>
      {words} <Values values={values} />
    </>
  );
}
