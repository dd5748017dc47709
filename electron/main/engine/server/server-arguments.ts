// The command line of sd-server for a model.
import type { ModelFileRole } from '../../../../shared/domain/engine-catalogue';
import type { RunnableModel } from './runnable';

const argumentOfRole: Record<ModelFileRole, string> = {
  model: '--model',
  'diffusion-model': '--diffusion-model',
  vae: '--vae',
  'clip-l': '--clip_l',
  'clip-g': '--clip_g',
  t5xxl: '--t5xxl',
  llm: '--llm',
  taesd: '--taesd',
};

/**
 * Returns the arguments of a server for this model alone, on the loopback interface. The model's defaults are those of
 * the server: a request names only what the user has chosen otherwise.
 * https://github.com/leejet/stable-diffusion.cpp/blob/master/examples/server/README.md
 */
export function serverArguments(
  model: Omit<RunnableModel, 'id' | 'label' | 'edits'>,
  port: number,
): string[] {
  const { steps, guidance, sampler, side } = model.defaults;
  return [
    ...['--listen-ip', '127.0.0.1', '--listen-port', String(port)],
    ...model.files.flatMap(({ role, path }) => [argumentOfRole[role], path]),
    ...['--steps', String(steps), '--cfg-scale', String(guidance)],
    ...(sampler === undefined ? [] : ['--sampling-method', sampler]),
    ...['--width', String(side), '--height', String(side)],
    // The server's parser takes the value as an argument of its own.
    ...model.arguments.flatMap((argument) => {
      const [name = argument, ...values] = argument.split('=');
      return values.length === 0 ? [name] : [name, values.join('=')];
    }),
  ];
}

/** Returns the path that the server reports as its model. */
export function mainFileOf({ files }: Pick<RunnableModel, 'files'>): string | null {
  const main =
    files.find(({ role }) => role === 'model') ?? files.find(({ role }) => role === 'diffusion-model');
  return main?.path ?? null;
}
