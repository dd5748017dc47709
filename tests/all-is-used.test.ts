// Requests, events and settings are used at both ends. Each end has its own types and tests, which do not show that the other
// end never sends, listens or reads. `scripts/languages` does the same for texts.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { contract, type RequestName } from '../shared/contract';
import { settingsSchema } from '../shared/domain/settings';
import { viewStateSchema } from '../shared/domain/view-state';

type Source = { file: string; text: string };

/** The app's own code under a folder, without its tests. */
function sourcesIn(folder: string): Source[] {
  return readdirSync(path.join(process.cwd(), folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll(path.sep, '/')}`)
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\/test-|\.d\.ts$/.test(file))
    .map((file) => ({ file, text: readFileSync(path.join(process.cwd(), file), 'utf8') }));
}

const renderer = sourcesIn('renderer');
const main = sourcesIn('electron/main');
const app = [...renderer, ...sourcesIn('electron'), ...sourcesIn('shared')];
const allText = (sources: readonly Source[]) => sources.map(({ text }) => text).join('\n');
const [rendererText, mainText] = [allText(renderer), allText(main)];

/**
 * Returns what code reads as one of several texts, such as `picture.recipe_${fact}`, as patterns of whole ids. Without a word
 * before its full stop or colon, a template would be a pattern of every id.
 */
function templatesIn(text: string): RegExp[] {
  return [...text.matchAll(/`((?:[^`\s$]|\$\{[^}`]*\})+)`/g)].flatMap(([, template = '']) => {
    const parts = template.split(/\$\{[^}]*\}/);
    if (!parts.some((part) => /[a-z_]{2,}[.:]/.test(part))) return [];
    const escaped = parts.map((part) => part.replace(/[.*+?^$()|[\]{}\\]/g, '\\$&'));
    return new RegExp(`^${escaped.join('[\\w.-]+')}$`);
  });
}

function isNamedIn(text: string, templates: readonly RegExp[], name: string): boolean {
  const isWhole = text.includes(`'${name}'`) || text.includes(`="${name}"`);
  return isWhole || templates.some((template) => template.test(name));
}

describe('the contract', () => {
  /** Benchmarks and tests measure with it. */
  const forTests: readonly RequestName[] = ['app:ping'];

  test('has no request that the page never sends', () => {
    const templates = templatesIn(rendererText);
    const unsent = Object.keys(contract).filter((name) => !isNamedIn(rendererText, templates, name));
    expect(unsent).toEqual(forTests);
  });

  test('has no event that nobody sends, or to which the page does not listen', () => {
    const declared = sourcesIn('shared/contract').flatMap(({ text }) =>
      [...text.matchAll(/^export type \w+Events = \{([\s\S]*?)^\};/gm)].flatMap(([, body = '']) =>
        [...body.matchAll(/^ {2}'([a-z-]+:[a-z-]+)':/gm)].map(([, name = '']) => name),
      ),
    );
    expect(declared.length).toBeGreaterThan(30);
    expect(declared.filter((name) => !mainText.includes(`'${name}'`))).toEqual([]);
    expect(declared.filter((name) => !rendererText.includes(`on('${name}'`))).toEqual([]);
  });

  test('has no field of a reply or event whose name the page never reads', () => {
    const declared = sourcesIn('shared/contract').flatMap(({ text }) =>
      [...text.matchAll(/^export type \w+ = (\{[\s\S]*?^\}|.*);$/gm)].flatMap(([, body = '']) =>
        [...body.matchAll(/(?:^ +|[{;] )(\w+)\??: /gm)].map(([, name = '']) => name),
      ),
    );
    expect(declared.length).toBeGreaterThan(100);
    const read = new Set(rendererText.match(/\w+/g));
    expect(declared.filter((name) => !read.has(name))).toEqual([]);
  });
});

describe('settings', () => {
  test.each([
    ['settings', settingsSchema.shape, ['shared/domain/settings.ts']],
    ['the state of the interface', viewStateSchema.shape, ['shared/domain/view-state.ts']],
  ])('has an effect, and can be set: %s', (_, shape, own) => {
    const others = app.filter(({ file }) => !own.includes(file));
    const unread = Object.keys(shape).filter((name) => {
      const users = others.filter(({ text }) => new RegExp(`\\b${name}\\b`).test(text));
      return users.length === 0 || !users.some(({ file }) => file.startsWith('renderer/'));
    });
    expect(unread).toEqual([]);
  });
});

test('only one function writes texts to the clipboard, and reports a failure', () => {
  const users = renderer.filter(({ text }) => text.includes('navigator.clipboard'));
  expect(users.map(({ file }) => file)).toEqual(['renderer/ui/clipboard.ts']);
});
