import { describe, expect, test } from 'vitest';
import { createPictureFilter, takeOutLinked } from './take-out-pictures';

const png = `data:image/png;base64,${'iVBORw0KGgo='.repeat(3)}`;

/** Feeds a text in pieces of the given length. */
function filtered(text: string, length: number) {
  const found = { text: '', pieces: [] as string[], pictures: [] as string[], unfinished: 0 };
  const filter = createPictureFilter(
    (more) => {
      found.text += more;
      found.pieces.push(more);
    },
    (url) => void found.pictures.push(url),
    () => {
      found.unfinished += 1;
    },
  );
  for (let start = 0; start < text.length; start += length) filter.push(text.slice(start, start + length));
  filter.end();
  return found;
}

describe.each([1, 2, 7, 1000])('in pieces of %i characters', (length) => {
  test.each([
    ['in Markdown', `Here: ![a fox](${png}) and more.`, 'Here:  and more.', [png]],
    ['in Markdown, with a title', `![a](${png} "A fox")!`, '!', [png]],
    ['in Markdown, in angle brackets', `![a](<${png}>).`, '.', [png]],
    ['two of them', `![](${png})\n![](${png}x)`, '\n', [png, `${png}x`]],
    ['alone', png, '', [png]],
    ['among words', `See ${png} there`, 'See  there', [png]],
    ['in quotes', `"${png}"`, '""', [png]],
    ['in upper case', `![A](DATA:IMAGE/png;base64,AAAA)`, '', ['DATA:IMAGE/png;base64,AAAA']],
  ])('removes a picture %s', (_where, text, rest, pictures) => {
    expect(filtered(text, length)).toMatchObject({ text: rest, pictures, unfinished: 0 });
  });

  test.each([
    'Hello! How are you? Good and bad.',
    'A link ![a fox](https://example.com/fox.png) stays.',
    '!!! [not a picture](data:text/plain,hello) ![',
    'metadata:image/png is no picture, nor is data:imag',
    'A list: a![0] = b![1](c)',
    'Ends with an exclamation mark!',
  ])('keeps %j unchanged', (text) => {
    expect(filtered(text, length)).toMatchObject({ text, pictures: [], unfinished: 0 });
  });

  test('reports an unfinished picture in Markdown, and does not pass it on as text', () => {
    expect(filtered(`So ![a](${png}`, length)).toMatchObject({ text: 'So ', pictures: [], unfinished: 1 });
  });
});

test('passes on ordinary text as it arrives', () => {
  expect(filtered('Good morning', 4).pieces).toEqual(['Good', ' mor', 'ning']);
});

describe('pictures that a text links to', () => {
  const base = 'http://127.0.0.1:8080/v1';

  test('are removed if they are on the service’s own server, in order', () => {
    const text = 'One: ![a](/files/1.png)\n![b](http://127.0.0.1:8080/2.png "Two") end';
    expect(takeOutLinked(text, base)).toEqual({
      text: 'One: \n end',
      addresses: ['/files/1.png', 'http://127.0.0.1:8080/2.png'],
    });
  });

  test.each([
    'https://evil.example/?q=secret',
    'http://127.0.0.1:9999/1.png',
    '//evil.example/1.png',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'http://',
  ])('stay links if their address is %s', (address) => {
    const text = `![a](${address})`;
    expect(takeOutLinked(text, base)).toEqual({ text, addresses: [] });
  });
});
