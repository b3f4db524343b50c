import { cpus, loadavg, release, totalmem, type, version } from 'node:os';
import { readFile } from 'node:fs/promises';
import { runCommand } from './child-processes.ts';

/** What somebody needs to know to compare two result files. */
export interface Machine {
  readonly cpuModel: string;
  readonly cpuCount: number;
  readonly memoryGib: number;
  readonly kernel: string;
  readonly distribution: string;
  readonly node: string;
  readonly openssl: string;
  readonly h2load: string;
  readonly commit: string;
  /** Load average of the last minute before the run: what else the machine was doing. */
  readonly loadBefore: number;
}

export async function describeMachine(root: string): Promise<Machine> {
  return {
    cpuModel: cpus()[0]?.model ?? 'unknown',
    cpuCount: cpus().length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    kernel: `${type()} ${release()} (${version()})`,
    distribution:
      /^PRETTY_NAME="?([^"\n]+)/m.exec(await readFile('/etc/os-release', 'utf8'))?.[1] ?? 'unknown',
    node: process.versions.node,
    openssl: process.versions.openssl,
    h2load: (await runCommand('h2load', ['--version'])).trim(),
    commit: await currentCommit(root),
    loadBefore: Number((loadavg()[0] ?? 0).toFixed(2)),
  };
}

/** Short commit, with `-dirty` when the tree differs from it; `uncommitted` where there is no commit. */
async function currentCommit(root: string): Promise<string> {
  try {
    const commit = (await runCommand('git', ['-C', root, 'rev-parse', '--short', 'HEAD'])).trim();
    const changes = (
      await runCommand('git', ['-C', root, 'status', '--porcelain', '--', '.', ':!bench/results'])
    ).trim();
    return changes === '' ? commit : `${commit}-dirty`;
  } catch {
    return 'uncommitted';
  }
}
