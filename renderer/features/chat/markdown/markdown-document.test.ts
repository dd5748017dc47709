// Tests the property that each prefix of any text can be shown, and that the final result equals parsing the whole text once.
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, describe, expect, test } from 'vitest';
import { Markdown } from './Markdown';
import { createMarkdownParser, type MarkdownDocument } from './markdown-document';

const answers: Record<string, string> = {
  'every kind of block': `# Title

First
paragraph

- one

  more of one
- two

1. a

2. b

\`\`\`ts
const a = 1;

const b = 2;
\`\`\`

> quote

| a | b |
| - | -: |
| 1 | 2 |

Last`,
  'nested lists with fences':
    'Steps:\n\n1. Install\n\n   ```sh\n   npm ci\n\n   npm start\n   ```\n\n   - nested\n     ~~~\n     a\n\n\n     b\n     ~~~\n2. Run\n10. Rest\n\n* other\n* list\n\n- third\n\n+ fourth\n',
  'a quote with a fence': '> said:\n> ```\n> a *b\n>\n> c\n> ```\n> > deeper\n> lazy\n\nafter',
  'html comments':
    'a\n\n<!-- not\n\nshown -->\n\n- b\n\n<!-- -->\n\n- c\n\n<div>\n*raw*\n</div>\n\nz <b>inline</b>',
  'setext headings': 'Title\n=====\n\nSub\n---\ntext\n\n---\n\n- item\n---\nend\n',
  'footnotes before their definitions':
    'A claim[^1] and another[^long note].\n\n- item[^1]\n\n[^1]: First.\n\n    with `code`\n\n        deep\n[^long note]: Second, see [^1].\n[^unused]: Third.\n\n    indented code after\n',
  'definitions at the end':
    'See [the docs][docs], [Home], ![alt][pic] and [nothing][x].\n\n1. [docs][]\n2. `[docs]`\n\n## [Home]\n\n[docs]: https://example.org/docs "Title"\n[HOME]: <https://example.org/>\n[pic]: pic.png\n[docs]: https://example.org/other\n',
  'tilde fences': '~~~~md\n~~~\ninner\n~~~\n\n```\n~~~~\ntext ~gone~ ~~gone~~\n\n~~~\nopen to the end\n\n\n',
  'windows line ends':
    '# A\r\n\r\n- a\r\n- b\r\n\r\n```\r\ncode\r\n\r\nmore\r\n```\r\n\r\n| a |\r\n| - |\r\n| b |\r\n\r\nend\r\n',
  'emoji and right-to-left': '🦊 **שלום עולם** 👩‍👩‍👧\n\n- مرحبا *بالعالم*\n- 🏳️‍🌈 `كود`\n\n> ציטוט\n',
  formulas:
    'Euler: \\(e^{i\\pi}*2*=-1\\).\n\n\\[\na_1 * b_2 \\\\ [x](y)\n\\]\n\nand \\* is escaped, \\[ is alone',
  'tables beside text':
    'text\n| a | b |\n|---|---|\n| 1 | `x|y` |\nnot a row\n\n| a |\n| - | - |\n\n|x|\n|-|',
  tasks: '- [ ] open\n- [x] done\n\n  more\n- [ ]\n- plain\n',
  'code that is indented': 'a\n\n    code\n\n    more\n\nb\n\n\tcode\n',
  'empty items and changing markers': '-\n- a\n\n*\n\n  b\n1)\n2) c\n\n1. d\n1986. e\n***\n* * *\n**bold**\n',
  'marks without a partner': '**a *b ~~c `d [e ![f __g\n\n* *h\n\n***i***j\n\n`` k ` l\n\n\\',
  'code right after code': '```a\n1\n```\n```b\n2\n``` x\n```\n````\n3\n```\n````\n# h\n```\n',
};

const markup = (text: string, isArriving = false) =>
  renderToStaticMarkup(createElement(Markdown, { text, isArriving }));

/** Returns the shown content, without offsets and positions. */
function shown({ units, definitions, footnotes }: MarkdownDocument): string {
  const all = {
    units: units.map(({ node, isApart, source }) => ({ node, isApart, source: node ? '' : source })),
  };
  return JSON.stringify({ ...all, definitions: [...definitions], footnotes: [...footnotes] }, (key, value) =>
    key === 'position' ? undefined : value,
  );
}

describe.each(Object.entries(answers))('%s', (_name, text) => {
  /** Results by prefix, because each is needed for several sizes of pieces. */
  const atOnce = new Map<string, string>();
  afterAll(() => atOnce.clear());

  function shownAtOnce(prefix: string): string {
    const known = atOnce.get(prefix) ?? shown(createMarkdownParser()(prefix, false));
    atOnce.set(prefix, known);
    return known;
  }

  test.each([1, 2, 3, 7, 40])('streamed in pieces of %i, shows the same as parsed at once', (step) => {
    const parse = createMarkdownParser();
    for (let length = 0; length < text.length; length += step) {
      const prefix = text.slice(0, length);
      parse(prefix, true);
      expect(shown(parse(prefix, false))).toBe(shownAtOnce(prefix));
    }
    expect(shown(parse(text, false))).toBe(shownAtOnce(text));
  });

  test('each prefix is rendered', () => {
    for (let length = 0; length <= text.length; length += 1) {
      expect(() => markup(text.slice(0, length), true)).not.toThrow();
    }
  });
});

test('random pieces of all answers show the same as parsed at once', () => {
  const random = seeded(7);
  const lines = Object.values(answers).flatMap((text) => text.split('\n'));
  for (let round = 0; round < 150; round += 1) {
    const text = Array.from({ length: 12 }, () => lines[Math.floor(random() * lines.length)]).join('\n');
    const parse = createMarkdownParser();
    for (let length = 0; length < text.length; length += 1 + Math.floor(random() * 9))
      parse(text.slice(0, length), true);
    expect(shown(parse(text, false)), JSON.stringify(text)).toBe(shown(createMarkdownParser()(text, false)));
  }
});

test('complete units keep their identity while the text grows', () => {
  const text = answers['every kind of block'] ?? '';
  const parse = createMarkdownParser();
  const early = parse(text.slice(0, 80), true).units.slice(0, 3);
  const late = parse(text, true).units;
  expect(early).toHaveLength(3);
  for (const [index, unit] of early.entries()) expect(late[index]).toBe(unit);
});

test('links to definitions that arrive later are resolved', () => {
  const html = markup(answers['definitions at the end'] ?? '');
  expect(html).toContain('<a href="https://example.org/docs" title="https://example.org/docs">the docs</a>');
  expect(html).toContain('<a href="https://example.org/" title="https://example.org/">Home</a>');
  expect(html).toContain('[nothing][x]');
});

test('footnotes are numbered by their first reference, and none is lost', () => {
  const html = markup('One[^b], two[^a].\n\n[^a]: Alpha\n[^b]: Beta\n[^c]: Gamma');
  expect(html.match(/aria-label="Footnote \d"/g)).toEqual([
    'aria-label="Footnote 1"',
    'aria-label="Footnote 2"',
  ]);
  expect(html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')).toContain('Beta Alpha Gamma');
});

test('formulas keep their backslashes and are not Markdown', () => {
  const html = markup(answers['formulas'] ?? '');
  expect(html).toContain('\\(e^{i\\pi}*2*=-1\\)');
  expect(html).toContain('a_1 * b_2 \\\\ [x](y)\n\\]');
  expect(html).toContain('and * is escaped, \\[ is alone');
});

test('fences indented in lists are code', () => {
  const html = markup('1. Run\n\n   ```sh\n   npm ci\n   ```\n');
  expect(html).toContain('<code>npm ci\n</code>');
  expect(html).not.toContain('```');
});

test('neither raw HTML nor addresses that are not for browsers become elements', () => {
  const html = markup(
    '<img src=x onerror=alert(1)>\n\n[a](javascript:alert(1)) ![b](https://example.org/c.png)',
  );
  expect(html).not.toMatch(/<img|javascript:|c\.png/);
  expect(html).toContain('&lt;img');
});

test('deeply nested Markdown is rendered without an overflow', () => {
  const text = `${'*a **b '.repeat(1200)}c${'** *'.repeat(1200)}\n\n${'> '.repeat(49)}a`;
  expect(() => markup(text)).not.toThrow();
  expect(() => markup(text, true)).not.toThrow();
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
