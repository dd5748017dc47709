// Real child processes that take the generator's part, for the tests of what keeps it alive.
import { type ChildProcess, fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, onTestFinished, vi } from 'vitest';
import type { Job, PictureJob, TextJob } from '../../../shared/generator/jobs';
import type { ArrivedPicture, DerivedPicture, ShowablePicture } from '../../../shared/generator/messages';
import { newId } from '../db/new-id';
import { createGenerator, type Generator, type GeneratorOptions } from '../generation/generator-process';
import { temporaryFolder } from './temporary-folder';

// A minimal generator: a job's text says what the generator does with it.
const script = `
let configured = null;
const held = [];
const asides = [];
const answer = (message) => process.send(message);
const reply = (job, text) => answer({ type: 'replied', jobId: job.jobId, text, pictures: [], costMicroUsd: 0 });
process.on('message', (message) => {
  if (message.type === 'ping') return answer({ type: 'alive' });
  if (message.type === 'configure') {
    configured = message.dataFolder;
    return answer({ type: 'ready' });
  }
  if (message.type === 'cancel') {
    return answer({
      type: 'failed', jobId: message.jobId, code: 'cancelled', message: 'Stopped.', durationMs: 1, costMicroUsd: null,
    });
  }
  if (message.type === 'locate') {
    if (message.chosen === '/deadly') process.exit(4);
    const value = { file: 'images/ab/x.png', bytes: message.width };
    return answer({ type: 'located', task: message.task, result: { ok: true, value } });
  }
  if (message.type === 'write-png') {
    return answer({ type: 'png-written', task: message.task, isWritten: message.file === '/a.webp' });
  }
  if (message.type === 'check') {
    return answer({ type: 'checked', task: message.task, result: { ok: true, value: { id: 'services.no_seed', values: { service: message.provider } } } });
  }
  if (message.type === 'list-models') {
    const value = [{ id: message.provider, label: 'A model', makes: 'pictures' }];
    return answer({ type: 'listed', task: message.task, result: { ok: true, value } });
  }
  if (message.type !== 'run') return asides.push(message);
  if (message.job.text === 'proxy') answer({ type: 'find-proxy', question: 5, origin: 'http://a.test' });
  const { job } = message;
  const what = job.text ?? job.prompt;
  if (what === 'who') return reply(job, String(process.pid));
  if (what === 'configured') return reply(job, String(configured));
  if (what === 'hold' || what === 'proxy') return held.push(job);
  if (what === 'asides') return reply(job, JSON.stringify(asides));
  if (what === 'smaller') {
    answer({ type: 'derived', jobId: job.jobId, file: 'images/ab/x.display.webp', bytes: 7 });
    return reply(job, 'and done');
  }
  if (what === 'showable') {
    const showable = { type: 'showable', jobId: job.jobId, requestId: job.requestId, format: 'png', width: 3, height: 2 };
    const displayInfo = { format: 'png', width: 3, height: 2 };
    const arrived = { type: 'arrived', jobId: job.jobId, requestId: job.requestId, displayInfo };
    answer({ ...showable, requestId: '../secret' });
    answer({ ...arrived, displayInfo: { ...displayInfo, width: -1 } });
    answer(arrived);
    answer(showable);
    reply(job, 'and stored');
    answer(arrived);
    return answer(showable);
  }
  if (what === 'count') return reply(job, String(held.length));
  if (what === 'release') {
    for (const waiting of held.splice(0).reverse()) reply(waiting, 'released');
    return reply(job, 'last');
  }
  if (what === 'exit') process.exit(3);
  // It answers nothing more, without using the processor.
  if (what === 'hang') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  if (what === 'nonsense') {
    for (const bad of [null, 7, 'ready', {}, { type: 'stored' }, { type: 'replied', jobId: 'x', text: '' },
      { type: 'progress', jobId: job.jobId, fraction: 7 }, { type: 'text', jobId: job.jobId }]) answer(bad);
    return reply(job, 'sense');
  }
  if (what.startsWith('{')) {
    answer({ jobId: job.jobId, ...JSON.parse(what) });
    return answer({ type: 'alive' });
  }
  if (what === 'twice') {
    reply(job, 'first');
    return reply(job, 'second');
  }
});
`;

type World = {
  scriptFile: string;
  dataFolder: string;
  /** Every child, in the order of their starts. */
  children: ChildProcess[];
  /** The back-off timers. */
  timers: { milliseconds: number; work: () => void }[];
  timerAdded: () => void;
  started: number[];
  derived: DerivedPicture[];
  showable: ShowablePicture[];
  announced: ArrivedPicture[];
  /** Jobs in the order in which they ended. */
  endedJobs: string[];
  /** Whether the rows show a derived file: what `onDerived` returns. */
  isReplaced: boolean;
  /** Processor time of each child. */
  processorMs: number | null;
  current: Generator | undefined;
};

function newWorld(): World {
  return {
    ...{ scriptFile: '', dataFolder: '', children: [], timers: [], started: [], derived: [], showable: [] },
    ...{ announced: [], endedJobs: [], isReplaced: false, processorMs: null, current: undefined },
    timerAdded: () => {},
  };
}

/** The state that the current test reads and sets. */
export let world = newWorld();

/** Gives each test of a file a world of its own, and ends every child, so that the next test does not notice its exit. */
export function useGeneratorChildren(): void {
  beforeEach(() => {
    const { folder, remove } = temporaryFolder();
    onTestFinished(remove);
    world = { ...newWorld(), dataFolder: folder, scriptFile: path.join(folder, 'generator.cjs') };
    writeFileSync(world.scriptFile, script);
    vi.spyOn(console, 'error').mockImplementation(() => {});
  });
  afterEach(async () => {
    world.current?.close();
    await Promise.all(
      world.children.map((child) => {
        const exit = exitOf(child);
        child.kill('SIGKILL');
        return exit;
      }),
    );
    vi.restoreAllMocks();
  });
}

export async function exitOf(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => child.once('exit', resolve));
}

const forkChild: GeneratorOptions['fork'] = (onMessage, onExit) => {
  const child = fork(world.scriptFile, [], { stdio: 'ignore', execArgv: [] });
  world.children.push(child);
  child.on('message', onMessage);
  child.on('exit', (code, signal) => onExit(String(code ?? signal)));
  return {
    // As in Electron, a message to a child that is exiting is lost.
    post: (message) => void child.send(message, () => {}),
    kill: () => void child.kill(),
    processorMs: () => world.processorMs,
  };
};

export function createTestGenerator(
  more: Pick<GeneratorOptions, 'whenToStart' | 'isOnDemand' | 'answerProxyQuestion'> = {},
): Generator {
  world.current = createGenerator({
    fork: forkChild,
    configuration: () => ({
      type: 'configure',
      dataFolder: world.dataFolder,
      services: [],
      displayQuality: 90,
      language: 'en',
    }),
    after: (milliseconds, work) => {
      world.timers.push({ milliseconds, work });
      world.timerAdded();
    },
    onStart: (milliseconds) => void world.started.push(milliseconds),
    onShowable: (picture) => void world.showable.push(picture),
    onAnnounced: (picture) => void world.announced.push(picture),
    onJobEnd: (jobId) => void world.endedJobs.push(jobId),
    onDerived(picture) {
      world.derived.push(picture);
      return world.isReplaced;
    },
    ...more,
  });
  return world.current;
}

export function textJob(text: string): TextJob {
  return {
    kind: 'text',
    jobId: newId(),
    requestId: newId(),
    provider: 'painter',
    model: null,
    text,
    history: [],
  };
}

export function picture(prompt: string, model = 'gemini-nano-banana-2.1'): PictureJob {
  const params = { aspectRatio: '1:1', seed: 1 } as const;
  return { kind: 'picture', jobId: newId(), requestId: newId(), provider: 'google', model, prompt, params };
}

export async function replyTo(generator: Generator, job: Job): Promise<string> {
  const outcome = await generator.run(job);
  if (outcome.type !== 'replied') throw new Error(JSON.stringify(outcome));
  return outcome.text;
}

/** Resolves once the exit of the newest child was noticed and the start of its successor is scheduled. */
export function exitNoticed(): Promise<void> {
  const known = world.timers.length;
  return new Promise((resolve) => {
    world.timerAdded = () => {
      if (world.timers.length > known) resolve();
    };
  });
}

export async function killChild(): Promise<void> {
  const noticed = exitNoticed();
  world.children.at(-1)?.kill('SIGKILL');
  await noticed;
}

/** Runs the newest back-off timer. */
export function startNext(): void {
  world.timers.at(-1)?.work();
}
