import { Skeleton } from 'antd';

/** Stands for a page that is on its way. */
export function LoadingPage() {
  return (
    <div className="loading" aria-busy="true">
      <Skeleton active title={{ width: 240 }} paragraph={{ rows: 6 }} />
    </div>
  );
}
