import type { MemberCheckWire } from '@elbow/api';
import { useMessages } from '../i18n/use-messages.ts';
import { StatusText } from '../shell/status-dot.tsx';
import { Transcript } from '../shell/transcript.tsx';
import { poolMessages } from './messages.ts';
import { serverWords } from '../server-words/server-words.ts';

/** The verdict, what was found, and the transcript of the check. */
export function CheckResult({ job }: { readonly job: MemberCheckWire }) {
  const { probe: t } = useMessages(poolMessages);
  const { check_result: isFine, check_items: items } = job.result.config;
  return (
    <div className="probe-result">
      <div className="probe-verdict">
        <StatusText tone={isFine ? 'good' : 'bad'}>{isFine ? t.passed : t.failed}</StatusText>
      </div>
      {items.length > 0 && (
        <>
          <h3>{t.found}</h3>
          <ul className="probe-items">
            {items.map(({ name, reason, severity }) => (
              <li key={name}>
                <StatusText tone={severity === 'Major' ? 'bad' : 'warn'}>{t.severity[severity]}</StatusText>
                <span>{serverWords(reason)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{t.transcript}</h3>
      {job.transcript.length === 0 ? (
        <p className="cell-sub">{t.noTranscript}</p>
      ) : (
        <Transcript steps={job.transcript} />
      )}
    </div>
  );
}
