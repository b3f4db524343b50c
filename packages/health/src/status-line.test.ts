import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostAnswerBytes, readStatusLine } from './status-line.ts';

describe('readStatusLine', () => {
  it.each([
    ['HTTP/1.1 200 OK\r\n', 200],
    ['HTTP/1.0 503 \r\n', 503],
    ['HTTP/1.1 204\r\nDate: x\r\n\r\n', 204],
    ['HTTP/1.1 200 OK\n', 200],
    ['HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\n', 404],
    ['HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n', 200],
    ['HTTP/1.1 101 Switching Protocols\r\n', 101],
  ])('reads %j', (text, code) => {
    expect(readStatusLine(text)).toEqual({ kind: 'status', code });
  });

  it.each([
    'SSH-2.0-OpenSSH_9.2\r\n',
    'HTTP/2 200\r\n',
    'HTTP/1.1 2000 OK\r\n',
    'HTTP/1.1 abc\r\n',
    '\u0015\u0003',
    '\r\n',
  ])('takes %j for no HTTP', (text) => {
    expect(readStatusLine(text).kind).toBe('malformed');
  });

  it('waits for the rest of a line, but not for ever', () => {
    expect(readStatusLine('').kind).toBe('incomplete');
    expect(readStatusLine('HTTP/1.1 200').kind).toBe('incomplete');
    expect(readStatusLine('HTTP/1.1 100 Continue\r\nA: b\r\n').kind).toBe('incomplete');
    expect(readStatusLine(`HTTP/1.1 200 ${'x'.repeat(mostAnswerBytes)}`).kind).toBe('malformed');
  });

  it('says the same whatever the pieces, and never changes its mind', () => {
    const whole = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 302 Found\r\nLocation: /\r\n\r\n';
    for (let length = 0; length <= whole.length; length++) {
      const read = readStatusLine(whole.slice(0, length));
      expect(read).toEqual(length >= 45 ? { kind: 'status', code: 302 } : { kind: 'incomplete' });
    }
  });

  it('takes any bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(['status', 'incomplete', 'malformed']).toContain(readStatusLine(text).kind);
      }),
    );
  });
});
