import { describe, expect, it } from 'vitest';
import { type FailedAttempt, failureStatus, MOST_ATTEMPTS, mayTryAnother } from './retry.ts';

const failed: FailedAttempt = {
  kind: 'response-error',
  attempts: 1,
  method: 'GET',
  isBodyReplayable: true,
  hasAnswerBegun: false,
  isRetryEnabled: true,
  isSticky: false,
};

describe('mayTryAnother', () => {
  it.each<[string, Partial<FailedAttempt>, boolean]>([
    ['an idempotent request after a broken connection', {}, true],
    ['an idempotent request after silence', { kind: 'response-timeout' }, true],
    ['PUT', { method: 'PUT' }, true],
    ['POST that a member may have seen', { method: 'POST' }, false],
    ['PATCH that a member may have seen', { method: 'PATCH' }, false],
    ['DELETE that a member may have seen', { method: 'DELETE' }, false],
    ['an unknown method that a member may have seen', { method: 'BREW' }, false],
    ['POST on a connection that was refused', { method: 'POST', kind: 'connect-error' }, true],
    ['POST on a connection that timed out', { method: 'POST', kind: 'connect-timeout' }, true],
    ['the fourth retry', { attempts: MOST_ATTEMPTS - 1 }, true],
    ['a fifth retry', { attempts: MOST_ATTEMPTS }, false],
    ['an answer that has begun', { hasAnswerBegun: true }, false],
    ['a body that was not kept', { isBodyReplayable: false }, false],
    [
      'a body that was not kept, connection refused',
      { isBodyReplayable: false, kind: 'connect-error' },
      false,
    ],
    ['silence of the member that the client belongs to', { isSticky: true, kind: 'response-timeout' }, false],
    [
      'a member that the client belongs to, connection refused',
      { isSticky: true, kind: 'connect-error' },
      true,
    ],
    ['retries switched off', { isRetryEnabled: false, kind: 'connect-error' }, false],
  ])('%s', (_, facts, expected) => {
    expect(mayTryAnother({ ...failed, ...facts })).toBe(expected);
  });
});

describe('failureStatus', () => {
  it('tells trouble from silence', () => {
    expect(failureStatus('connect-error')).toBe(502);
    expect(failureStatus('response-error')).toBe(502);
    expect(failureStatus('connect-timeout')).toBe(504);
    expect(failureStatus('response-timeout')).toBe(504);
  });
});
