import { ManualClock } from '@elbow/testkit';
import { describe, expect, it } from 'vitest';
import { LoginThrottle } from './login-throttle.ts';

const minuteMs = 60_000;

describe('the throttle', () => {
  it('says how long to wait, counts users and addresses apart, and forgets', () => {
    const clock = new ManualClock();
    const throttle = new LoginThrottle(clock.now);
    for (let count = 0; count < 5; count++) expect(throttle.begin('admin', '192.0.2.1')).toBe(0);
    clock.advance(minuteMs);
    expect(throttle.begin('admin', '192.0.2.1')).toBe(240);
    expect(throttle.begin('other', '192.0.2.1')).toBe(0);
    expect(throttle.begin('admin', '192.0.2.2')).toBe(0);
    clock.advance(4 * minuteMs);
    expect(throttle.begin('admin', '192.0.2.1')).toBe(0);
  });

  it('starts anew after a success', () => {
    const throttle = new LoginThrottle(() => 0);
    for (let count = 0; count < 4; count++) throttle.begin('admin', 'a');
    throttle.succeed('admin', 'a');
    for (let count = 0; count < 5; count++) expect(throttle.begin('admin', 'a')).toBe(0);
  });

  it('stays small however many names are tried', () => {
    const throttle = new LoginThrottle(() => 0);
    for (let count = 0; count < 5; count++) throttle.begin('first', 'a');
    for (let count = 0; count < 10_000; count++) throttle.begin(`user-${count}`, 'a');
    expect(throttle.begin('first', 'a')).toBe(0);
  });

  it('lets four checks run at a time', async () => {
    const throttle = new LoginThrottle(() => 0);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const running = Array.from({ length: 4 }, () => throttle.check(() => promise));
    expect(await throttle.check(async () => true)).toBeNull();
    resolve(false);
    expect(await Promise.all(running)).toEqual([false, false, false, false]);
    expect(await throttle.check(async () => true)).toBe(true);
  });
});
