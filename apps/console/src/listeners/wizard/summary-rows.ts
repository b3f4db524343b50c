import type { CertificateWire, IpGroupWire } from '@elbow/api';
import { nameOf } from '../../load-balancers/load-balancer-status.ts';
import { groupsFor, headerGroups, modeKey } from '../form/header-rows.ts';
import { type ListenerValues, usualListener } from '../form/listener-values.ts';
import type { PolicyChoice } from '../form/security-policies.ts';
import type { FieldKey, FormMessages, WizardMessages } from '../texts/messages.ts';
import type { MemberRow, MonitorValues, PoolValues } from './wizard-draft.ts';
import { usualMonitor, usualPool } from './wizard-draft.ts';

export interface SummaryRow {
  readonly field: FieldKey;
  readonly value: string;
  /** Not what it would be if nobody had touched it. */
  readonly isChanged: boolean;
}

/** Names for what values name by id, and words for the rest. */
export interface SummaryContext {
  readonly certificates: readonly CertificateWire[];
  readonly groups: readonly IpGroupWire[];
  readonly policies: readonly PolicyChoice[];
  readonly form: FormMessages;
  readonly wizard: WizardMessages;
}

/** The listener, row by row, without what it has no use for. */
// oxlint-disable-next-line max-lines-per-function -- a table of rows
export function listenerRows(values: ListenerValues, context: SummaryContext): readonly SummaryRow[] {
  const { form: t } = context;
  const isHttps = values.protocol === 'HTTPS';
  const isMutual = isHttps && values.authentication === 'mutual';
  const isListed = values.ipgroup.type !== 'all';
  const flag = flagOf(context);
  const usual = usualListener;
  const seconds = (value: number | null): string => `${value} ${t.seconds}`;
  const limit = (isOn: boolean, value: number | null): string => (isOn ? String(value) : t.unlimited);
  const rows: readonly (SummaryRow | false)[] = [
    row('name', values.name, false),
    row('protocol', `${values.protocol}/${values.protocol_port}`, values.protocol !== usual.protocol),
    isHttps && row('authentication', isMutual ? t.mutual : t.oneWay, isMutual),
    isMutual && row('authority', certificateName(values.client_ca_tls_container_ref, context), true),
    isHttps && row('certificate', certificateName(values.default_tls_container_ref, context), false),
    isHttps && row('sni', flag(values.isSniOn), values.isSniOn),
    isHttps &&
      values.isSniOn &&
      row(
        'sniCertificates',
        values.sni_container_refs.map((id) => certificateName(id, context)).join(', '),
        true,
      ),
    row('access', t.access[values.ipgroup.type], isListed),
    isListed && row('ipGroup', groupNames(values, context), true),
    row('advancedForwarding', flag(values.enhance_l7policy_enable), !values.enhance_l7policy_enable),
    isHttps &&
      row('policy', policyName(values, context), values.tls_ciphers_policy !== usual.tls_ciphers_policy),
    isHttps && row('http2', flag(values.http2_enable), values.http2_enable !== usual.http2_enable),
    isHttps && values.ssl_early_data_enable && row('earlyData', flag(true), true),
    row('forwardedFor', forwardedFor(values, context), values.insert_headers[modeKey] !== 'append'),
    ...headerSummary(values, context),
    row('compression', flag(values.gzip_enable), values.gzip_enable),
    row('retry', flag(values.enable_member_retry), !values.enable_member_retry),
    row(
      'idleTimeout',
      seconds(values.keepalive_timeout),
      values.keepalive_timeout !== usual.keepalive_timeout,
    ),
    row('requestTimeout', seconds(values.client_timeout), values.client_timeout !== usual.client_timeout),
    row('responseTimeout', seconds(values.member_timeout), values.member_timeout !== usual.member_timeout),
    row('newConnections', limit(values.isCpsLimited, values.cps), values.isCpsLimited),
    row('connections', limit(values.isConnectionLimited, values.connection), values.isConnectionLimited),
    values.tags.length > 0 && row('tags', values.tags.map(tagText).join(', '), true),
    values.description !== '' && row('description', values.description, true),
    values.isProtected && row('protection', values.protection_reason || flag(true), true),
  ];
  return rows.filter((one) => one !== false);
}

function headerSummary(values: ListenerValues, { wizard }: SummaryContext): readonly SummaryRow[] {
  return groupsFor(values.protocol, values.authentication).map((group) => {
    const on = headerGroups[group].filter(({ key }) => values.insert_headers[key] === true);
    const names = on.map(({ name, alias }) => String((alias && values.insert_headers[alias]) || name));
    const isUsual =
      on.every(({ name }) => name === 'X-Forwarded-Host') && (group !== 'headersClient' || on.length === 1);
    return row(group, names.length === 0 ? wizard.confirm.none : names.join(', '), !isUsual);
  });
}

export function poolRows(pool: PoolValues, context: SummaryContext): readonly SummaryRow[] {
  const { wizard, form } = context;
  const t = wizard.pool;
  const flag = flagOf(context);
  const { session_persistence: persistence, slow_start: slowStart, lb_algorithm: algorithm } = pool;
  const isSticky = pool.isSticky && algorithm !== 'SOURCE_IP';
  const isSlow = slowStart.enable && algorithm === 'ROUND_ROBIN';
  const stickyText = `${t.stickyTypes[persistence.type]}, ${persistence.persistence_timeout} ${form.minutes}`;
  const rows: readonly (SummaryRow | false)[] = [
    row('poolName', pool.name, false),
    row('poolType', pool.type === 'ip' ? t.ip : t.hybrid, pool.type !== usualPool.type),
    row('poolProtocol', pool.protocol, pool.protocol !== usualPool.protocol),
    row('algorithm', t.algorithms[algorithm], algorithm !== usualPool.lb_algorithm),
    row('sticky', isSticky ? stickyText : flag(false), isSticky),
    row('slowStart', isSlow ? `${slowStart.duration} ${form.seconds}` : flag(false), isSlow),
    pool.isFailOpen && row('failOpen', flag(true), true),
    pool.member_deletion_protection_enable && row('removalProtection', flag(true), true),
    pool.description !== '' && row('description', pool.description, true),
  ];
  return rows.filter((one) => one !== false);
}

export function memberRows(
  members: readonly MemberRow[],
  monitor: MonitorValues,
  context: SummaryContext,
): readonly SummaryRow[] {
  const places = members.map(({ address, protocol_port: port, weight }) => {
    return `${address.includes(':') ? `[${address}]` : address}:${port}${weight === 1 ? '' : ` ×${weight}`}`;
  });
  const shown = places.slice(0, 8).join(', ') + (places.length > 8 ? ` +${places.length - 8}` : '');
  const check = `${monitor.type}${monitor.type.startsWith('HTTP') ? ` ${monitor.http_method} ${monitor.url_path}` : ''}`;
  const isUsual = JSON.stringify(monitor) === JSON.stringify(usualMonitor);
  const { seconds } = context.form;
  return [
    row('servers', places.length === 0 ? context.wizard.confirm.none : shown, false),
    row(
      'healthCheck',
      monitor.isOn ? `${check} · ${monitor.delay} ${seconds}` : context.wizard.confirm.off,
      !isUsual,
    ),
  ];
}

function row(field: FieldKey, value: string, isChanged: boolean): SummaryRow {
  return { field, value, isChanged };
}

function flagOf({ wizard: { confirm } }: SummaryContext) {
  return (isOn: boolean): string => (isOn ? confirm.on : confirm.off);
}

function certificateName(id: string | undefined, { certificates }: SummaryContext): string {
  const found = certificates.find((certificate) => certificate.id === id);
  return found === undefined ? (id ?? '–') : nameOf(found);
}

function groupNames({ ipgroup }: ListenerValues, { groups }: SummaryContext): string {
  return ipgroup.ipgroup_id
    .map((id) => {
      const group = groups.find((one) => one.id === id);
      return group === undefined ? id : nameOf(group);
    })
    .join(', ');
}

function policyName({ tls_ciphers_policy: value }: ListenerValues, { policies }: SummaryContext): string {
  return policies.find((policy) => policy.value === value)?.name ?? value;
}

function forwardedFor({ insert_headers: headers }: ListenerValues, { form }: SummaryContext): string {
  const mode = String(headers[modeKey]);
  const words: Readonly<Record<string, string>> = form.forwardedFor;
  return words[mode] ?? mode;
}

export function tagText({ key, value }: { readonly key: string; readonly value: string }): string {
  return value === '' ? key : `${key}=${value}`;
}
