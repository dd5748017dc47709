import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { appEnvironment } from './app-environment';

/** The variables that the documentation lists for the app and for its services. */
function documentedVariables(): string[] {
  const [before = ''] = readFileSync('docs/environment.md', 'utf8').split('## Development');
  const cells = before.match(/^\| `[^|]+\|/gm) ?? [];
  return cells.flatMap((cell) => [...cell.matchAll(/`([A-Z0-9_]+)`/g)].map((match) => match[1] ?? ''));
}

test('a variable of the developer that would change the app does not reach it', () => {
  const documented = documentedVariables();
  expect(documented).toContain('OPENAI_API_KEY');
  const language = ['LANG', 'LANGUAGE', 'LC_ALL', 'LC_MESSAGES'];
  const all = [...documented, ...language, 'HTTPS_PROXY', 'http_proxy', 'no_proxy', 'AFTERIMAGE_FAULT_POINT'];
  const base = Object.fromEntries(all.map((name) => [name, 'theirs']));
  // Our scripts set it, because a dialog on a virtual display would stay open.
  expect(appEnvironment(base, '/data')).toEqual({
    LC_ALL: 'C.UTF-8',
    AFTERIMAGE_DATA_DIR: '/data',
    AFTERIMAGE_UNATTENDED: 'theirs',
  });
});

test('other variables reach the app, and those of the test come last', () => {
  const base = { PATH: '/bin', DISPLAY: ':1', HOME: '/root', GEMINI_API_KEY: 'theirs' };
  const changes = { GEMINI_API_KEY: 'ours', HOME: undefined, AFTERIMAGE_LANGUAGE: 'de' };
  expect(appEnvironment(base, '/data', changes)).toEqual({
    PATH: '/bin',
    DISPLAY: ':1',
    LC_ALL: 'C.UTF-8',
    AFTERIMAGE_DATA_DIR: '/data',
    GEMINI_API_KEY: 'ours',
    AFTERIMAGE_LANGUAGE: 'de',
  });
});
