import { setImmediate as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { everyPicture } from '../../../../shared/domain/gallery-query';
import { labelOfModel } from '../../../../shared/domain/model-lookup';
import { indexSearchWords } from '../../gallery/index-search-words';
import { temporaryFolder } from '../../test-support/temporary-folder';
import { migrations } from '../migrations';
import { nativeBinding } from '../native-binding';
import { openStore } from '../open';
import { openPlain } from '../test-database';
import { fillOlder } from '../test-older-database';

const before = migrations.findIndex((sql) => sql.includes('CREATE TABLE search_sources'));
const rows = 150;
const model = 'gemini-3-pro-image';

test('finds the pictures of an older database by the names of now, and those that only a list had', async () => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = `${folder}/afterimage.db`;
  const old = openPlain(file);
  fillOlder(old, before, rows);
  old.exec(`UPDATE user_images SET provider = 'own', model = 'house-7' WHERE rowid % 3 = 0;
    INSERT INTO search_names VALUES ('own', 'house-7', 'Grebe', ''), ('google', '${model}', 'An old name', 'Google');
    INSERT INTO picture_words (rowid, prompt, model, provider)
      SELECT r.id, prompt, model || ' coot', provider FROM user_images JOIN search_rows r USING (order_key);
    INSERT INTO picture_parts (rowid, parts)
      SELECT r.id, '^coot coot oot' FROM user_images JOIN search_rows r USING (order_key);
    DELETE FROM search_queue;`);
  old.close();

  const store = openStore({ file, nativeBinding: nativeBinding(process.cwd()) });
  onTestFinished(() => store.close());
  const count = (text: string) => store.galleryFacets.count({ ...everyPicture, text });
  expect([store.searchIndex.unindexed(), count('coot')]).toEqual([rows, 0]);
  await indexSearchWords({ store, signal: new AbortController().signal, pause });
  const shown = count('');
  const label = labelOfModel(model, 'google');
  expect(label).not.toBe(model);
  expect(count('grebe')).toBeGreaterThan(0);
  expect([count('coot'), count('old name'), count(`"${label}"`)]).toEqual([0, 0, shown - count('grebe')]);
  expect(store.check('full')).toEqual([]);
});
