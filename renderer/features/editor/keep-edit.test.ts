import { beforeEach, expect, test, vi } from 'vitest';
import type { EditDraft } from '../../../shared/domain/edits';
import { createEditKeeper } from './keep-edit';
import { createPainter } from './mask/painter';

type Asked = { name: string; mask?: { id: string; bytes?: Uint8Array } | null; words?: string };

/** The requests to the main process, which fail with a full disk while `disk.isFull`. */
const { asked, disk } = vi.hoisted(() => {
  const asked: Asked[] = [];
  const disk = { isFull: false };
  const request = async (name: string, input: Omit<Asked, 'name'>) => {
    asked.push({ name, ...input });
    return disk.isFull ? { ok: false, code: 'disk_full', message: 'no room' } : { ok: true, value: null };
  };
  Object.assign(globalThis, { window: Object.assign(new EventTarget(), { afterimage: { request } }) });
  return { asked, disk };
});

const frame = { left: 0, top: 0, right: 0, bottom: 0 };

function open(options: Partial<Parameters<typeof createEditKeeper>[0]> = {}) {
  const painter = createPainter(40, 30);
  const problems: string[] = [];
  const work = { frame, words: '' };
  const keeper = createEditKeeper({
    ...{ imageId: 'p', painter, draft: null, isKept: true, read: () => work },
    onProblem: (message) => problems.push(message),
    ...options,
  });
  const paint = () => painter.rectangle({ x: 0, y: 0 }, { x: 10, y: 10 }, 'mark');
  return { keeper, painter, problems, work, paint };
}

beforeEach(() => {
  asked.length = 0;
  disk.isFull = false;
});

test('sends only changes, and a mask once', async () => {
  const { keeper, paint, work } = open();
  await keeper.keep();
  expect(asked).toEqual([]);
  paint();
  await keeper.keep();
  work.words = 'a hat';
  await keeper.keep();
  await keeper.keep();
  const [first, second] = asked;
  expect(asked).toHaveLength(2);
  expect(first?.mask?.bytes).toBeInstanceOf(Uint8Array);
  expect(second?.mask).toEqual({ id: first?.mask?.id });
});

test('reports a full disk once, and sends the mask again as soon as there is space', async () => {
  const { keeper, paint, problems, work } = open();
  disk.isFull = true;
  paint();
  expect(await keeper.keep()).toMatchObject({ ok: false, code: 'disk_full' });
  work.words = 'a hat';
  await keeper.keep();
  expect(problems).toEqual(['no room']);
  // Sending reports the problem again.
  expect(await keeper.keepToSend()).toMatchObject({ ok: false });
  expect(problems).toHaveLength(2);
  disk.isFull = false;
  expect(await keeper.keep()).toMatchObject({ ok: true });
  expect(asked.at(-1)?.mask?.bytes).toBeInstanceOf(Uint8Array);
  disk.isFull = true;
  work.words = 'a crown';
  await keeper.keep();
  expect(problems).toHaveLength(3);
});

test('holds work that cannot be saved on closing, and saves it after reopening', async () => {
  const { keeper, paint, painter, work } = open();
  disk.isFull = true;
  paint();
  work.words = 'a hat';
  const held: EditDraft[] = [];
  await keeper.leave((draft) => held.push(draft));
  expect(held).toEqual([{ imageId: 'p', mask: null, frame: null, words: 'a hat' }]);

  disk.isFull = false;
  asked.length = 0;
  const again = open({ painter, draft: held[0] ?? null, isKept: false, read: () => work });
  expect(await again.keeper.keep()).toMatchObject({ ok: true });
  expect(asked).toMatchObject([{ name: 'edits:keep-draft', words: 'a hat' }]);
  expect(asked[0]?.mask?.bytes).toBeInstanceOf(Uint8Array);
  await again.keeper.leave((draft) => held.push(draft));
  expect(held).toHaveLength(1);
});

test('does not hold sent or discarded work', async () => {
  const { keeper, paint } = open();
  paint();
  disk.isFull = true;
  await keeper.keep();
  keeper.end();
  const held: EditDraft[] = [];
  await keeper.leave((draft) => held.push(draft));
  expect(held).toEqual([]);
});
