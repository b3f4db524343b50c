import type { AttentionAnswer, AttentionItem } from '@elbow/api';
import { Link } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { StatusDot } from '../shell/status-dot.tsx';
import { attentionPlace, useAttentionWords } from './attention-words.ts';
import { monitoringMessages } from './messages.ts';

/** What somebody should look at, worst first, each with the way to it; and from where on something is listed. */
export function AttentionPanel({ of }: { readonly of: AttentionAnswer }) {
  const t = useMessages(monitoringMessages).attention;
  const { items, omitted, thresholds } = of;
  const isQuiet = items.length === 0;
  return (
    <section className={isQuiet ? 'ov-attention ov-attention-quiet' : 'ov-attention'} aria-label={t.title}>
      <h2>
        <StatusDot tone={isQuiet ? 'good' : items[0]?.severity === 'critical' ? 'bad' : 'warn'} />
        {isQuiet ? t.nothing : t.title}
        {!isQuiet && <span className="ov-badge">{items.length + omitted}</span>}
      </h2>
      {!isQuiet && (
        <ul className="ov-items">
          {items.map((item) => (
            <Item key={`${item.kind} ${item.resource_id}`} of={item} />
          ))}
        </ul>
      )}
      {omitted > 0 && <p className="ov-note">{t.omitted(omitted)}</p>}
      <p className="ov-note">{t.thresholds(thresholds.limit_percent, thresholds.certificate_days)}</p>
    </section>
  );
}

function Item({ of }: { readonly of: AttentionItem }) {
  const t = useMessages(monitoringMessages).attention;
  const { title, detail } = useAttentionWords(of);
  const place = attentionPlace(of);
  const name = of.resource_name === '' ? of.resource_id : of.resource_name;
  return (
    <li>
      <span className={`ov-severity ov-severity-${of.severity}`}>
        <StatusDot tone={of.severity === 'critical' ? 'bad' : 'warn'} />
        {t.severity[of.severity]}
      </span>
      <span className="ov-item">
        <strong>{title}</strong> {place === null ? name : <Link to={place}>{name}</Link>}
        <span className="ov-note">{detail}</span>
      </span>
    </li>
  );
}
