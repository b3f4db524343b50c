import { once } from 'node:events';
import { connect } from 'node:tls';
import { type CertificateFiles, testAuthority } from '@elbow/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { nativeTicketKey } from './native-context.ts';
import { NativeEngine } from './native-engine.ts';
import { LoadedContext } from './native-loaded-context.ts';
import { BUILD_MS, buildForTests, identityOf, listenForTest, testSettings } from './native-testing.ts';
import type { ServerIdentity } from './server-identity.ts';

let engine: NativeEngine;
let own: CertificateFiles;
let other: CertificateFiles;

beforeAll(async () => {
  buildForTests();
  engine = new NativeEngine({ replayFilter: null });
  const authority = await testAuthority();
  own = await authority.issue(['own.example']);
  other = await authority.issue(['other.example']);
}, BUILD_MS);

/** An identity, and how often its key was opened. */
function counted(pair: CertificateFiles, id: string) {
  const opened = { count: 0 };
  const identity: ServerIdentity = {
    ...identityOf(pair, id),
    open: () => {
      opened.count++;
      return identityOf(pair, id).open();
    },
  };
  return { identity, opened };
}

async function subjectAt(port: number, servername = ''): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, servername, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { subjectaltname } = socket.getPeerCertificate();
  socket.destroy();
  return subjectaltname ?? '';
}

describe('contexts', () => {
  it('share a certificate, which is read once', async () => {
    const fallback = counted(own, 'shared');
    const named = counted(other, 'shared-named');
    const names = [['*.other.example', [named.identity]]] as const;
    const settings = testSettings(own, { identity: fallback.identity, names });
    const held = Array.from({ length: 20 }, () => engine.createContext(settings));
    expect([fallback.opened.count, named.opened.count]).toEqual([1, 1]);
    const listener = listenForTest(engine, settings);
    expect(await subjectAt(listener.port)).toBe('DNS:own.example');
    expect(await subjectAt(listener.port, 'a.other.example')).toBe('DNS:other.example');
    expect([fallback.opened.count, named.opened.count, held.length]).toEqual([1, 1, 20]);
    listener.close();
  });

  it('are made when the first client comes where others like them were taken before', async () => {
    const settings = testSettings(own, { identity: identityOf(own, 'lazy') });
    const isMade = (context: unknown): boolean => (context as LoadedContext).isMade;
    expect(isMade(engine.createContext(settings))).toBe(true);
    const context = engine.createContext({ ...settings, sessionIdContext: 'another listener' });
    expect(isMade(context)).toBe(false);
    const listener = listenForTest(engine, settings);
    listener.setContext(context);
    expect(isMade(context)).toBe(false);
    context.setTicketKeys([nativeTicketKey(Buffer.alloc(32, 3), 'later')]);
    expect(await subjectAt(listener.port)).toBe('DNS:own.example');
    expect(isMade(context)).toBe(true);
    listener.close();
  });

  it('are made at once where clients have been, and where clients show certificates', async () => {
    const settings = testSettings(own, { identity: identityOf(own, 'busy') });
    const listener = listenForTest(engine, settings);
    await subjectAt(listener.port);
    const next = engine.createContext(settings);
    listener.setContext(next);
    expect((next as LoadedContext).isMade).toBe(true);
    const clients = { authoritiesPem: own.certificatePem, revocationsPem: null };
    for (const sessionIdContext of ['first', 'second'])
      expect((engine.createContext({ ...settings, clients, sessionIdContext }) as LoadedContext).isMade).toBe(
        true,
      );
    listener.close();
  });

  it('are refused at once for a key of another certificate, also that of a name', () => {
    const mixed = { certificatePem: own.certificatePem, keyPem: other.keyPem };
    engine.createContext(testSettings(own));
    expect(() => engine.createContext(testSettings(mixed, { identity: identityOf(mixed, 'mixed') }))).toThrow(
      /certificate: key/,
    );
    const names = [['a.example', [identityOf(mixed, 'mixed-named')]]] as const;
    expect(() => engine.createContext(testSettings(own, { names }))).toThrow(/certificate: key/);
  });

  it('are refused at once for suites that OpenSSL does not know', () => {
    engine.createContext(testSettings(own));
    expect(() => engine.createContext(testSettings(own, { ciphers: 'NONE-SUCH' }))).toThrow(/ciphers/);
  });
});
