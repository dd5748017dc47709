// Chromium's own rendering of every picture of the corpus, which the codec follows (tests/pixels/codec.test.ts).
import { buildCorpus } from '../pixels/corpus';
import { differenceOf, type Expected, matrixOf } from '../pixels/expected';
import { oddFiles } from '../pixels/odd-files';
import { expect, test } from './fixture';

test('Chromium shows size, turn, colours and alpha as the table says', async ({ start }) => {
  const { electron } = await start();
  const corpus = [...(await buildCorpus()), ...(await oddFiles())];
  const types = {
    png: 'image/png',
    jpg: 'image/jpeg',
    webp: 'image/webp',
    avif: 'image/avif',
    gif: 'image/gif',
  };
  const addresses = corpus.map(
    ({ extension, bytes }) => `data:${types[extension]};base64,${bytes.toString('base64')}`,
  );
  // The app's own page may not read the pixels of pictures, so a page without a policy does.
  const found = await electron.evaluate(async ({ BrowserWindow }, list) => {
    const window = new BrowserWindow({ show: false, webPreferences: { partition: 'pixels' } });
    await window.loadURL('data:text/html,');
    const read = `(async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      const { naturalWidth: width, naturalHeight: height } = image;
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const pen = canvas.getContext('2d');
      pen.drawImage(image, 0, 0);
      const at = (x, y) => [...pen.getImageData((x * width) >> 2, (y * height) >> 2, 1, 1).data];
      return { width, height, quarters: [at(1, 1), at(3, 1), at(1, 3), at(3, 3)] };
    })`;
    const results: unknown[] = [];
    for (const address of list) {
      results.push(await window.webContents.executeJavaScript(`${read}(${JSON.stringify(address)})`));
    }
    window.destroy();
    return JSON.stringify(results);
  }, addresses);
  const shown: Expected[] = JSON.parse(found);
  const results = corpus.map((file, index) => ({
    ...file,
    difference: shown[index] ? differenceOf(shown[index], file.expected) : 'not shown',
  }));
  console.info(matrixOf(results));
  const wrong = results.filter(({ difference }) => difference !== null);
  expect(
    wrong.map(({ extension, kind, orientation, colours, difference }) => [
      extension,
      kind,
      orientation,
      colours,
      difference,
    ]),
  ).toEqual([]);
});
