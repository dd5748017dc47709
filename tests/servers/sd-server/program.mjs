// A strict sd-server for tests: a separate program that takes the real one's arguments and implements its
// documented API. https://github.com/leejet/stable-diffusion.cpp/blob/master/examples/server/api.md
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { picture } from './picture.mjs';

/**
 * The behaviour that a test requests. The file in SD_SERVER_OPTIONS is read again at each step, so that a test can change
 * it.
 *
 * @typedef {{
 *   version?: string,
 *   startMs?: number,
 *   start?: 'hang' | 'no-library' | 'no-memory' | 'old-api',
 *   exitAtStart?: number,
 *   signalAtStart?: string,
 *   jobMs?: number,
 *   hold?: boolean,
 *   fail?: string,
 *   crashWhileGenerating?: 'exit' | 'abort' | 'no-memory',
 *   canCancel?: boolean,
 * }} Options
 */

/** @returns {Options} */
function options() {
  const file = process.env['SD_SERVER_OPTIONS'];
  return file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** Appends an event as one line of JSON to the file in SD_SERVER_LOG. */
function record(event, facts = {}) {
  const file = process.env['SD_SERVER_LOG'];
  if (file) appendFileSync(file, `${JSON.stringify({ event, pid: process.pid, ...facts })}\n`);
}

const say = (level, message) => console.log(`[${level.padEnd(5)}] stable-diffusion.cpp:1234 - ${message}`);

const valueNames = [
  ...[
    '--listen-ip',
    '--listen-port',
    '--model',
    '--diffusion-model',
    '--vae',
    '--clip_l',
    '--clip_g',
    '--t5xxl',
  ],
  ...['--llm', '--taesd', '--steps', '--cfg-scale', '--sampling-method', '--width', '--height', '--threads'],
];
const flagNames = ['--diffusion-fa', '--offload-to-cpu', '--vae-tiling', '--mmap', '--fa'];
const fileNames = [
  '--model',
  '--diffusion-model',
  '--vae',
  '--clip_l',
  '--clip_g',
  '--t5xxl',
  '--llm',
  '--taesd',
];

/** @param {readonly string[]} args */
function readArguments(args) {
  const values = new Map();
  for (let index = 0; index < args.length; index += 1) {
    const name = args[index];
    if (flagNames.includes(name)) values.set(name, true);
    else if (valueNames.includes(name) && args[index + 1] !== undefined) {
      index += 1;
      values.set(name, args[index]);
    } else usageError(`unknown argument: ${name}`);
  }
  return values;
}

function usageError(message) {
  console.error(`error: ${message}`);
  process.exit(1);
}

/**
 * Returns the hashes of the program and of each file in its arguments, so that a test can verify which files were
 * used.
 */
function hashesOfFiles() {
  const files = [process.env['SD_SERVER_SELF'], ...fileNames.map((name) => args.get(name))];
  return files
    .filter((file) => file && existsSync(file))
    .map((file) => createHash('sha256').update(readFileSync(file)).digest('hex'));
}

const given = process.argv.slice(2);
if (given[0] === '--version') {
  console.log(`stable-diffusion.cpp version ${options().version ?? 'master-test'}, commit 0000000`);
  process.exit(0);
}
if (given.includes('--help')) {
  console.log(
    'Usage: sd-server [options]\n\nSvr Options:\n  -l, --listen-ip <string>\n  --listen-port <int>',
  );
  process.exit(0);
}
const args = readArguments(given);
record('start', { args: given, sha256: hashesOfFiles() });
const { signalAtStart } = options();
if (signalAtStart) {
  process.kill(process.pid, signalAtStart);
  await wait(60_000);
}
if (options().exitAtStart !== undefined) process.exit(options().exitAtStart);
if (options().start === 'no-library') {
  console.error(
    `${process.argv[1]}: error while loading shared libraries: libvulkan.so.1: cannot open shared object file: No such file or directory`,
  );
  process.exit(127);
}
const model = args.get('--model') ?? args.get('--diffusion-model');
if (!model) usageError('the following arguments are required: model_path/diffusion_model');
for (const name of fileNames) {
  const file = args.get(name);
  if (file && !existsSync(file)) {
    console.error(`[ERROR] model.cpp:100  - failed to open '${file}'`);
    console.error('[ERROR] main.cpp:400  - new_sd_ctx_t failed');
    process.exit(1);
  }
}
say('INFO', `loading model from '${model}'`);
if (options().start === 'no-memory') {
  console.error('ggml_backend_cpu_buffer_type_alloc_buffer: failed to allocate buffer of size 8589934592');
  console.error('[ERROR] main.cpp:400  - new_sd_ctx_t failed');
  process.exit(1);
}
while (options().start === 'hang') await wait(20);
await wait(options().startMs ?? 0);
say('INFO', 'total params memory size = 7014.25MB (VRAM 0.00MB, RAM 7014.25MB)');

/** @type {Map<string, { id: string, status: string, request: unknown, started: number | null, result: unknown, error: unknown }>} */
const jobs = new Map();
/** @type {string[]} */
const queue = [];
const maxQueued = 8;
let lastJob = 0;

function describe(job) {
  return {
    ...{ id: job.id, kind: 'img_gen', status: job.status, created: 1, started: job.started, completed: null },
    ...{ queue_position: Math.max(0, queue.indexOf(job.id) + 1), result: job.result, error: job.error },
  };
}

let isWorking = false;
async function work() {
  if (isWorking) return;
  isWorking = true;
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) await generate(jobs.get(id));
  isWorking = false;
}

async function generate(job) {
  job.status = 'generating';
  job.started = 2;
  const steps = job.request.sample_params?.sample_steps ?? Number(args.get('--steps') ?? 20);
  record('generate', { prompt: job.request.prompt, steps });
  // The real server also logs prompts.
  say('DEBUG', `prompt: ${job.request.prompt}`);
  say('INFO', `generating image: 1/1 - seed ${job.request.seed}`);
  const { jobMs = 0 } = options();
  for (let step = 1; step <= steps || options().hold; step += 1) {
    await wait(jobMs / steps);
    if (options().hold) await wait(20);
    if (job.status !== 'generating') return;
    endAsTold();
    const done = Math.min(step, steps);
    process.stdout.write(`\r  |${'='.repeat(10)}>| ${done}/${steps} - 1.25s/it\u001b[K`);
  }
  process.stdout.write('\n');
  const { fail } = options();
  if (fail) {
    job.status = 'failed';
    job.error = { code: 'generation_failed', message: fail };
    return;
  }
  job.status = 'completed';
  const b64 = picture(job.request).toString('base64');
  job.result = { output_format: 'png', images: [{ index: 0, b64_json: b64 }] };
  record('completed', { prompt: job.request.prompt });
}

function endAsTold() {
  switch (options().crashWhileGenerating) {
    case 'exit':
      process.exit(3);
      break;
    case 'abort':
      process.abort();
      break;
    case 'no-memory':
      console.error(
        'ggml_vulkan: Device memory allocation of size 4294967296 failed. ErrorOutOfDeviceMemory',
      );
      process.exit(1);
      break;
  }
}

const requestFields = {
  prompt: (value) => typeof value === 'string' && value.length > 0,
  negative_prompt: (value) => typeof value === 'string',
  width: isEdge,
  height: isEdge,
  seed: (value) => Number.isInteger(value) && value >= -1 && value < 2 ** 31,
  batch_count: (value) => value === 1,
  strength: (value) => value >= 0 && value <= 1,
  output_format: (value) => ['png', 'jpeg', 'webp'].includes(value),
  init_image: isImage,
  mask_image: isImage,
  ref_images: (value) => Array.isArray(value) && value.every(isImage),
  sample_params: isSampling,
};
const samplingFields = {
  scheduler: (value) => ['discrete', 'karras', 'simple'].includes(value),
  sample_method: (value) => ['euler', 'euler_a', 'heun', 'dpm2', 'lcm'].includes(value),
  sample_steps: (value) => Number.isInteger(value) && value > 0,
  guidance: (value) =>
    isRecord(value) &&
    fits(value, { txt_cfg: Number.isFinite, img_cfg: Number.isFinite, distilled_guidance: Number.isFinite }),
};
function isEdge(value) {
  return Number.isInteger(value) && value >= 64 && value <= 4096;
}
function isImage(value) {
  return typeof value === 'string' && value.length > 0;
}
function isSampling(value) {
  return isRecord(value) && fits(value, samplingFields);
}
function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function fits(value, fields) {
  return Object.entries(value).every(([name, field]) => Object.hasOwn(fields, name) && fields[name](field));
}

const features = () => ({ cancel_queued: true, cancel_generating: options().canCancel === true });

function capabilities() {
  const side = { width: Number(args.get('--width') ?? 512), height: Number(args.get('--height') ?? 512) };
  return {
    model: { name: path.basename(model), stem: path.parse(model).name, path: model },
    current_mode: 'img_gen',
    supported_modes: ['img_gen'],
    defaults: side,
    defaults_by_mode: { img_gen: side },
    features: features(),
    features_by_mode: { img_gen: features() },
    limits: {
      min_width: 64,
      max_width: 4096,
      min_height: 64,
      max_height: 4096,
      max_batch_count: 8,
      max_queue_size: maxQueued,
    },
    samplers: ['euler', 'euler_a', 'heun', 'dpm2', 'lcm'],
    schedulers: ['discrete', 'karras', 'simple'],
  };
}

/** @returns {[number, object]} status and body */
function answer(method, url, body) {
  if (options().start === 'old-api') return [404, {}];
  if (method === 'GET' && url === '/sdcpp/v1/capabilities') return [200, capabilities()];
  if (method === 'POST' && url === '/sdcpp/v1/img_gen') return submit(body);
  const [, id, cancel] = /^\/sdcpp\/v1\/jobs\/([\w-]+)(\/cancel)?$/.exec(url) ?? [];
  if (id === undefined || method !== (cancel ? 'POST' : 'GET')) return [404, { error: 'not found' }];
  const job = jobs.get(id);
  if (!job) return [404, { error: 'job not found' }];
  if (!cancel) return [200, describe(job)];
  record('cancel', { status: job.status });
  if (job.status === 'generating' && !options().canCancel)
    return [409, { error: 'job is currently generating and cannot be interrupted yet' }];
  if (job.status === 'queued' || job.status === 'generating') {
    job.status = 'cancelled';
    job.error = { code: 'cancelled', message: 'job cancelled by client' };
    queue.splice(0, queue.length, ...queue.filter((queued) => queued !== id));
  }
  return [200, describe(job)];
}

function submit(text) {
  if (text === '') return [400, { error: 'empty body' }];
  let request;
  try {
    request = JSON.parse(text);
  } catch {
    return [400, { error: 'invalid json' }];
  }
  const isValid = isRecord(request) && fits(request, requestFields) && request.prompt !== undefined;
  if (!isValid) {
    record('refused', { request: text.slice(0, 500) });
    return [400, { error: 'invalid generation parameters' }];
  }
  if (queue.length >= maxQueued) return [429, { error: 'job queue is full' }];
  lastJob += 1;
  const id = `job_${process.pid}_${lastJob}`;
  const { width, height } = capabilities().defaults;
  jobs.set(id, {
    ...{ id, status: 'queued', started: null, result: null, error: null },
    request: { width, height, seed: 42, ...request },
  });
  queue.push(id);
  setImmediate(work);
  return [202, { id, kind: 'img_gen', status: 'queued', created: 1, poll_url: `/sdcpp/v1/jobs/${id}` }];
}

const server = createServer((message, response) => {
  const chunks = [];
  message.on('data', (data) => chunks.push(data));
  message.on('end', () => {
    const [status, body] = answer(message.method, message.url, Buffer.concat(chunks).toString('utf8'));
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  });
});
// The real server ends without an error if its port is taken.
server.on('error', () => process.exit(0));
server.listen(Number(args.get('--listen-port') ?? 1234), args.get('--listen-ip') ?? '127.0.0.1', () => {
  say('INFO', `listening on: ${args.get('--listen-ip')}:${args.get('--listen-port')}`);
  record('listening', { port: Number(args.get('--listen-port')) });
});
