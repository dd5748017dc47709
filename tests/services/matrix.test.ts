// Asks every service in every situation, and compares the outcomes with docs/services.md (npx vitest run tests/services -u updates it).

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localCodec } from '../../electron/generator/codec/local-codec';
import { makeWithPart, prepareWith } from '../../electron/generator/pipeline/change-part';
import type { PictureContext } from '../../electron/generator/services/service';
import { halfMask } from '../../electron/main/test-support/test-masks';
import { maskFile } from '../../shared/domain/edits';
import { nearestRatio } from '../../shared/domain/model-lookup';
import type { PictureParams } from '../../shared/domain/models';
import { maxReferencesOf, partSupportOf } from '../../shared/domain/part-support';
import { useServiceDirectory } from '../../shared/domain/service-directory';
import { serviceKindIds, serviceKinds } from '../../shared/domain/service-kinds';
import { type PictureJob, unconfigured } from '../../shared/generator/jobs';
import { sayInEnglish } from '../../shared/languages/sentence';
import { json } from '../servers/loopback';
import { page, smallPicture, startWireServer, type WireFailure, wireKey } from '../servers/wire/wire-server';
import { describeList, readList } from './read-list';
import { type Subject, subjects } from './subjects';

const pictureId = '01234567-89ab-7def-8123-456789abcdef';

/** Short, except where a test waits for another end: a slow computer must not make it a timeout. */
const quick = { timeoutMs: 60_000, retryDelayMs: () => 1, pollMs: 5 };
const shortMs = 2000;
const longestMs = 120_000;

/** Only a server of the user's own is known to be on this computer: elsewhere the table of prices applies. */
useServiceDirectory(
  subjects.map(({ kind }) => ({
    ...{ id: kind, kind, name: serviceKinds[kind].label },
    address: kind === 'openai-compatible' ? 'http://127.0.0.1:8000/v1' : null,
  })),
);

const edits = mkdtempSync(path.join(tmpdir(), 'afterimage-masks-'));
const part = { dataFolder: edits, codec: localCodec };
const picture = createCanvas(640, 480).toBuffer('image/png');

beforeAll(() => {
  mkdirSync(path.join(edits, 'masks'));
  writeFileSync(path.join(edits, 'a.png'), picture);
  writeFileSync(path.join(edits, maskFile(pictureId)), halfMask(640, 480));
});

afterAll(() => rmSync(edits, { recursive: true, force: true }));

type Played = Awaited<ReturnType<typeof play>>;
type Situation = {
  name: string;
  params?: Partial<PictureParams>;
  reference?: true;
  /** Whether half of the reference picture is to change. */
  mask?: true;
  failure?: (subject: Subject) => WireFailure;
  byUrl?: true;
  /** How many pictures are requested at once, each by a request of its own. */
  requests?: number;
  /** How many pictures an answer has. */
  pictures?: number;
  /** Whether a model is requested that the service does not have. */
  missing?: true;
  /** Whether the service never finishes. */
  hold?: true;
  end?: 'cancel' | 'time-out';
  expect: (played: Played, subject: Subject) => void;
};

const failing = (status: number, headers: Record<string, string> = {}) => ({
  failure: ({ protocol }: Subject): WireFailure => ({
    kind: 'body',
    body: json(status, protocol.error(status, 'Something about this request.'), headers),
  }),
});
const isMade = ({ outcomes, picture }: Played) => {
  for (const outcome of outcomes) expect(outcome.ok && Buffer.from(outcome.bytes).equals(picture)).toBe(true);
};
const isWhole = (played: Played, { single }: Subject) => {
  isMade(played);
  const { outcome, picture } = played;
  const further = (outcome.ok && outcome.further) || [];
  expect(further).toHaveLength(single ? 0 : 2);
  for (const { bytes } of further) expect(Buffer.from(bytes).equals(picture)).toBe(true);
  expect(outcome).not.toHaveProperty('lost');
  expect(played.makes).toBe(1);
};
/** Whether its pictures cost nothing, so that a request that is broken off has no cost either. */
const isFree = (kind: Subject['kind']) => serviceKinds[kind].local || kind === 'openai-compatible';
const isFailure =
  (code: string, requests = 1) =>
  (played: Played) => {
    expect(played.outcome).toMatchObject({ ok: false, code, costMicroUsd: null });
    expect(played.makes).toBe(requests);
  };
const isPaid =
  (code: string) =>
  (played: Played, { kind }: Subject) => {
    const cost = isFree(kind) ? null : expect.any(Number);
    expect(played.outcome).toMatchObject({ ok: false, code, costMicroUsd: cost });
  };

const situations: readonly Situation[] = [
  { name: 'one', expect: isMade },
  {
    name: 'four',
    requests: 4,
    expect: (played) => {
      isMade(played);
      expect(played.makes).toBe(4);
    },
  },
  { name: 'wide', params: { aspectRatio: '21:9' }, expect: isMade },
  { name: '4K', params: { aspectRatio: '16:9', resolution: '4K' }, expect: isMade },
  {
    name: 'reference',
    reference: true,
    expect: (played, { kind }) => {
      if (maxReferencesOf(kind, played.model) === 0) isFailure('no_references', 0)(played);
      else isMade(played);
    },
  },
  {
    name: 'mask',
    reference: true,
    mask: true,
    expect: (played, subject) => {
      const { kind, model, editModel } = subject;
      if (partSupportOf(kind, editModel ?? model) === 'none') isFailure('no_references', 0)(played);
      else expect(played).toMatchObject({ outcome: { ok: true }, makes: 1 });
    },
  },
  { name: 'URL', byUrl: true, expect: isMade },
  { name: 'several', pictures: 3, expect: isWhole },
  { name: 'several URLs', pictures: 3, byUrl: true, expect: isWhole },
  {
    name: 'cancel',
    hold: true,
    end: 'cancel',
    expect: (played, subject) => {
      if (isFree(subject.kind)) isFailure('cancelled')(played);
      else isPaid('cancelled_late')(played, subject);
      expect(played.stops > 0).toBe(subject.stops);
    },
  },
  { name: '400', ...failing(400), expect: isFailure('request_rejected') },
  {
    name: '401',
    ...failing(401),
    expect: (played, { kind, protocol }) => {
      if (kind === 'automatic1111') isFailure('not_permitted')(played);
      else isFailure(protocol.auth ? 'key_rejected' : 'key_missing')(played);
    },
  },
  {
    name: 'no such model',
    missing: true,
    failure: ({ protocol, model }) => {
      const { status, body } = protocol.unknownModel(model);
      return { kind: 'body', body: json(status, body) };
    },
    expect: ({ outcome, makes }, { looksUp }) => {
      expect(outcome).toMatchObject({ ok: false, costMicroUsd: null });
      expect(makes).toBe(looksUp ? 0 : 1);
    },
  },
  {
    name: '429',
    ...failing(429, { 'Retry-After': '7' }),
    expect: (played) => {
      isFailure('rate_limited')(played);
      expect(played.outcome).toMatchObject({ retryAfterMs: 7000 });
    },
  },
  { name: '500', ...failing(500), expect: isFailure('provider_unavailable') },
  // Nothing was made, so the request is sent again.
  {
    name: '503',
    ...failing(503),
    expect: (played) => {
      isMade(played);
      expect(played.makes).toBe(2);
    },
  },
  {
    name: 'page',
    failure: () => ({ kind: 'body', body: page() }),
    expect: (played) => {
      expect(played.outcome).toMatchObject({ ok: false, code: 'bad_answer' });
      expect(played.makes).toBe(1);
    },
  },
  {
    name: 'reset',
    failure: () => ({ kind: 'mishap', mishap: { kind: 'reset', when: 'midway' } }),
    expect: (played, subject) => {
      // A free request is simply repeated.
      const repeats = ['comfyui', 'sd-server', 'automatic1111'];
      if (repeats.includes(subject.kind)) return isMade(played);
      isPaid('connection_lost')(played, subject);
      expect(played.makes).toBe(1);
    },
  },
  { name: 'time-out', hold: true, end: 'time-out', expect: isPaid('timed_out') },
];

/** Their sizes depend on the engine or the model, and no list says which they are. */
const anySize = new Set(['openai-compatible', 'deepinfra']);
const cells = new Map<string, string>();
const sentences = new Map<string, Set<string>>();

it('every kind of service that is asked over the network is here', () => {
  const asked = serviceKindIds.filter((kind) => kind !== 'painter');
  expect(
    subjects.map(({ kind }) => kind).toSorted(),
    'each kind has a line in tests/services/subjects.ts, with its server',
  ).toEqual(asked.toSorted());
});

describe.concurrent.each(subjects)('$kind', (subject) => {
  it.each(situations)('$name', async (situation) => {
    const played = await playInTime(subject, situation);
    // A size that no list of the service names may be refused once; the next one is then its common size.
    const mayBeRefused = situation.name === '4K' && anySize.has(subject.kind);
    if (!mayBeRefused) expect(played.refusals).toEqual([]);
    situation.expect(played, subject);
    record(subject, situation, played);
  });

  it('list', async () => {
    const list = await readList(subject);
    if (!list) return;
    const { model, looksUp } = subject;
    if (!looksUp && subject.kind !== 'sd-server') expect(list.models.map(({ id }) => id)).toContain(model);
    const times = list.requests === 1 ? '' : ` ×${list.requests}`;
    cells.set(`${subject.kind} list`, `${describeList(list.models)}${times}`);
  });
});

it('docs/services.md says the same; npx vitest run tests/services -u writes it', async () => {
  await expect(render()).toMatchFileSnapshot('../../docs/services.md');
});

afterAll(() => cells.clear());

/** Takes longer each time that the time was over before the request had arrived, as on a busy computer. */
async function playInTime(subject: Subject, situation: Situation): Promise<Played> {
  for (let timeoutMs = shortMs; ; timeoutMs *= 4) {
    const played = await play(subject, situation, timeoutMs);
    if (situation.end !== 'time-out' || played.makes > 0 || timeoutMs > longestMs) return played;
  }
}

async function play(subject: Subject, situation: Situation, timeoutMs: number) {
  const { kind, protocol, create, model, editModel, looksUp, jobs } = subject;
  const {
    params,
    reference,
    mask,
    failure,
    byUrl,
    hold,
    end,
    requests = 1,
    pictures = 1,
    missing,
  } = situation;
  const server = await startWireServer(protocol);
  const controller = new AbortController();
  try {
    server.state.byUrl = byUrl ?? false;
    server.state.hold = hold ?? false;
    server.state.count = pictures;
    if (failure) server.failNext(failure(subject));
    const isDirect = jobs !== true;
    if (hold && isDirect) server.failNext({ kind: 'mishap', mishap: { kind: 'hang' } });
    const id = pictureId;
    const references = [{ imageId: id, file: 'a.png', prompt: '', signature: null }];
    const context: PictureContext = {
      service: {
        ...unconfigured({ id: kind, kind, name: 'A' }),
        apiKey: protocol.auth ? wireKey : null,
        baseUrl: server.baseUrl,
      },
      signal: controller.signal,
      readReference: async () => (mask ? readFileSync(path.join(edits, 'a.png')) : smallPicture),
      prepareEdit: prepareWith(part),
      paint: async () => null,
      changeHere: () => Promise.reject(new Error('Nothing is changed here.')),
      onProgress: () => {},
    };
    const timing = end === 'time-out' ? { ...quick, timeoutMs, pollMs: 100 } : quick;
    const job: PictureJob = {
      ...{ kind: 'picture', jobId: id, requestId: id, provider: kind, prompt: 'a lighthouse' },
      model: missing && looksUp ? 'gone' : reference ? (editModel ?? model) : model,
      params: {
        ...{ seed: 4_000_000_000, ...params },
        // As the main process does before it stores the request.
        aspectRatio: nearestRatio(kind, model, params?.aspectRatio ?? '1:1'),
        ...(mask && { references: [id], edit: { mask: id } }),
      },
      ...(reference && { references }),
    };
    const service = create(timing);
    const asked = Promise.all(
      Array.from({ length: requests }, () =>
        makeWithPart(job, part, context.readReference, (asked, readReference) =>
          service.makePicture(asked, { ...context, readReference }),
        ),
      ),
    );
    if (end === 'cancel') {
      const before = server.total();
      // A job has been looked at once it is surely accepted.
      await server.until(() => server.made.length === 1 && (isDirect || server.total() > before + 3));
      controller.abort();
    }
    const outcomes = await asked;
    const [outcome] = outcomes;
    if (!outcome) throw new Error('Nothing was asked for.');
    if (end === 'cancel' && stoppable.has(kind)) await server.until(() => server.stops() > 0);
    return {
      outcome,
      outcomes,
      model: job.model,
      picture: Buffer.from(server.state.picture),
      makes: server.made.length,
      stops: server.stops(),
      refusals: [...server.refusals],
      shape: server.made[0] && !reference ? protocol.shape(server.made[0]) : '',
    };
  } finally {
    await server.close();
  }
}
const stoppable = new Set(subjects.filter(({ stops }) => stops).map(({ kind }) => kind));

function record(
  { kind, model, editModel }: Subject,
  { name }: Situation,
  { outcome, makes, shape, stops }: Played,
): void {
  const times = makes === 1 ? '' : ` ×${makes}`;
  if (outcome.ok) {
    const cost = outcome.costMicroUsd === null ? 'price unknown' : `$${outcome.costMicroUsd / 1_000_000}`;
    const further = outcome.further?.length ?? 0;
    const several = name.startsWith('several')
      ? `${1 + further} ${further > 0 ? 'pictures' : 'picture'}, `
      : '';
    const isShape = name === 'one' || name === 'wide' || name === '4K';
    const support = name === 'mask' ? `${partSupportOf(kind, editModel ?? model)}, ` : '';
    cells.set(
      `${kind} ${name}`,
      `${support}${isShape ? `${shape}, ` : ''}${several}${cost}${outcome.warnings ? ', warns' : ''}${times}`,
    );
    for (const warning of outcome.warnings ?? []) note('warning', sayInEnglish(warning));
    return;
  }
  const charged = outcome.costMicroUsd === null ? '' : ', maybe charged';
  const stopped = stops > 0 ? ', stopped there' : '';
  cells.set(`${kind} ${name}`, `\`${outcome.code}\`${charged}${stopped}${times}`);
  note(outcome.code, outcome.message);
}

function note(code: string, said: string): void {
  // Each test has a server on a port of its own.
  const sentence = said.replace(/(127\.0\.0\.1):\d+/, '$1:7860');
  sentences.set(code, (sentences.get(code) ?? new Set()).add(sentence));
}

function render(): string {
  const names = [...situations.map(({ name }) => name), 'list'];
  const rows = subjects.map(({ kind }) => {
    const tried = isFree(kind) ? 'loopback only' : 'not tried against the real service';
    return `| ${[`\`${kind}\``, tried, ...names.map((name) => cells.get(`${kind} ${name}`) ?? (name === 'list' ? 'none documented' : 'not run'))].join(' | ')} |`;
  });
  const table = [`| Kind | Tried | ${names.join(' | ')} |`, `|${'---|'.repeat(names.length + 2)}`, ...rows];
  const said = [...sentences.keys()]
    .sort()
    .flatMap((code) =>
      [...(sentences.get(code) ?? [])].sort().map((sentence) => `| \`${code}\` | ${sentence} |`),
    );
  return `${[heading, table.join('\n'), '## Sentences', ['| Code | Sentence |', '|---|---|', ...said].join('\n')].join('\n\n')}\n`;
}

const heading = `# Services

Each cell is a test. \`tests/services/\` asks a strict loopback server, which refuses what the service's documentation does not allow, and writes the outcome into this file (\`npx vitest run tests/services -u\`). The servers are in \`tests/servers/wire/\`, with the address of the documentation that each follows. To add a service, see [016](decisions/016-adding-a-service.md).

**one**, **wide** (21:9) and **4K** (16:9) show what was asked for, and the cost by the answer or by the table of prices. **four** are four pictures at once, each by a request of its own. **URL** is an answer that links to its picture, where the service has such answers. **several** is an answer with three pictures although one was asked for, and **several URLs** one that links to them: all are kept, and the cost is that of the answer. **mask** asks for a change of one half of a picture: *exact* gets the mask, and the rest stays pixel by pixel; *guided* gets the mask, and may change more; *marked* gets a copy of the picture with the part marked; *described* gets words that say where the part is ([051](decisions/051-changing-a-part.md)). **429** carries \`Retry-After: 7\`, and the picture then waits for 7 seconds. **reset** breaks the connection in the middle of the answer. \`×2\` counts requests for the picture; without it there was one. *maybe charged*: the attempt counts towards the costs, and nothing is retried automatically. *stopped there*: the service was told to end the work. *warns*: the picture carries a sentence about a setting that it was made without. **list** is what the service’s own list says of its models besides their names: *limits* are shapes, resolutions, references or options, *lives* the last day of a model. Where none is documented, models are entered by name.`;
