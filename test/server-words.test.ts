import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { routes } from '@elbow/api';
import { describe, expect, it } from 'vitest';
import { createTranslator } from '../apps/console/src/server-words/translator.ts';
import { zhShapes } from '../apps/console/src/server-words/zh/shapes.ts';
import { messagesIn } from './words/messages-in.ts';
import { neverShown, rooms, silentFiles } from './words/never-shown.ts';

const root = join(import.meta.dirname, '..');
const translate = createTranslator(zhShapes);
const chinese = /\p{Script=Han}/u;

function sources(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sources(path);
    return path.endsWith('.ts') && !silentFiles.test(path) ? [path] : [];
  });
}

const messages = rooms
  .flatMap((folder) => sources(folder))
  .flatMap((path) => messagesIn(readFileSync(join(root, path), 'utf8')).map((text) => ({ path, text })))
  .filter(({ text }) => !neverShown.has(text));

/** `UpdateListener` → `Update listener`, as the page of the history shows it. */
function spaced(operation: string): string {
  const words = operation.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2');
  return words.charAt(0) + words.slice(1).toLowerCase();
}

/** The sentence with something in each place that is filled: words that no table has. */
function filled(text: string): string {
  let count = 0;
  return text.replaceAll('{}', () => `X${++count}`);
}

describe('the words of the server in Chinese', () => {
  it('are looked for where the server has its sentences', () => {
    expect(messages.length).toBeGreaterThan(350);
    expect(messages.map(({ text }) => text)).toContain('must hold at most {} tags');
  });

  it('are there for every sentence of the rooms that speak to people', () => {
    const missing = messages.filter(({ text }) => !chinese.test(translate(filled(text))));
    expect(missing).toEqual([]);
  });

  it('are there for every call that changes something, as the history names it', () => {
    const calls = routes.filter(({ method }) => method !== 'GET').map(({ operation }) => spaced(operation));
    expect(calls.filter((call) => !chinese.test(translate(call)))).toEqual([]);
  });

  it('leave no half of a sentence in English', () => {
    const mixed = messages
      .map(({ text }) => translate(filled(text)))
      .filter((said) => /(?<![\w"“`(])[a-z]{2,} [a-z]{2,} [a-z]{2,}/.test(said));
    expect(mixed).toEqual([]);
  });

  it.each(Object.entries(zhShapes))('keep every part of "%s"', (shape, words) => {
    const parts = shape.split('{}').length - 1;
    const used = [...words.matchAll(/\{(\d)\}/g)].map(([, place]) => Number(place));
    expect(used.every((place) => place >= 1 && place <= parts)).toBe(true);
    // An article or the number of a noun has no counterpart in Chinese.
    expect(new Set(used).size).toBeGreaterThanOrEqual(parts - 1);
  });
});

describe('a translator', () => {
  it.each([
    [
      'invalid input for field listener.protocol_port: must be an integer from 1 to 65535; invalid input for field listener.name: is required',
      'listener.protocol_port：须为 1 至 65535 的整数；listener.name：必填',
    ],
    ['loadbalancer 12ab could not be found', '负载均衡器 12ab 不存在'],
    ['is not supported yet (only null or false is accepted)', '暂不支持（只接受 null 或 false）'],
    [
      '127.0.0.1:80 refused the connection: nothing listens on the port, or a firewall rejects it',
      '127.0.0.1:80 拒绝连接：端口上没有服务在监听，或被防火墙拒绝',
    ],
    [
      '127.0.0.1:80 answered GET / for example.test with 503; expected 200',
      '127.0.0.1:80 对 GET /（主机 example.test）的应答为 503，期望 200',
    ],
    [
      '2 more IP addresses are needed in the backend subnets; subnet 10.0.0.0/30 (network n1): 1 free, subnet 10.0.1.0/30 (network n2): 0 free; add a subnet to elb_virsubnet_ids of the load balancer',
      '后端子网还需要 2 个IP地址；子网 10.0.0.0/30（网络 n1）：空闲 1 个，子网 10.0.1.0/30（网络 n2）：空闲 0 个；请为负载均衡器添加后端子网（elb_virsubnet_ids）',
    ],
    [
      '10.0.0.5:80 took the connection but did not answer GET /health for 10.0.0.5:80 within 3 s',
      '10.0.0.5:80 已接受连接，但在 3 秒内未应答 GET /health（主机 10.0.0.5:80）',
    ],
    [
      'no connection to 10.0.0.5:80 within 3 s: the member is down, or a packet filter, route or security group between the backend subnet and the member drops the packets',
      '3 秒内无法连接 10.0.0.5:80：后端服务器已停止，或后端子网与后端服务器之间的网络ACL、路由或安全组丢弃了报文',
    ],
    [
      'the certificate of 10.0.0.5:443 is not for api.test, which its pool asks for: no match',
      '10.0.0.5:443 的证书不适用于后端服务器组要求的名称 api.test：no match',
    ],
    [
      'certificate shop expired on 2026-01-02: clients will see an error',
      '证书 shop 已于 2026-01-02 过期：客户端会看到错误',
    ],
    [
      'certificate 2 is signed with SHA-1, which clients no longer trust',
      '第 2 个证书用 SHA-1 签名，客户端已不再信任',
    ],
    [
      'listener l1 cannot come back: security policy p1 was deleted',
      '监听器 l1 无法恢复：安全策略 p1 已删除',
    ],
    ['quota exceeded for listener: 50 of 50 in use', '超出配额（监听器）：已用 50，上限 50'],
    [
      'node n1: no native TLS engine: it needs OpenSSL 3, this Node has 1.1.1',
      '节点 n1：没有原生TLS引擎：需要OpenSSL 3，当前Node为 1.1.1',
    ],
    [
      'az1: no node of this zone is connected; az2: no node of this zone is connected',
      'az1：该可用区没有已连接的节点；az2：该可用区没有已连接的节点',
    ],
  ])('says "%s"', (english, said) => {
    expect(translate(english)).toBe(said);
  });

  it('leaves alone what it does not know', () => {
    for (const text of ['', 'teapot is short and stout', 'x'.repeat(100_000), 'a: b; c'])
      expect(translate(text)).toBe(text);
  });

  it('is not slowed down by a text that almost fits', () => {
    const hostile = `certificate ${'has type '.repeat(400)}`;
    const startedMs = performance.now();
    translate(hostile);
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });
});
