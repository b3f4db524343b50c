import { grpcStatusPage, type StatusPage, statusPage } from '@elbow/traffic';
import { fieldValue, type RequestHead } from '@elbow/wire';
import type { MemberChoice } from './member-choice.ts';

/** The load balancer's own answer to a request, in the form that its client understands. */
export function ownPage(
  head: Pick<RequestHead, 'fields'>,
  protocol: MemberChoice['protocol'] | null,
  { status, detail }: { readonly status: number; readonly detail: string },
): StatusPage {
  const isGrpcCall =
    protocol === 'GRPC' && fieldValue(head.fields, 'content-type')?.startsWith('application/grpc') === true;
  return isGrpcCall ? grpcStatusPage(status, detail) : statusPage(status, detail);
}
