// Looks for services on this computer, at their default ports. Only called when the user wants to add one.
import { z } from 'zod';
import type { FoundService } from '../../../shared/domain/found-services';

/** A program on this computer answers within a few milliseconds, unless it is very busy. */
const timeoutMs = 1000;
const maxBytes = 1024 * 1024;

type Sign = {
  /** The name of a known service. */
  name: string;
  ports: readonly number[];
  /** A free request that changes nothing. */
  path: string;
  /** Returns whether the answer can only come from this program, because other programs may use the same port. */
  isIt: (answer: unknown) => boolean;
  /** The path that a service's address has after its origin. */
  base?: string;
};

const fits = (schema: z.ZodType) => (answer: unknown) => schema.safeParse(answer).success;

/** Checked in this order at each port, because some programs also speak another's protocol. */
export const localSigns: readonly Sign[] = [
  {
    // Not shown: the name of a product.
    name: 'ComfyUI',
    // The second is that of the desktop app.
    ports: [8188, 8000],
    // https://docs.comfy.org/development/comfyui-server/comms_routes
    path: '/system_stats',
    isIt: fits(
      z.object({ system: z.looseObject({ python_version: z.string() }), devices: z.array(z.unknown()) }),
    ),
  },
  {
    name: 'sd-server',
    ports: [1234, 8080],
    // https://github.com/leejet/stable-diffusion.cpp/blob/master/examples/server/api.md#sdcpp-api
    path: '/sdcpp/v1/capabilities',
    isIt: fits(z.object({ model: z.looseObject({}), limits: z.looseObject({}) })),
    base: '/v1',
  },
  {
    // Not shown: the name of a product.
    name: 'LM Studio',
    ports: [1234],
    // As its own SDK does: https://github.com/lmstudio-ai/lmstudio-js
    path: '/lmstudio-greeting',
    isIt: fits(z.object({ lmstudio: z.literal(true) })),
    base: '/v1',
  },
  {
    // Not shown: the name of a product.
    name: 'LocalAI',
    ports: [8080],
    // https://localai.io/reference/system-info
    path: '/system',
    isIt: fits(z.object({ backends: z.array(z.unknown()) })),
    base: '/v1',
  },
  {
    // Not shown: the name of a product.
    name: 'Ollama',
    ports: [11_434],
    // https://docs.ollama.com/api/tags; the text of its front page is unique.
    path: '/',
    // Not shown: the name of a product.
    isIt: (answer) => typeof answer === 'string' && answer.trim() === 'Ollama is running',
    base: '/v1',
  },
  {
    // Not shown: the name of a product.
    name: 'Stable Diffusion web UI',
    ports: [7860, 7861],
    // https://github.com/AUTOMATIC1111/stable-diffusion-webui/wiki/API
    path: '/sdapi/v1/sd-models',
    isIt: fits(z.array(z.looseObject({ title: z.string(), model_name: z.string() }))),
  },
  {
    // Not shown: the name of a product.
    name: 'Draw Things',
    ports: [7859, 7860],
    // It serves its settings and the web UI's paths for pictures, but nothing else of it.
    path: '/',
    isIt: fits(
      z.looseObject({ model: z.string(), sampler: z.union([z.string(), z.number()]), steps: z.number() }),
    ),
  },
];

/**
 * Sends each program's identifying request to its default ports on 127.0.0.1, and nothing else. Ports are asked in
 * parallel, so this ends within a few seconds. Never rejects.
 */
export async function findLocalServices(signs: readonly Sign[] = localSigns): Promise<FoundService[]> {
  const ports = [...new Set(signs.flatMap((sign) => sign.ports))];
  const found = await Promise.all(ports.map((port) => identify(port, signs)));
  const order = signs.map(({ name }) => name);
  return found
    .flatMap((service) => service ?? [])
    .toSorted((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
}

async function identify(port: number, signs: readonly Sign[]): Promise<FoundService | null> {
  const origin = `http://127.0.0.1:${port}`;
  for (const { name, ports, path, isIt, base = '' } of signs) {
    if (!ports.includes(port)) continue;
    const answer = await ask(`${origin}${path}`);
    // If nothing listens at the port, skip the other requests.
    if (answer === 'nobody') return null;
    if (answer !== 'unusable' && isIt(answer.value)) return { name, address: `${origin}${base}` };
  }
  return null;
}

type Answered = { value: unknown } | 'nobody' | 'unusable';

/** Returns the JSON of a short answer, or its text. */
async function ask(url: string): Promise<Answered> {
  // Loaded here, because it takes 10 ms that a start does not need.
  const { get } = await import('node:http');
  return new Promise((resolve) => {
    const request = get(url, { agent: false, signal: AbortSignal.timeout(timeoutMs) }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > maxBytes) request.destroy();
      });
      response.on('error', () => resolve('unusable'));
      response.on('close', () => resolve('unusable'));
      response.on('end', () =>
        resolve(response.statusCode === 200 ? { value: read(Buffer.concat(chunks)) } : 'unusable'),
      );
    });
    request.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ECONNREFUSED' ? 'nobody' : 'unusable'),
    );
  });
}

function read(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
