import { Modal, Spin } from 'antd';
import { useEffect, useState } from 'react';
import { useMessages } from '../../i18n/use-messages.ts';
import { wizardMessages } from '../texts/messages.ts';

const tickMs = 50;
/** The answer comes once workers serve it, so what takes longer than storing is theirs. */
const storedMs = 250;

/** How far a submit has come, to the millisecond. */
export function ProgressPanel({ startedMs }: { readonly startedMs: number }) {
  const t = useMessages(wizardMessages).progress;
  const [nowMs, setNow] = useState(startedMs);
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  const elapsed = Math.max(0, Math.round(nowMs - startedMs));
  return (
    <Modal open footer={null} closable={false} mask={{ closable: false }} title={t.title} width={420}>
      <div className="progress" role="status">
        <Spin />
        <span>{elapsed < storedMs ? t.saving : t.workers}</span>
        <span className="progress-ms">{t.elapsed(elapsed)}</span>
      </div>
    </Modal>
  );
}
