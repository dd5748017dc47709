import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { late } from './late';

test('shows nothing until its code is loaded, and then the component', async () => {
  let loads = 0;
  const Greeting = late(async () => {
    loads += 1;
    return ({ name }: { name: string }) => createElement('p', null, name);
  });
  const render = () => renderToStaticMarkup(createElement(Greeting, { name: 'fox' }));
  expect(render()).toBe('');
  await Promise.all([Greeting.load(), Greeting.load()]);
  expect(render()).toBe('<p>fox</p>');
  expect(loads).toBe(1);
});

test('throws if its code cannot be loaded', async () => {
  const Missing = late<object>(() => Promise.reject(new Error('no such file')));
  await expect(Missing.load()).rejects.toThrow('no such file');
});

test('is loaded by a later use if an earlier one failed', async () => {
  let fails = true;
  const Greeting = late(async () => {
    if (fails) throw new Error('the file cannot be read now');
    return () => createElement('p', null, 'fox');
  });
  await expect(Greeting.load()).rejects.toThrow('cannot be read now');
  fails = false;
  await Greeting.load();
  expect(renderToStaticMarkup(createElement(Greeting))).toBe('<p>fox</p>');
});
