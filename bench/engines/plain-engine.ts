import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CertificateKind, certificateKinds } from '../certificates.ts';
import { runCommand, waitUntilUp } from '../child-processes.ts';
import { freePorts, isListening } from '../ports.ts';
import type { Bench, Engine, EngineName } from './engine.ts';

/** An engine that reads one configuration file and keeps it for the whole run. */
export interface PlainEngine {
  readonly name: EngineName;
  readonly configName: string;
  readonly config: (bench: Bench, home: string, ports: Readonly<Record<CertificateKind, number>>) => string;
  readonly args: (configPath: string, home: string) => readonly string[];
  readonly env: (home: string) => Readonly<Record<string, string>>;
  readonly versionArgs: readonly string[];
}

export async function startPlainEngine(engine: PlainEngine, bench: Bench): Promise<Engine> {
  const { name, configName, config, args, env, versionArgs } = engine;
  const home = join(bench.dir, name);
  const configPath = join(home, configName);
  const free = await freePorts(certificateKinds.length);
  const pairs = certificateKinds.map((kind, index) => [kind, free[index]!] as const);
  const ports = Object.fromEntries(pairs) as Record<CertificateKind, number>;
  await mkdir(home, { recursive: true });
  await writeFile(configPath, config(bench, home, ports));
  const program = bench.children.start({
    name,
    command: name,
    args: args(configPath, home),
    cpu: bench.engineCpu,
    env: env(home),
  });
  await waitUntilUp(program, async () =>
    (await Promise.all(free.map((port) => isListening(port)))).every(Boolean),
  );
  return {
    name,
    version: /\d+\.\d+\.\d+/.exec(await runCommand(name, versionArgs))?.[0] ?? 'unknown',
    rootPid: program.pid,
    logPath: program.logPath,
    dataPlanePid: undefined,
    prepare: async ({ certificate }) => ({ status: 'ready', host: '127.0.0.1', port: ports[certificate] }),
  };
}
