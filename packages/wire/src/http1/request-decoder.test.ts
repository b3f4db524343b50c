import { describe, expect, it } from 'vitest';
import { defaultLimits, type RequestEvents } from '../message.ts';
import { RequestDecoder } from './request-decoder.ts';
import { readRequests } from './testing/recorder.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const silent: RequestEvents = {
  onRequestHead() {},
  onRequestBody() {},
  onRequestEnd() {},
  onRequestProblem() {},
};

describe('RequestDecoder', () => {
  it('stops behind each request until the owner asks for the next', () => {
    const first = 'POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab';
    const bytes = latin1(`${first}GET /2 HTTP/1.1\r\nHost: a\r\n\r\n`);
    const targets: string[] = [];
    const decoder = new RequestDecoder({ ...silent, onRequestHead: (head) => targets.push(head.target) });
    expect(decoder.push(bytes, 0, bytes.length)).toBe(first.length);
    expect(decoder.state).toBe('ended');
    expect(decoder.push(bytes, first.length, bytes.length)).toBe(first.length);
    decoder.next();
    expect(decoder.push(bytes, first.length, bytes.length)).toBe(bytes.length);
    expect(targets).toEqual(['/1', '/2']);
  });

  it('reads pipelined requests of every framing', () => {
    const host = 'HTTP/1.1\r\nHost: a\r\n';
    const seen = readRequests([
      latin1(
        `GET /1 ${host}\r\nPOST /2 ${host}Content-Length: 3\r\n\r\nGET` +
          `POST /3 ${host}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\n\r\n\r\nGET /4 ${host}\r\nGET /5`,
      ),
    ]);
    expect(seen.messages.map(({ head, body }) => [head.target, body])).toEqual([
      ['/1', ''],
      ['/2', 'GET'],
      ['/3', 'a'],
      ['/4', ''],
    ]);
    expect(seen).toMatchObject({ problem: null, unfinished: true });
  });

  it('says where it stands', () => {
    const decoder = new RequestDecoder(silent);
    const stands = () => [decoder.headStarted, decoder.midMessage, decoder.state];
    const push = (text: string) => decoder.push(latin1(text), 0, text.length);
    expect(stands()).toEqual([false, false, 'head']);
    push('\r\n\r');
    expect(stands()).toEqual([false, false, 'head']);
    push('\nPOST / HT');
    expect(stands()).toEqual([true, true, 'head']);
    push('TP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n');
    expect(stands()).toEqual([false, true, 'body']);
    push('ab');
    expect(stands()).toEqual([false, false, 'ended']);
    decoder.next();
    push('\0');
    expect(stands()).toEqual([false, false, 'refused']);
    decoder.next();
    expect(push('GET / HTTP/1.1\r\nHost: a\r\n\r\n')).toBe(0);
  });

  it('reads each head for itself, however alike they are', () => {
    const heads = [
      'Cookie: a=1\r\n',
      'Cookie: a=1\r\n',
      'Cookie: a=2\r\n',
      'Cookio: a=2\r\n',
      '',
      'Cookie: a=1\r\n',
    ];
    const texts = heads.map((fields, i) => `GET /${i} HTTP/1.1\r\nHost: a\r\n${fields}\r\n`);
    const together = readRequests([latin1(texts.join(''))]).messages;
    const apart = texts.map((text) => readRequests([latin1(text)]).messages[0]);
    expect(together).toEqual(apart);
    const broken = readRequests([latin1(`${texts[0]}${texts[0]!.replace('a=1', 'a\0')}`)]);
    expect(broken).toMatchObject({ messages: [{ complete: true }], problem: { status: 400 } });
  });

  it('passes payload as ranges of the pushed buffer', () => {
    const bytes = latin1('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello');
    const ranges: unknown[] = [];
    const decoder = new RequestDecoder({
      ...silent,
      onRequestBody: (buffer, start, end) => ranges.push([buffer === bytes, start, end]),
    });
    decoder.push(bytes, 0, bytes.length);
    expect(ranges).toEqual([[true, bytes.length - 5, bytes.length]]);
  });

  it('keeps the first bytes of a head even when their buffer is used again', () => {
    const head = latin1('GET /one HTTP/1.1\r\nHost: a\r\n\r\n');
    const shared = Buffer.from(head);
    let target = '';
    const decoder = new RequestDecoder({ ...silent, onRequestHead: (parsed) => (target = parsed.target) });
    decoder.push(shared, 0, 9);
    shared.fill(0x20, 0, 9);
    decoder.push(shared, 9, shared.length);
    expect(target).toBe('/one');
  });

  it('refuses a chunked body at the chunk that passes the limit', () => {
    const limits = { ...defaultLimits, bodyBytes: 10 };
    const post = 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n';
    const fits = readRequests([latin1(`${post}a\r\n0123456789\r\n0\r\n\r\n`)], limits);
    expect(fits).toMatchObject({ problem: null, messages: [{ body: '0123456789', complete: true }] });
    const over = readRequests([latin1(`${post}a\r\n0123456789\r\n1\r\n`)], limits);
    expect(over.problem).toMatchObject({ status: 413 });
  });

  it('works on a connection with ten thousand requests', () => {
    const request = latin1('GET / HTTP/1.1\r\nHost: a\r\nCookie: a=b\r\n\r\n');
    let ends = 0;
    const decoder = new RequestDecoder({ ...silent, onRequestEnd: () => ends++ });
    for (let i = 0; i < 10_000; i++) {
      const cut = i % request.length;
      expect(decoder.push(request, 0, cut)).toBe(cut);
      expect(decoder.push(request, cut, request.length)).toBe(request.length);
      decoder.next();
    }
    expect(ends).toBe(10_000);
  });
});
