import { Search } from 'lucide-react';
import { expect, test } from 'vitest';
import { commandIds, commandKeywords, commandName } from '../../../shared/domain/commands';
import type { PaletteGroup, PaletteItem } from './palette-item';
import { rank } from './rank';

function item(name: string, group: PaletteGroup = 'actions', more: Partial<PaletteItem> = {}): PaletteItem {
  return { id: name, group, name, icon: Search, run: () => {}, ...more };
}

const items = [
  ...commandIds.map((id) => item(commandName(id), 'actions', { keywords: commandKeywords(id), id })),
  item('a red fox at dawn', 'chats'),
  item('Лиса на рассвете', 'chats'),
  item('日本の富士山', 'chats'),
  item('Édith à la plage', 'chats'),
  item('100% "_" 🦊', 'chats'),
  item('Nano Banana 2.1', 'models', { id: 'nano', detail: 'Google' }),
  item('Nano Banana 2.1', 'models', { id: 'nano router', detail: 'OpenRouter' }),
  item('Foxes', 'collections'),
  item('Keep Trash for', 'settings'),
  item('This version', 'settings', { keywords: 'settings update release notes licence newer' }),
];

const first = (text: string, recent: readonly string[] = []) => rank(items, text, recent)[0]?.items[0]?.id;
const all = (text: string) => rank(items, text, []).flatMap((section) => section.items.map(({ id }) => id));

test.each([
  ['gal', 'gallery'],
  ['GALLERY', 'gallery'],
  ['galery', 'gallery'],
  ['setings', 'settings'],
  ['nwcht', 'new-chat'],
  ['dark', 'theme-dark'],
  ['preferences', 'settings'],
  ['fox red', 'a red fox at dawn'],
  ['red fx', 'a red fox at dawn'],
  ['лис', 'Лиса на рассвете'],
  ['富士', '日本の富士山'],
  ['edith', 'Édith à la plage'],
  ['🦊', '100% "_" 🦊'],
  ['100%', '100% "_" 🦊'],
  ['banana router', 'nano router'],
  ['keep tr', 'Keep Trash for'],
  ['use this', 'use-this-computer'],
  ['Use This Comp', 'use-this-computer'],
])('%s finds %s first', (text, id) => {
  expect(first(text)).toBe(id);
});

test.each(['zzzz', 'qqq new chat qqq', '\\', '[', '(?=x)'])('%s finds nothing', (text) => {
  expect(all(text)).toEqual([]);
});

test('without a text, recently used entries come first, and all others in their groups', () => {
  const sections = rank(items, '  ', ['about', 'nano', 'gone', 'gallery']);
  expect(sections.map(({ group }) => group)).toEqual([
    'recent',
    'actions',
    'chats',
    'models',
    'collections',
    'settings',
  ]);
  expect(sections[0]?.items.map(({ id }) => id)).toEqual(['about', 'nano', 'gallery']);
  expect(sections.flatMap((section) => section.items)).toHaveLength(items.length);
});

test('of two equal matches, the recently used one comes first', () => {
  expect(first('nano banana')).toBe('nano');
  expect(first('nano banana', ['nano router'])).toBe('nano router');
});

test('a recently used entry does not win over a much better match', () => {
  expect(first('gallery', ['search-pictures', 'Foxes'])).toBe('gallery');
});

test('marks the typed letters', () => {
  const [found] = rank(items, 'gal', [])[0]?.items ?? [];
  expect(found?.parts).toEqual([
    { text: 'Gal', isMatch: true },
    { text: 'lery', isMatch: false },
  ]);
});

test('an entry that matches by keywords shows its whole name unmarked', () => {
  const [found] = rank([item('Settings', 'views', { keywords: 'preferences' })], 'pref', [])[0]?.items ?? [];
  expect(found?.parts).toEqual([{ text: 'Settings', isMatch: false }]);
});

test('two letters that only occur somewhere find nothing', () => {
  const [answer, favourites] = [
    item('Answer from the gallery', 'settings'),
    item('Favourites', 'collections'),
  ];
  expect(
    rank([answer, favourites, item('Import a folder…')], 'fo', [])[0]?.items.map(({ id }) => id),
  ).toEqual(['Import a folder…']);
});

test('finds at most forty entries', () => {
  const many = Array.from({ length: 500 }, (_, at) => item(`fox ${at}`, 'chats'));
  expect(rank(many, 'fox', []).flatMap((section) => section.items)).toHaveLength(40);
});
