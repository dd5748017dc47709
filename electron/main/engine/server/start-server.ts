// Starts a server for a model: verifies its files, finds a port, and waits until it answers.
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { failure, type Result, success } from '../../../../shared/domain/errors';
import { freePort, isPortTaken } from './free-port';
import type { Target } from './runnable';
import { mainFileOf, serverArguments } from './server-arguments';
import { type ServerProcess, type StartOptions, startServerProcess } from './server-process';
import { explainEnd, explainFiles, explainStartError } from './start-failures';
import type { VerifyFiles } from './verify-files';
import { waitUntilReady } from './wait-until-ready';

export type StartedServer = ServerProcess & {
  /** Without a path. */
  address: string;
  canCancelGenerating: boolean;
};

/** Never rejects for a reason that the user can meet. A signal that is aborted ends it as `cancelled`. */
export type StartServer = (target: Target, signal: AbortSignal) => Promise<Result<StartedServer>>;

export type StartServerOptions = Omit<StartOptions, 'executable' | 'args' | 'endWithApp'> & {
  verify: VerifyFiles;
  endWithApp: () => Promise<StartOptions['endWithApp']>;
  /** Maximum time until the server answers (ms): a slow disk reads ten gigabytes in some minutes. */
  maxStartMs?: number;
  findPort?: () => Promise<number>;
};

const defaultMaxStartMs = 10 * 60_000;
/** Another program may take the port that was just found. */
const maxPorts = 3;

export function createStartServer(options: StartServerOptions): StartServer {
  const { verify, endWithApp, maxStartMs = defaultMaxStartMs, findPort = freePort, ...rest } = options;

  async function startAt(port: number, { engine, model }: Target, signal: AbortSignal) {
    // Its answer would come before the end of a server that cannot listen.
    if (await isPortTaken(port)) return 'port-taken';
    const ending = await endWithApp();
    if (signal.aborted) return failure('cancelled');
    const server = startServerProcess({
      ...rest,
      endWithApp: ending,
      executable: engine.executable,
      args: serverArguments(model, port),
    });
    const address = `http://127.0.0.1:${port}`;
    const isOver = new AbortController();
    // At once: an app that ends has no later.
    signal.addEventListener('abort', server.kill, { once: true });
    void server.ended.then(() => signal.removeEventListener('abort', server.kill));
    const timeout = AbortSignal.timeout(maxStartMs);
    const waiting = AbortSignal.any([signal, isOver.signal, timeout]);
    const first = await Promise.race([
      server.ended.then((end) => ({ end })),
      waitUntilReady(address, mainFileOf(model), waiting).then((readiness) => ({ readiness })),
    ]);
    isOver.abort();
    if (signal.aborted) {
      server.kill();
      await server.ended;
      return failure('cancelled');
    }
    if ('end' in first) {
      // It says nothing about a port that is taken, and ends as if all were well.
      return (await isPortTaken(port)) ? 'port-taken' : explainEnd(first.end, false);
    }
    const { readiness } = first;
    signal.removeEventListener('abort', server.kill);
    if (readiness?.state === 'ready') {
      return success({ ...server, address, canCancelGenerating: readiness.canCancelGenerating });
    }
    server.kill();
    await server.ended;
    if (readiness?.state === 'foreign') return 'port-taken';
    if (readiness?.state === 'too-old') return failure('engine_too_old');
    return failure('engine_no_answer');
  }

  return async (target, signal) => {
    const verified = await verify(target, signal);
    if (signal.aborted) return failure('cancelled');
    if (!verified.ok) {
      console.error(`A file of the engine is ${verified.reason}: ${verified.path}`);
      return explainFiles(verified, target);
    }
    const mayRun = await access(target.engine.executable, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (!mayRun) return explainStartError('EACCES');
    for (let tried = 0; tried < maxPorts; tried += 1) {
      const started = await startAt(await findPort(), target, signal);
      if (started !== 'port-taken') return started;
    }
    return failure('engine_port_taken');
  };
}
