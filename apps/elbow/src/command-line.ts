import { Command } from 'commander';
import { CallFailed } from './client/admin-api.ts';
import { explainText } from './client/explain-command.ts';
import { stderrLog } from './log.ts';
import { readSettings } from './read-settings.ts';
import { runRole } from './roles/run-role.ts';
import { roles } from './roles/roles.ts';
import { settingFlags, SettingsRefused } from './settings.ts';
import { serve } from './supervisor/serve.ts';
import { version } from './version.ts';

type Flags = Readonly<Record<string, string | undefined>>;

/** The command `elbow` with everything under it. */
export function commandLine(): Command {
  const program = new Command('elbow')
    .description('An elastic load balancer for your own machines.')
    .version(version);
  withSettings(program.command('serve'))
    .description('run everything on this machine: API, console and data plane')
    .action((_flags, command: Command) => finish('serve', () => serve(readSettings(flagsOf(command)))));
  for (const role of Object.values(roles)) {
    withSettings(program.command(role.name))
      .description(role.description)
      .action((_flags, command: Command) =>
        finish(role.name, () => runRole(role, process.connected ? null : readSettings(flagsOf(command)))),
      );
  }
  withExplain(program);
  program
    .command('version')
    .description('print the version')
    .action(() => console.log(version));
  return program;
}

function withExplain(program: Command): void {
  const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];
  withSettings(program.command('explain'))
    .description('say what would become of a request, and why')
    .argument('<url>', 'http:// or https://, exactly as it would be sent')
    .option('--from <address>', 'the client, by default 127.0.0.1')
    .option('--method <method>', 'by default GET')
    .option('--header <line>', 'a field of the request, may be repeated', collect, [])
    .option('--listener <id>', 'where several listeners have the port of the URL')
    .option('--json', 'print the whole answer')
    .action((url: string, flags: Flags & { header: readonly string[] }, command: Command) =>
      finish('explain', async () => {
        const { from, method, listener: listenerId, json } = flags;
        const { dataDir } = readSettings(flagsOf(command));
        const headers = flags.header;
        const isJson = json !== undefined;
        console.log(await explainText({ dataDir, url, from, method, headers, listenerId, isJson }));
        return 0;
      }),
    );
}

function withSettings(command: Command): Command {
  for (const { name, help } of settingFlags) command.option(`--${name} <value>`, help);
  return command.option('--config <file>', 'JSON file with settings; its keys are the flags with _ for -');
}

/** Commander turns `--data-dir` into `dataDir`; the settings know it as `data-dir`. */
function flagsOf(command: Command): Flags {
  return Object.fromEntries(
    Object.entries(command.opts<Flags>()).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      value,
    ]),
  );
}

/** Runs a command to its exit code. Ends the process by itself only when everything is closed or all hope is gone. */
async function finish(name: string, run: () => Promise<number>): Promise<void> {
  try {
    process.exit(await run());
  } catch (error) {
    if (error instanceof CallFailed) console.error(`elbow ${name}: ${error.message}`);
    else if (error instanceof SettingsRefused)
      for (const problem of error.problems) console.error(`elbow ${name}: ${problem}`);
    else stderrLog(name)('error', 'cannot start', { reason: error });
    process.exit(1);
  }
}
