import { createServer, type RequestListener } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { knownServiceAt } from '../../../shared/domain/found-services';
import { listen } from '../../../tests/servers/listen';
import { findLocalServices, localSigns } from './find-local-services';

/** Answers by path; any other path is not found. */
type Answers = Record<string, unknown>;

const comfyui: Answers = { '/system_stats': { system: { python_version: '3.12' }, devices: [] } };
const sdServer: Answers = {
  '/sdcpp/v1/capabilities': { model: { stem: 'z' }, limits: { max_width: 1 } },
  '/sdapi/v1/sd-models': [{ title: 'z', model_name: 'z' }],
  '/system': { backends: 'none' },
};
const lmStudio: Answers = { '/lmstudio-greeting': { lmstudio: true } };
const localAi: Answers = { '/system': { backends: ['diffusers'], loaded_models: [] } };
const ollama: Answers = { '/': 'Ollama is running' };
const webUi: Answers = { '/sdapi/v1/sd-models': [{ title: 'a [b]', model_name: 'a' }], '/': '<html></html>' };
const drawThings: Answers = { '/': { model: 'flux.ckpt', sampler: 1, steps: 4, width: 1024 } };

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return listen(server);
}

function program(answers: Answers): Promise<number> {
  return serve((request, response) => {
    const answer = answers[request.url ?? ''];
    response.statusCode = answer === undefined ? 404 : 200;
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? { detail: 'Not Found' }));
  });
}

/** Looks for every program at one port, as if it were the usual one of all. */
function findAt(...ports: number[]) {
  return findLocalServices(localSigns.map((sign) => ({ ...sign, ports })));
}

test.each([
  ['ComfyUI', comfyui, ''],
  ['sd-server', sdServer, '/v1'],
  ['LM Studio', lmStudio, '/v1'],
  ['LocalAI', localAi, '/v1'],
  ['Ollama', ollama, '/v1'],
  ['Stable Diffusion web UI', webUi, ''],
  ['Draw Things', drawThings, ''],
])('%s is known by its answer at any port, and is a known service', async (name, answers, base) => {
  const port = await program(answers);
  const found = await findAt(port);
  expect(found).toEqual([{ name, address: `http://127.0.0.1:${port}${base}` }]);
  expect(found[0] && knownServiceAt(found[0])).toMatchObject({ name, address: found[0]?.address });
});

describe('nothing is found', () => {
  test.each<[string, Answers]>([
    [
      'another program with JSON',
      { '/': { hello: 'world' }, '/system': {}, '/system_stats': { system: {} } },
    ],
    ['a page for every path', { '/': '<html>Ollama is running</html>' }],
  ])('at the port of %s', async (_what, answers) => {
    expect(await findAt(await program(answers))).toEqual([]);
  });

  test('where a program never answers, breaks off, or sends without an end', async () => {
    const silent = await serve(() => {});
    const broken = await serve((_request, response) => response.destroy());
    const endless = await serve((_request, response) => {
      const write = () =>
        void (response.write('x'.repeat(100_000)) ? setImmediate(write) : response.once('drain', write));
      write();
    });
    expect(await findAt(silent, broken, endless)).toEqual([]);
  });

  test('where nothing listens, at the usual ports of no computer', async () => {
    expect(await findAt(1)).toEqual([]);
  });
});

test('several are found at once, in the order of the list', async () => {
  const [first, second] = [await program(ollama), await program(comfyui)];
  expect((await findAt(first, second)).map(({ name }) => name)).toEqual(['ComfyUI', 'Ollama']);
});

test('one at its usual address is the known service itself', () => {
  expect(knownServiceAt({ name: 'ComfyUI', address: 'http://127.0.0.1:8188' })?.address).toBeNull();
  expect(knownServiceAt({ name: 'LM Studio', address: 'http://127.0.0.1:1234/v1' })?.address).toBe(
    'http://127.0.0.1:1234/v1',
  );
  expect(knownServiceAt({ name: 'Nothing', address: 'http://127.0.0.1:1' })).toBeUndefined();
});
