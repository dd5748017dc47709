// The protocol of ComfyUI, which uses jobs and reports their progress over a WebSocket.
import { z } from 'zod';
import { json } from '../loopback';
import { many, read } from './schemas';
import { Refusal, type WireProtocol } from './wire-server';

const graphBody = z.strictObject({
  prompt: z.record(
    z.string(),
    z.strictObject({ class_type: z.string(), inputs: z.record(z.string(), z.unknown()), _meta: z.unknown() }),
  ),
  client_id: z.string().min(1),
});
const latent = z.object({ width: z.int().multipleOf(8), height: z.int().multipleOf(8) });
const nodes = [
  'KSampler',
  'CheckpointLoaderSimple',
  'EmptyLatentImage',
  'LoadImage',
  'VAEEncode',
  'LoadImageMask',
  'SetLatentNoiseMask',
  'CLIPTextEncode',
  'VAEDecode',
  'SaveImage',
];
const comfyCheckpoint = 'модель + “a&b” 画.safetensors';

/** An existing name gets a number, as in ComfyUI's server.py. */
function uploadName(index: number): string {
  return index === 0 ? 'afterimage.png' : `afterimage (${index}).png`;
}

/** Returns the reports of a run to the client that started it, including messages that a client must ignore. */
function comfyReports(picture: Uint8Array): (string | Uint8Array)[] {
  const report = (type: string, data: object) => JSON.stringify({ type, data });
  const progress = (value: number, prompt_id: string) =>
    report('progress', { value, max: 4, prompt_id, node: '3' });
  const image = (kind: number, ...rest: Uint8Array[]) => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(kind);
    return Buffer.concat([head, ...rest]);
  };
  const png = Buffer.from([0, 0, 0, 2]);
  const metadata = Buffer.from('{"node_id":"3"}');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(metadata.length);
  return [
    report('status', { status: { exec_info: { queue_remaining: 1 } } }),
    image(1, png, Buffer.from('of no known run')),
    report('execution_start', { prompt_id: 'job-1' }),
    progress(1, 'job-1'),
    image(1, png, picture),
    image(4, length, metadata, picture),
    image(3, Buffer.from('a text')),
    'not JSON',
    progress(4, 'job-1'),
  ];
}

/** https://docs.comfy.org/development/comfyui-server/comms_routes */
export const comfyuiProtocol: WireProtocol = {
  base: '',
  auth: null,
  socketPath: '/ws',
  makes: ({ path }) => path === '/prompt',
  answer({ method, path, query, body, form, files }, state) {
    if (method === 'GET' && path === '/object_info/CheckpointLoaderSimple')
      return json(200, {
        CheckpointLoaderSimple: { input: { required: { ckpt_name: [[comfyCheckpoint], {}] } } },
      });
    // The form of newer versions. An unknown class has an empty answer.
    if (method === 'GET' && path === '/object_info/CLIPLoader')
      return json(200, {
        CLIPLoader: {
          input: {
            required: {
              clip_name: ['COMBO', { options: ['qwen_3_4b.safetensors'] }],
              type: ['STRING', { default: 'lumina2' }],
            },
          },
        },
      });
    if (method === 'GET' && path === '/object_info/Gone') return json(200, {});
    if (method === 'GET' && path === '/history/job-1') {
      const images = many(state, () => ({ filename: 'a b.png', subfolder: '', type: 'output' }));
      return json(
        200,
        state.hold
          ? {}
          : {
              'job-1': {
                status: { status_str: 'success', completed: true, messages: [] },
                outputs: { '9': { images } },
              },
            },
      );
    }
    if (
      method === 'GET' &&
      path === '/view' &&
      query.get('filename') === 'a b.png' &&
      query.get('type') === 'output'
    )
      return { status: 200, contentType: 'image/png', bytes: state.picture };
    const [file] = files;
    if (method === 'POST' && path === '/upload/image' && form && file?.field === 'image') {
      state.uploads.push(file.bytes);
      return json(200, { name: uploadName(state.uploads.length - 1), subfolder: '', type: 'input' });
    }
    if (method === 'POST' && (path === '/queue' || path === '/interrupt')) {
      const ids =
        path === '/queue' ? { delete: z.tuple([z.literal('job-1')]) } : { prompt_id: z.literal('job-1') };
      read(z.strictObject(ids), body);
      state.stopped();
      return { status: 200, contentType: 'text/plain', bytes: new Uint8Array() };
    }
    if (method !== 'POST' || path !== '/prompt') return null;
    const { prompt: graph, client_id: client } = read(graphBody, body);
    for (const { class_type: type, inputs } of Object.values(graph)) {
      if (!nodes.includes(type)) throw new Refusal(400, `Node ${type} not found.`);
      if (type === 'CheckpointLoaderSimple' && inputs['ckpt_name'] !== comfyCheckpoint)
        throw new Refusal(400, 'Value not in list: ckpt_name');
      const isLoader = type === 'LoadImage' || type === 'LoadImageMask';
      if (isLoader && !state.uploads.some((_bytes, index) => uploadName(index) === inputs['image']))
        throw new Refusal(400, 'Invalid image file.');
      if (type === 'LoadImageMask' && !['alpha', 'red', 'green', 'blue'].includes(String(inputs['channel'])))
        throw new Refusal(400, 'Value not in list: channel');
      for (const link of Object.values(inputs))
        if (Array.isArray(link) && graph[String(link[0])] === undefined)
          throw new Refusal(400, 'A link leads nowhere.');
    }
    state.report(client, comfyReports(state.picture));
    return json(200, { prompt_id: 'job-1', number: 1, node_errors: {} });
  },
  error: (_status, message) => ({ error: { type: 'invalid_prompt', message, details: '' }, node_errors: {} }),
  unknownModel: () => ({ status: 404, body: {} }),
  shape: ({ body }) => {
    const size = latent.safeParse(graphBody.parse(body).prompt['5']?.inputs).data;
    return size ? `${size.width}×${size.height}` : 'the input’s';
  },
};
