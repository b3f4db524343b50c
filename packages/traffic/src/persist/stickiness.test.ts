import { describe, expect, it } from 'vitest';
import { requestToken, stickyAnswerLine, stickyCookieName, type StickyPool } from './stickiness.ts';
import { sealToken, type TokenSeal } from './sticky-token.ts';

const nowMs = 1_700_000_000_000;
const minuteMs = 60_000;

/** Turns text round: enough to see what is sealed, and that rubbish does not open. */
const seal: TokenSeal = {
  seal: (text) => `s.${Buffer.from(text).toString('base64url')}`,
  open: (sealed) => (sealed.startsWith('s.') ? Buffer.from(sealed.slice(2), 'base64url').toString() : null),
};
const own: StickyPool = {
  stickiness: { kind: 'cookie', lifetimeMs: 20 * minuteMs },
  cookieName: 'LBSESSION-12345678',
  seal,
};
const app: StickyPool = {
  stickiness: { kind: 'application-cookie', name: 'SID' },
  cookieName: 'LBAPP-12345678',
  seal,
};

function cookie(pool: StickyPool, memberId: string, issuedAtMs: number): string {
  const scope =
    pool === app ? { path: '/shop', domain: null, expiresAtMs: issuedAtMs + 10 * minuteMs } : null;
  return `${pool.cookieName}=${sealToken(seal, { memberId, issuedAtMs, scope })}`;
}

function answerLine(pool: StickyPool, request: string, { fields = '', memberId = 'm1' } = {}): string {
  const token = requestToken(pool, request, nowMs);
  return stickyAnswerLine(pool, { token, memberId, fields, isSecure: true, nowMs });
}

/** The token that a `Set-Cookie` line carries. */
function issued(pool: StickyPool, line: string, cookies = ''): unknown {
  const pair = line.slice('Set-Cookie: '.length, line.indexOf(';'));
  return requestToken(pool, `Cookie: ${cookies}${pair}\r\n`, nowMs);
}

describe('a cookie of the load balancer', () => {
  it('is named by kind and pool', () => {
    const poolId = '12345678-90ab-cdef-0000-000000000000';
    expect(stickyCookieName(own.stickiness, poolId)).toBe('LBSESSION-12345678');
    expect(stickyCookieName(app.stickiness, poolId)).toBe('LBAPP-12345678');
  });

  it('is issued with the attributes that keep it to this site and its server', () => {
    const line = answerLine(own, '');
    expect(line).toMatch(
      /^Set-Cookie: LBSESSION-12345678=s\.[\w-]+; Path=\/; Max-Age=1200; HttpOnly; SameSite=Lax; Secure\r\n$/,
    );
    expect(issued(own, line)).toEqual({ memberId: 'm1', issuedAtMs: nowMs, scope: null });
  });

  it('is not issued again before half of its lifetime is gone, then it is', () => {
    const aged = (minutes: number): string =>
      answerLine(own, `Cookie: ${cookie(own, 'm1', nowMs - minutes * minuteMs)}\r\n`);
    expect([aged(0), aged(10)]).toEqual(['', '']);
    expect(aged(11)).toMatch(/^Set-Cookie: /);
  });

  it('is issued again when another member answers', () => {
    const line = answerLine(own, `Cookie: ${cookie(own, 'm1', nowMs)}\r\n`, { memberId: 'm2' });
    expect(issued(own, line)).toMatchObject({ memberId: 'm2' });
  });

  it.each([
    ['too old', cookie(own, 'm1', nowMs - 20 * minuteMs - 1)],
    ['from the future', cookie(own, 'm1', nowMs + 2 * minuteMs)],
    ['made up', `${own.cookieName}=bTE`],
    ['empty', `${own.cookieName}=`],
    ['endless', `${own.cookieName}=s.${'A'.repeat(5000)}`],
    ['of another pool', `LBSESSION-87654321=${cookie(own, 'm1', nowMs).split('=')[1]}`],
    ['of an application', `${own.cookieName}=${cookie(app, 'm1', nowMs).split('=')[1]}`],
  ])('that is %s is as if it were not there', (_, sent) => {
    expect(requestToken(own, `Cookie: ${sent}\r\n`, nowMs)).toBeNull();
  });
});

describe('the companion of an application cookie', () => {
  it('has the place and the end of the cookie that the member sets', () => {
    const fields =
      'Set-Cookie: other=1\r\nset-cookie: SID=abc; path=/shop; Domain=a.test; max-age=600; Secure\r\n';
    const line = answerLine(app, '', { fields });
    expect(line).toMatch(
      /^Set-Cookie: LBAPP-12345678=s\.[\w-]+; Path=\/shop; Domain=a\.test; Max-Age=600; HttpOnly; SameSite=Lax; Secure\r\n$/,
    );
    expect(issued(app, line, 'SID=abc; ')).toMatchObject({ memberId: 'm1' });
  });

  it('lives as long as the session when the cookie names no end', () => {
    expect(answerLine(app, '', { fields: 'Set-Cookie: SID=abc\r\n' })).not.toContain('Max-Age');
  });

  it.each(['Max-Age=0', 'max-age=-1', 'Expires=Thu, 01 Jan 1970 00:00:00 GMT'])('goes with it: %s', (end) => {
    expect(answerLine(app, '', { fields: `Set-Cookie: SID=; ${end}\r\n` })).toContain('; Max-Age=0;');
  });

  it('is not there when the member sets no such cookie', () => {
    expect(answerLine(app, '', { fields: 'Set-Cookie: sid=abc\r\nX: SID=1\r\n' })).toBe('');
  });

  it('counts only together with it', () => {
    const companion = cookie(app, 'm1', nowMs);
    expect(requestToken(app, `Cookie: ${companion}\r\n`, nowMs)).toBeNull();
    expect(requestToken(app, `Cookie: SID=x; ${companion}\r\n`, nowMs)).toMatchObject({ memberId: 'm1' });
    expect(
      requestToken(app, `Cookie: SID=x; ${cookie(app, 'm1', nowMs - 11 * minuteMs)}\r\n`, nowMs),
    ).toBeNull();
  });

  it('names the member that took over, in the same place until the same end', () => {
    const request = `Cookie: SID=x; ${cookie(app, 'm1', nowMs - 4 * minuteMs)}\r\n`;
    expect(answerLine(app, request)).toBe('');
    const line = answerLine(app, request, { memberId: 'm2' });
    expect(line).toContain('; Path=/shop; Max-Age=360;');
    expect(issued(app, line, 'SID=x; ')).toMatchObject({ memberId: 'm2' });
  });
});
