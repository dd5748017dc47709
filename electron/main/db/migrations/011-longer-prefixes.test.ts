import { setImmediate as pause } from 'node:timers/promises';
import { v7 as newId } from 'uuid';
import { expect, onTestFinished, test } from 'vitest';
import { everyPicture } from '../../../../shared/domain/gallery-query';
import { indexSearchWords } from '../../gallery/index-search-words';
import { temporaryFolder } from '../../test-support/temporary-folder';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { nativeBinding } from '../native-binding';
import { openStore } from '../open';
import { openPlain } from '../test-database';
import { readGallery } from '../test-gallery';

test('finds pictures of version 10 by longer prefixes too', async () => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = `${folder}/afterimage.db`;
  const database = openPlain(file);
  migrate(database, migrations.slice(0, 10));
  const ids = Array.from({ length: 3 }, () => newId());
  const insert = database.prepare(
    `INSERT INTO user_images (id, file, width, height, bytes, prompt, provider, model, created_at)
     VALUES (?, 'x.png', 3, 2, 1, ?, 'painter', 'painter-1', ?)`,
  );
  ids.forEach((id, at) => void insert.run(id, at === 1 ? 'a whale' : 'an illustration of a fox', at));
  // The app of that version has indexed one of them.
  database.exec(`INSERT INTO picture_words (rowid, prompt, model, provider)
      SELECT order_key, prompt, model, provider FROM user_images WHERE created_at = 0;
    DELETE FROM search_queue WHERE order_key = 0;`);
  database.close();

  const store = openStore({ file, nativeBinding: nativeBinding(process.cwd()) });
  onTestFinished(() => store.close());
  await indexSearchWords({ store, signal: new AbortController().signal, pause });
  const find = (text: string) => readGallery(store, { ...everyPicture, text }).map(({ id }) => id);
  expect(find('illustratio')).toEqual([ids[2], ids[0]]);
  expect(find('illustration')).toEqual([ids[2], ids[0]]);
  expect(find('wh')).toEqual([ids[1]]);
});
