import type { ProbeWire } from '@elbow/api';
import { useMessages } from '../../i18n/use-messages.ts';
import { FailureText } from '../../shell/failure-panel.tsx';
import { StatusText } from '../../shell/status-dot.tsx';
import { Transcript } from '../../shell/transcript.tsx';
import { wizardMessages } from '../texts/messages.ts';
import type { ProbeState } from './use-probes.ts';
import { serverWords } from '../../server-words/server-words.ts';

/** What each node says of a server, with the way there. */
export function ProbeResult({ of }: { readonly of: ProbeState | null }) {
  const t = useMessages(wizardMessages).members;
  return (
    <div className="member-probe" aria-live="polite" aria-busy={of?.isRunning ?? false}>
      {of?.isRunning === true && <StatusText tone="busy">{t.testing}</StatusText>}
      {of !== null && of.error !== null && (
        <div className="member-problem" role="alert">
          <FailureText error={of.error} />
        </div>
      )}
      {of?.found?.nodes.length === 0 && <StatusText tone="warn">{t.noNode}</StatusText>}
      {of?.found?.nodes.map((node) => (
        <OfNode key={node.node_id} node={node} />
      ))}
    </div>
  );
}

function OfNode({ node }: { readonly node: ProbeWire['nodes'][number] }) {
  const t = useMessages(wizardMessages).members;
  return (
    <div>
      <div className="member-probe-line">
        <StatusText tone={node.healthy ? 'good' : 'bad'}>
          {node.healthy ? t.reached : t.notReached}
        </StatusText>
        <span className="lf-soft">{t.node(node.node_id)}</span>
      </div>
      {!node.healthy && <div>{serverWords(node.outcome)}</div>}
      {node.transcript.length > 0 && (
        <details>
          <summary>{t.steps}</summary>
          <Transcript steps={node.transcript} />
        </details>
      )}
    </div>
  );
}
