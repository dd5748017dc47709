// Planning a seeded folder: exact counts, repeatable, spread unevenly over days.
import { expect, test } from 'vitest';
import { createRandom } from '../harness/random';
import { createCalendar } from './calendar';
import { drawSize } from './picture-sizes';
import { createPlan, type PlannedPicture, type PlanOptions } from './plan';

const until = Date.UTC(2026, 10, 1, 12);
const options: PlanOptions = { pictures: 2_000, messages: 3_000, longest: 600, files: 50, seed: 1, until };

function wholePlan(changes: Partial<PlanOptions> = {}) {
  const plan = createPlan({ ...options, ...changes });
  const conversations = [...plan.conversations()].map((conversation) => ({
    ...conversation,
    messages: [...conversation.messages],
  }));
  return { conversations, others: [...plan.otherPictures()] };
}

function picturesOf({ conversations, others }: ReturnType<typeof wholePlan>): PlannedPicture[] {
  const answers = conversations.flatMap(({ messages }) =>
    messages.flatMap((message) => (message.kind === 'picture' ? [message.picture] : [])),
  );
  return [...answers, ...others];
}

test.each([
  { pictures: 2_000, messages: 3_000, longest: 600 },
  { pictures: 0, messages: 500, longest: 500 },
  { pictures: 500, messages: 0, longest: 0 },
  { pictures: 3, messages: 2_000, longest: 0 },
  { pictures: 1, messages: 1, longest: 1 },
])('plans exactly the requested numbers: %j', (counts) => {
  const plan = wholePlan(counts);
  const lengths = plan.conversations.map(({ messages }) => messages.length);
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(counts.messages);
  expect(picturesOf(plan)).toHaveLength(counts.pictures);
  if (counts.longest > 0) expect(lengths.at(-1)).toBe(counts.longest);
});

test('gives the same plan for the same seed and a different one for another seed', () => {
  expect(wholePlan()).toEqual(wholePlan());
  expect(picturesOf(wholePlan({ seed: 2 }))[0]?.id).not.toBe(picturesOf(wholePlan())[0]?.id);
});

test('orders messages by time and by id, and plans none in the future', () => {
  const { conversations } = wholePlan();
  for (const { createdAt, messages } of conversations) {
    const all = messages.map((message) => (message.kind === 'text' ? message : message.picture));
    expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted());
    for (const message of all) expect(message.createdAt).toBeGreaterThanOrEqual(createdAt);
    for (const message of all) expect(message.createdAt).toBeLessThan(until);
  }
});

test('makes the long conversation the one used last', () => {
  const lastTimes = wholePlan().conversations.map(({ messages }) => {
    const last = messages.at(-1);
    return last?.kind === 'text' ? last.createdAt : (last?.picture.createdAt ?? 0);
  });
  expect(Math.max(...lastTimes)).toBe(lastTimes.at(-1));
});

test('plans favourites, failures and deleted pictures, each with a unique id', () => {
  const plan = wholePlan();
  const pictures = picturesOf(plan);
  expect(new Set(pictures.map(({ id }) => id)).size).toBe(pictures.length);
  expect(pictures.some(({ favourite }) => favourite)).toBe(true);
  expect(pictures.some(({ deletedAt }) => deletedAt !== null)).toBe(true);
  expect(new Set(pictures.map(({ model }) => model.kind)).size).toBeGreaterThan(1);
  const kinds = plan.conversations.flatMap(({ messages }) => messages.map(({ kind }) => kind));
  expect(new Set(kinds)).toEqual(new Set(['text', 'picture', 'failed']));
});

test('spreads times over years with busy days and empty months', () => {
  const pickTime = createCalendar({ random: createRandom(1), until, days: 1_460 });
  const perDay = new Map<number, number>();
  const months = new Set<string>();
  for (let index = 0; index < 20_000; index += 1) {
    const time = pickTime();
    const day = Math.floor(time / 86_400_000);
    perDay.set(day, (perDay.get(day) ?? 0) + 1);
    months.add(new Date(time).toISOString().slice(0, 7));
  }
  expect(perDay.size).toBeGreaterThan(400);
  expect(perDay.size).toBeLessThan(1_200);
  expect(Math.max(...perDay.values())).toBeGreaterThan(100);
  expect(months.size).toBeGreaterThan(36);
});

test('draws many sizes, including wider and taller ones than the app offers', () => {
  const random = createRandom(1);
  const sizes = Array.from({ length: 1_000 }, () => drawSize(random));
  const ratios = sizes.map(({ width, height }) => width / height);
  expect(new Set(sizes.map(({ width, height }) => `${width} x ${height}`)).size).toBeGreaterThan(800);
  expect(Math.min(...ratios)).toBeLessThan(0.45);
  expect(Math.max(...ratios)).toBeGreaterThan(3);
  expect(sizes.every(({ width, height }) => width >= 100 && height >= 100)).toBe(true);
});
