import { expect, test } from 'vitest';
import { failure } from '../../../shared/domain/errors';
import { once } from './once';

test('runs an action once while it runs, and again afterwards with another id', async () => {
  const ids: string[] = [];
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = async (id: string) => {
    ids.push(id);
    await ended;
    return null;
  };
  const clicks = [once('another', run), once('another', run), once('another', run)];
  const other = once('a different wish', run);
  expect(ids).toHaveLength(2);
  end();
  expect(await Promise.all([...clicks, other])).toEqual([null, null, null, null]);
  await once('another', run);
  expect(new Set(ids).size).toBe(3);
});

test('retries with the same id after a failure', async () => {
  const ids: string[] = [];
  const run = async (id: string) => {
    ids.push(id);
    return ids.length < 3 ? failure('not_saved') : null;
  };
  expect(await once('retry', run)).toMatchObject({ code: 'not_saved' });
  expect(await once('retry', run)).toMatchObject({ code: 'not_saved' });
  expect(await once('retry', run)).toBeNull();
  expect(new Set(ids).size).toBe(1);
});

test('can run again after it has thrown', async () => {
  await expect(once('thrown', () => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
  expect(await once('thrown', async () => null)).toBeNull();
});
