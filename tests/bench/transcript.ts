// Measures a conversation of 100,000 messages compared with one of ten: opening, typing and scrolling.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { nativeBinding } from '../../electron/main/db/native-binding';
import { summarise } from '../../shared/domain/timings';
import { launch, projectRoot } from '../harness/launch';
import { readOptions } from '../seed/options';
import { seed } from '../seed/seed';
import type { Summary } from './headline';

const sizes = { small: 10, large: 100_000 } as const;
const openRounds = 12;
const keys = 120;
/** A fixed typing speed, so that the figures of two runs are comparable. */
const keyPauseMs = 30;
/** Number of messages to scroll past. */
const messagesToScroll = 5_000;
const frameMs = 1_000 / 60;

type SizeFigures = {
  messages: number;
  /** Milliseconds from the click on the conversation until its end is painted. */
  open: Summary;
  /** Milliseconds from a key press to the next frame. */
  typing: Summary;
  articles: number;
};

type ScrollFigures = {
  messages: number;
  /** Milliseconds between animation frames. */
  frame: Summary;
  worstFrame: number;
  /** Frames without any message in view. */
  blankFrames: number;
  /** The sum of the browser's layout shifts, and the maximum change of distance between two visible messages in pixels. */
  layoutShift: number;
  apart: number;
  maxArticles: number;
};

/** Measures and prints the figures. */
export async function measureTranscript() {
  const small = await withSeeded(sizes.small, measureSize);
  const large = await withSeeded(sizes.large, async (page) => ({
    ...(await measureSize(page)),
    scroll: await measureScroll(page),
  }));
  const ratios = {
    open: large.open.p50 / small.open.p50,
    typing: large.typing.p95 / small.typing.p95,
    articles: large.articles / small.articles,
  };
  const figures = { small, large, ratios };
  printTranscript(figures);
  return figures;
}

type SeededPage = { page: Page; messages: number };

async function withSeeded<Result>(
  messages: number,
  measure: (seeded: SeededPage) => Promise<Result>,
): Promise<Result> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'afterimage-bench-'));
  try {
    process.stderr.write(`transcript: seeding ${messages} messages\n`);
    const counts = { pictures: Math.floor(messages * 0.4), messages, longest: messages, files: 60 };
    const args = Object.entries(counts).flatMap(([name, count]) => [`--${name}`, String(count)]);
    const binding = nativeBinding(projectRoot);
    const options = readOptions(args, dataFolder);
    await seed({ ...options, until: Date.now(), nativeBinding: binding, onProgress: () => {} });
    const running = await launch({ dataFolder, env: { AFTERIMAGE_PROVIDER: 'painter' } });
    try {
      return await measure({ page: running.page, messages });
    } finally {
      await running.kill();
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 10 });
  }
}

async function measureSize({ page, messages }: SeededPage): Promise<SizeFigures> {
  const durations: number[] = [];
  const list = page.getByRole('navigation', { name: 'Chats' });
  for (let round = 0; round < openRounds; round += 1) {
    await page.getByRole('button', { name: 'New chat' }).click();
    await page.waitForFunction(() => document.querySelector('article') === null);
    durations.push(await list.getByRole('listitem').first().getByRole('button').first().evaluate(openOnce));
  }
  await page.waitForFunction(
    () => document.getAnimations().length === 0 && [...document.images].every(({ complete }) => complete),
  );
  return {
    messages,
    // The first rounds warm up.
    open: sum(durations.slice(2)),
    typing: sum(await measureTyping(page)),
    articles: await page.locator('article').count(),
  };
}

/** Runs in the page. @returns milliseconds from a click on the conversation until the frame with its end is presented. */
function openOnce(item: HTMLElement): Promise<number> {
  return new Promise((resolve) => {
    const started = performance.now();
    const observer = new MutationObserver(() => {
      if (!document.querySelector('article')) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - started);
        port2.postMessage(null);
      });
    });
    observer.observe(document.body, { childList: true, subtree: true });
    item.click();
  });
}

/** Types one key after another. @returns milliseconds from each key press until the next frame is presented. */
async function measureTyping(page: Page): Promise<number[]> {
  const field = page.getByRole('textbox', { name: 'Message' });
  const handle = await field.evaluateHandle((element) => {
    const durations: number[] = [];
    element.addEventListener('keydown', (event) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => durations.push(performance.now() - event.timeStamp);
        port2.postMessage(null);
      });
    });
    return durations;
  });
  const text = 'a red fox at dawn over the sea ';
  for (let index = 0; index < keys; index += 1) {
    await field.press(text[index % text.length] === ' ' ? 'Space' : (text[index % text.length] ?? 'a'), {
      delay: 10,
    });
    await page.waitForTimeout(keyPauseMs);
  }
  await page.waitForFunction(({ durations, count }) => durations.length >= count, {
    durations: handle,
    count: keys,
  });
  await field.fill('');
  return (await handle.jsonValue()).slice(5);
}

/** Turns the wheel as fast as possible until enough messages have been scrolled past. */
async function measureScroll({ page, messages }: SeededPage): Promise<ScrollFigures> {
  const log = page.getByRole('log', { name: 'Conversation' });
  await log.hover();
  const handle = await log.evaluateHandle((element) => {
    const seen = {
      frames: [0],
      blank: 0,
      shift: 0,
      apart: 0,
      maxArticles: 0,
      ids: new Set<string>(),
      stop: false,
    };
    new PerformanceObserver((entries) => {
      for (const entry of entries.getEntries()) {
        if ('value' in entry && typeof entry.value === 'number') seen.shift += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: false });
    let last = performance.now();
    let before = new Map<Element, number>();
    const check = (now: number) => {
      seen.frames.push(now - last);
      last = now;
      const { top, bottom } = element.getBoundingClientRect();
      const after = new Map<Element, number>();
      const moves: number[] = [];
      const articles = element.querySelectorAll<HTMLElement>('article');
      seen.maxArticles = Math.max(seen.maxArticles, articles.length);
      for (const article of articles) {
        seen.ids.add(article.dataset['messageId'] ?? '');
        const box = article.getBoundingClientRect();
        if (box.bottom <= top || box.top >= bottom) continue;
        after.set(article, box.top);
        const known = before.get(article);
        if (known !== undefined) moves.push(box.top - known);
      }
      if (after.size === 0) seen.blank += 1;
      if (moves.length > 0) seen.apart = Math.max(seen.apart, Math.max(...moves) - Math.min(...moves));
      before = after;
      if (!seen.stop) requestAnimationFrame(check);
    };
    requestAnimationFrame(check);
    return seen;
  });
  for (let past = 0; past < messagesToScroll; past = await handle.evaluate(({ ids }) => ids.size)) {
    for (let turn = 0; turn < 20; turn += 1) await page.mouse.wheel(0, -800);
    process.stderr.write(`\rtranscript: past ${past} of ${Math.min(messagesToScroll, messages)} messages `);
  }
  process.stderr.write('\n');
  const seen = await handle.evaluate((found) => {
    found.stop = true;
    return { ...found, ids: found.ids.size };
  });
  const frames = seen.frames.slice(3);
  return {
    messages: seen.ids,
    frame: sum(frames),
    worstFrame: Math.max(...frames),
    blankFrames: seen.blank,
    layoutShift: seen.shift,
    apart: seen.apart,
    maxArticles: seen.maxArticles,
  };
}

function sum(durations: readonly number[]): Summary {
  const { p50, p95, count } = summarise('', durations);
  return { p50, p95, count };
}

type Figures = {
  small: SizeFigures;
  large: SizeFigures & { scroll: ScrollFigures };
  ratios: Record<string, number>;
};

function printTranscript({ small, large, ratios }: Figures): void {
  const show = ({ p50, p95 }: Summary) => `${p50.toFixed(1)} / ${p95.toFixed(1)}`;
  const line = (a: string, b: string, ratio?: number) => ({
    [`${small.messages} messages`]: a,
    [`${large.messages} messages`]: b,
    ...(ratio !== undefined && { ratio: `${ratio.toFixed(2)} x` }),
  });
  console.log('\nA conversation; ms as p50 / p95\n');
  console.table({
    'Click until its end is painted': line(show(small.open), show(large.open), ratios['open']),
    'Key press to frame (ratio of p95)': line(show(small.typing), show(large.typing), ratios['typing']),
    'Messages in the document': line(String(small.articles), String(large.articles), ratios['articles']),
  });
  const { scroll } = large;
  console.log(
    `A fast scroll up past ${scroll.messages} messages: frames of ${show(scroll.frame)} ms, worst ${scroll.worstFrame.toFixed(0)} ms; ${scroll.blankFrames} of ${scroll.frame.count} without a message in view; layout shift ${scroll.layoutShift.toFixed(4)}, distances between messages change by at most ${scroll.apart.toFixed(2)} px; at most ${scroll.maxArticles} in the document.`,
  );
  const isUnder = large.typing.p95 <= frameMs;
  console.log(
    `${isUnder ? 'met     ' : 'NOT MET '} Typing under a frame, p95: ${large.typing.p95.toFixed(1)} ms (aim: at most ${frameMs.toFixed(1)} ms)\n`,
  );
}
