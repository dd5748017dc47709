import { expect, test } from 'vitest';
import { createImporter, ImporterExited } from './importer-process';

test('a task that never ends ends its process, and the next task has a new one', async () => {
  let forks = 0;
  let answer = false;
  const importer = createImporter(
    (onMessage, onExit) => {
      forks += 1;
      return {
        kill: onExit,
        post: ({ key }) => {
          if (answer) onMessage({ type: 'gone', key });
        },
      };
    },
    () => ({ dataFolder: '/nowhere', displayQuality: 90 }),
    5,
  );
  await expect(importer.ask({ type: 'walk-on' })).rejects.toBeInstanceOf(ImporterExited);
  answer = true;
  expect(await importer.ask({ type: 'walk-on' })).toMatchObject({ type: 'gone' });
  expect(forks).toBe(2);
});
