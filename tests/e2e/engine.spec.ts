// The engine on this computer: its server starts with the first picture, and never outlives the app.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installEngine } from '../servers/install-engine';
import { createSdServer, isAlive } from '../servers/sd-server';
import { test as base, expect, expectFullPicture, pictures, sendMessage } from './fixture';

type Program = ReturnType<typeof createSdServer>;

const test = base.extend<{ program: Program }>({
  async program({ dataFolder }, use) {
    const program = createSdServer(`${dataFolder}-program`);
    installEngine(dataFolder, program);
    await use(program);
    for (const pid of program.alive()) process.kill(pid, 'SIGKILL');
  },
});

test('a prompt starts the server, Stop ends its work, and quitting leaves no process', async ({
  start,
  program,
  rows,
}) => {
  const { page, electron } = await start({ env: program.env });
  expect(program.events()).toEqual([]);
  await sendMessage(page, 'a red fox at dawn');
  await expectFullPicture(pictures(page));
  expect(program.events('generate')).toMatchObject([{ prompt: 'a red fox at dawn', steps: 4 }]);
  expect(rows("SELECT provider, model, width, height FROM messages WHERE kind = 'image'")).toMatchObject([
    { provider: 'engine', model: 'test-model', width: 320, height: 192 },
  ]);

  program.set({ hold: true });
  await sendMessage(page, 'a blue fox at dawn');
  await expect.poll(() => program.events('generate')).toHaveLength(2);
  const held = pictures(page).last();
  await expect(held.getByText('Finishing…')).toBeVisible();
  await expect(held.getByRole('progressbar')).toHaveAttribute('aria-valuetext', 'Finishing…');
  await held.hover();
  await held.getByRole('button', { name: 'Stop' }).click();
  await expect(held.getByRole('alert')).toHaveText(/You stopped this picture/);
  // It cannot stop a picture, so it is ended, and the next one starts another.
  await expect.poll(() => program.alive()).toEqual([]);

  program.set({});
  await sendMessage(page, 'a green fox at dawn');
  await expectFullPicture(pictures(page).last());
  const server = program.alive();
  expect(server).toHaveLength(1);
  await electron.close();
  await expect.poll(() => server.filter(isAlive)).toEqual([]);
});

test('killed during a picture, the app leaves no server, and the next start makes the picture', async ({
  start,
  program,
}) => {
  program.set({ hold: true });
  const first = await start({ env: program.env });
  await sendMessage(first.page, 'a red fox at dawn');
  await expect.poll(() => program.events('generate')).toHaveLength(1);
  const servers = program.alive();
  first.electron.process().kill('SIGKILL');
  await expect.poll(() => servers.filter(isAlive)).toEqual([]);
  await first.kill();

  program.set({});
  const { page } = await start({ env: program.env });
  await expectFullPicture(pictures(page));
  expect(program.alive()).toHaveLength(1);
});

test('a changed engine is not run, and the failure says what to do', async ({
  start,
  program,
  dataFolder,
}) => {
  const executable = path.join(dataFolder, 'engine/builds/test-build/sd-server');
  writeFileSync(executable, `${readFileSync(executable, 'utf8')}# changed\n`);
  const { page } = await start({ env: program.env });
  await sendMessage(page, 'a red fox at dawn');
  await expect(pictures(page).getByRole('alert')).toHaveText(/is not the one that was installed/);
  await expect(pictures(page).getByRole('button', { name: 'Choose model' })).toBeVisible();
  expect(program.events()).toEqual([]);
});
