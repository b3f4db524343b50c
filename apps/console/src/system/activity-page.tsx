import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { LoadingPage } from '../shell/loading-page.tsx';
import { Page } from '../shell/page.tsx';
import { useUrlValue } from '../shell/use-search.ts';
import { ActivityEntry } from './activity-entry.tsx';
import { ActivityFilterBar } from './activity-filter-bar.tsx';
import { systemMessages } from './messages.ts';
import { activityPages } from './queries.ts';
import './system.css';

/** Who changed what and when, with what each object was before. */
export function ActivityPage() {
  const t = useMessages(systemMessages).activity;
  const [type] = useUrlValue('resource_type');
  const [userId] = useUrlValue('user_id');
  const [id] = useUrlValue('resource_id');
  const [since] = useUrlValue('since');
  const filters = { resource_type: type, user_id: userId, resource_id: id.trim(), since };
  const isAny = Object.values(filters).every((value) => value === '');
  const found = useInfiniteQuery(activityPages(filters));
  const entries = found.data?.pages.flatMap(({ history }) => history) ?? [];
  return (
    <Page title={t.title} intro={t.intro}>
      <ActivityFilterBar filters={filters} entries={entries} />
      {found.isError && <FailurePanel error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <LoadingPage />}
      {found.isSuccess && entries.length === 0 && isAny && <EmptyState title={t.empty} text={t.emptyText} />}
      {found.isSuccess && entries.length === 0 && !isAny && <p className="sys-soft">{t.nothingFound}</p>}
      {entries.length > 0 && (
        <ul className="act-list">
          {entries.map((entry) => (
            <li key={entry.id}>
              <ActivityEntry entry={entry} />
            </li>
          ))}
        </ul>
      )}
      {found.hasNextPage && (
        <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t.more}
        </Button>
      )}
    </Page>
  );
}
