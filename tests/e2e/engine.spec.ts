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

test('a prompt starts the server, unless it was changed, and neither quitting nor a kill leaves a process', async ({
  start,
  program,
  rows,
  dataFolder,
}) => {
  const first = await start({ env: program.env });
  const { page } = first;
  expect(program.events()).toEqual([]);

  await test.step('a changed engine is not run, and the failure says what to do', async () => {
    const executable = path.join(dataFolder, 'engine/builds/test-build/sd-server');
    const installed = readFileSync(executable, 'utf8');
    writeFileSync(executable, `${installed}# changed\n`);
    await sendMessage(page, 'a fox of a changed engine');
    await expect(pictures(page).getByRole('alert')).toHaveText(/is not the one that was installed/);
    await expect(pictures(page).getByRole('button', { name: 'Choose model' })).toBeVisible();
    expect(program.events()).toEqual([]);
    writeFileSync(executable, installed);
  });

  await test.step('a prompt starts the server', async () => {
    await page.getByRole('button', { name: 'New chat' }).click();
    await expect(pictures(page)).toHaveCount(0);
    await sendMessage(page, 'a red fox at dawn');
    await expectFullPicture(pictures(page));
    expect(program.events('generate')).toMatchObject([{ prompt: 'a red fox at dawn', steps: 4 }]);
    expect(
      rows("SELECT provider, model, width, height FROM messages WHERE kind = 'image' AND status = 'ready'"),
    ).toMatchObject([{ provider: 'engine', model: 'test-model', width: 320, height: 192 }]);
  });

  await test.step('Stop ends its work', async () => {
    program.set({ hold: true });
    await sendMessage(page, 'a blue fox at dawn');
    await expect.poll(() => program.events('generate')).toHaveLength(2);
    const held = pictures(page).last();
    await expect(held.getByText('Finishing…')).toBeVisible();
    await expect(held.getByRole('progressbar')).toHaveAttribute('aria-valuetext', 'Finishing…');
    await held.getByRole('button', { name: 'Stop' }).click();
    await expect(held).toContainText('Stopped.');
    // It cannot stop a picture, so it is ended, and the next one starts another.
    await expect.poll(() => program.alive()).toEqual([]);
  });

  await test.step('killed during a picture, the app leaves no server', async () => {
    await sendMessage(page, 'a green fox at dawn');
    await expect.poll(() => program.events('generate')).toHaveLength(3);
    const servers = program.alive();
    expect(servers).toHaveLength(1);
    first.electron.process().kill('SIGKILL');
    await expect.poll(() => servers.filter(isAlive)).toEqual([]);
    await first.kill();
  });

  await test.step('the next start makes the picture, and quitting leaves no process', async () => {
    program.set({});
    const second = await start({ env: program.env });
    await expectFullPicture(pictures(second.page).last());
    const server = program.alive();
    expect(server).toHaveLength(1);
    await second.electron.close();
    await expect.poll(() => server.filter(isAlive)).toEqual([]);
  });
});
