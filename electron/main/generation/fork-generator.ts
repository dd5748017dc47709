// Starts the generator and its codec as Electron utility processes.
import { availableParallelism } from 'node:os';
import { app, MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import { captureOutput } from '../logging/app-log';
import { processorMsOf } from '../logging/processor-time';
import { type CodecChild, createCodecProcess } from './codec-process';
import type { GeneratorChild } from './generator-process';

export type GeneratorModules = {
  /** Paths of the bundles. */
  generator: string;
  codec: string;
};

/**
 * @param env the environment of both processes, without keys.
 * @param onExit called once with the reason. Exit codes of utility processes can be wrong
 *   (https://github.com/electron/electron/issues/42283), so Chromium's reason is preferred.
 */
export function forkGenerator(
  modules: GeneratorModules,
  env: Record<string, string>,
  onMessage: (message: unknown) => void,
  onExit: (reason: string) => void,
): GeneratorChild {
  // Not shown: the name of a process in the system’s list.
  const serviceName = 'Afterimage generator';
  const child = utilityProcess.fork(modules.generator, [], { serviceName, env, stdio: 'pipe' });
  captureOutput(child, 'generator');
  const codec = createCodecProcess<MessagePortMain>({
    fork: (onCodecExit) => forkCodec(modules.codec, env, onCodecExit),
    createChannel() {
      const { port1: codecPort, port2: generatorPort } = new MessageChannelMain();
      return { codecPort, generatorPort };
    },
    notify: (notice, port) => child.postMessage(notice, port ? [port] : []),
  });
  let hasEnded = false;
  const end = (reason: string) => {
    if (hasEnded) return;
    hasEnded = true;
    app.off('child-process-gone', onGone);
    codec.close();
    onExit(reason);
  };
  const onGone = (_event: unknown, details: Electron.Details) => {
    if (details.type === 'Utility' && details.name === serviceName) end(details.reason);
  };
  app.on('child-process-gone', onGone);
  child.on('message', (message) => {
    if (!codec.receive(message)) onMessage(message);
  });
  // Not shown: only in the log.
  child.on('exit', (code) => end(`exit code ${code}`));
  return {
    post: (message) => child.postMessage(message),
    kill() {
      kill(child);
      codec.close();
    },
    processorMs: () => processorMsOf(child.pid),
  };
}

function forkCodec(
  modulePath: string,
  env: Record<string, string>,
  onExit: () => void,
): CodecChild<MessagePortMain> {
  const child = utilityProcess.fork(modulePath, [], {
    // Not shown: the name of a process in the system’s list.
    serviceName: 'Afterimage codec',
    // The codec encodes on the threads of this pool, which has four by default: https://docs.libuv.org/en/v1.x/threadpool.html
    env: { ...env, UV_THREADPOOL_SIZE: String(Math.max(4, availableParallelism())) },
    stdio: 'pipe',
  });
  captureOutput(child, 'codec');
  child.on('exit', (code) => {
    console.info(`The codec ended (exit code ${code}).`);
    onExit();
  });
  return {
    connect: (port) => child.postMessage(null, [port]),
    kill: () => kill(child),
    processorMs: () => processorMsOf(child.pid),
  };
}

/** `kill()` of the child sends SIGTERM, which a process that hangs may ignore. */
function kill({ pid }: UtilityProcess): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  } catch {
    // The process has already exited.
  }
}
