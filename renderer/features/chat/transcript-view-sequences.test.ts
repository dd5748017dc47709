import { describe, expect, test } from 'vitest';
import type { Message } from '../../../shared/domain/conversations';
import { textMessage } from '../../../shared/domain/test-message';
import { createRandom } from '../../../tests/harness/random';
import {
  emptyRange,
  firstSeq,
  type LoadedRange,
  lastSeq,
  withArrived,
  withNewer,
  withOlder,
  without,
} from '../../state/chat/loaded-range';
import { countFar, type Edges, maxLoaded, nextStep, placeholderHeight, type View } from './transcript-view';

const windowHeight = 800;
const pageSize = 8;

function messageAt(seq: number): Message {
  return textMessage({ id: `id-${seq}`, seq, text: `Message ${seq}`, createdAt: seq, updatedAt: seq });
}

/** A transcript of messages of random heights, with the browser's scroll anchoring. */
function createTranscript(random: () => number) {
  const heights: number[] = [];
  let range: LoadedRange = emptyRange;
  let top = 0;

  function edges(): Edges[] {
    let at = placeholderHeight(range.older);
    return range.order.map((_, index) => {
      const edge = { top: at, bottom: at + (heights[firstSeq(range) + index] ?? 0) };
      at = edge.bottom;
      return edge;
    });
  }

  function view(): View {
    const start = placeholderHeight(range.older);
    const end = edges().at(-1)?.bottom ?? start;
    return { top, height: windowHeight, start, end, scrollHeight: end + placeholderHeight(range.newer) };
  }

  const maxTop = () => Math.max(0, view().scrollHeight - windowHeight);

  /** Changes the range without moving the visible messages. */
  function change(next: LoadedRange): void {
    const visible = edges().findIndex(({ bottom }) => bottom > top);
    const id = range.order[visible];
    const offset = (edges()[visible]?.top ?? 0) - top;
    range = next;
    if (id === undefined) return;
    expect(range.order).toContain(id);
    top = (edges()[range.order.indexOf(id)]?.top ?? 0) - offset;
  }

  const page = (from: number, to: number) => ({
    messages: Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => messageAt(from + index)),
    total: heights.length - 1,
  });

  /** Loads and unloads as the transcript does, until it is settled. */
  function settle(): void {
    for (let steps = 0; steps < 500; steps += 1) {
      const { older, newer, order } = range;
      const step = nextStep(view(), { older, loaded: order.length, newer });
      if (step.do === 'jump') throw new Error('The visible messages were unloaded.');
      if (step.do === 'nothing') {
        if (order.length <= maxLoaded) return;
        const first = countFar(view(), edges(), order.length);
        const last = countFar(view(), edges().reverse(), order.length - first);
        if (first + last === 0) return;
        change(without(range, first, last));
      } else if (step.side === 'older') {
        const drop = countFar(view(), edges().reverse(), order.length);
        const until = firstSeq(range) - 1;
        change(withOlder(range, page(Math.max(1, until - pageSize + 1), until), pageSize, drop));
      } else {
        const drop = countFar(view(), edges(), order.length);
        const from = lastSeq(range) + 1;
        change(withNewer(range, page(from, Math.min(heights.length - 1, from + pageSize - 1)), drop));
      }
    }
    throw new Error('Loading and unloading never ended.');
  }

  heights.push(0);
  return {
    arrive(count: number): void {
      const isAtEnd = range.newer === 0 && top >= maxTop() - 1;
      const from = heights.length;
      for (let index = 0; index < count; index += 1) heights.push(150 + Math.floor(random() * 500));
      change(withArrived(range, page(from, heights.length - 1).messages));
      if (isAtEnd) top = maxTop();
      settle();
    },
    scroll(by: number): void {
      top = Math.min(maxTop(), Math.max(0, top + by));
      settle();
    },
    loaded: () => range.order.map((id) => range.messages[id]?.seq),
    stored: () => Object.keys(range.messages).length,
    /** Whether no placeholder is visible. */
    isFilled: () => top >= view().start && top + windowHeight <= Math.max(view().end, windowHeight),
  };
}

describe('a live transcript', () => {
  test('keeps few messages when 2,000 arrive at the end', () => {
    const transcript = createTranscript(createRandom(7));
    for (let count = 0; count < 2_000; count += 5) {
      transcript.arrive(5);
      expect(transcript.loaded().length).toBeLessThanOrEqual(maxLoaded);
      expect(transcript.stored()).toBe(transcript.loaded().length);
    }
    expect(transcript.loaded().at(-1)).toBe(2_000);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('keeps few messages in any sequence, seed %i', (seed) => {
    const random = createRandom(seed);
    const transcript = createTranscript(random);
    for (let step = 0; step < 600; step += 1) {
      const choice = random();
      if (choice < 0.4) transcript.arrive(1 + Math.floor(random() * 12));
      else transcript.scroll((random() - (choice < 0.7 ? 0.7 : 0.3)) * 2_000);
      const loaded = transcript.loaded();
      expect(loaded.length).toBeLessThanOrEqual(maxLoaded);
      expect(transcript.isFilled()).toBe(true);
      expect(loaded).toEqual(loaded.map((_, index) => (loaded[0] ?? 0) + index));
    }
  });
});
