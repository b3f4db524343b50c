import { Alert, Button } from 'antd';
import { useEffect, useState } from 'react';
import { askSession } from '../api/log-in.ts';
import { sessionStore } from '../api/session.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from './messages.ts';
import { useStore } from './store.ts';

const soonMs = 120_000;
const tickMs = 5_000;

/** Says two minutes before that the session will end, and how to keep it. */
export function SessionNotice() {
  const t = useMessages(shellMessages).session;
  const session = useStore(sessionStore);
  const nowMs = useNow();
  if (session === null) return null;
  const { expiresAtMs, idleExpiresAtMs } = session;
  const leftMs = Math.min(expiresAtMs, idleExpiresAtMs) - nowMs;
  if (leftMs > soonMs) return null;
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  const canStay = expiresAtMs - nowMs > soonMs;
  return (
    <Alert
      banner
      role="status"
      type="warning"
      title={canStay ? t.idle(seconds) : t.ends(seconds)}
      action={
        canStay ? (
          <Button size="small" onClick={() => void askSession()}>
            {t.stay}
          </Button>
        ) : undefined
      }
    />
  );
}

function useNow(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}
