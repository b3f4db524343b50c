import { Button } from 'antd';
import { phaseStore } from '../api/session.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { EmptyState } from './empty-state.tsx';
import { shellMessages } from './messages.ts';

/** Before anything is known of the user: the server is away. */
export function NobodyAnswers() {
  const { failure } = useMessages(shellMessages);
  return (
    <EmptyState
      title={failure.title}
      text={failure.away}
      action={<Button onClick={() => phaseStore.set('asking')}>{failure.again}</Button>}
    />
  );
}
