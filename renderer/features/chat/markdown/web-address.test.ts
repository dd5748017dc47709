import { expect, test } from 'vitest';
import { webAddress } from './web-address';

test.each([
  ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
  ['HTTP://Example.org', 'http://example.org/'],
])('%s is a web address', (href, address) => {
  expect(webAddress(href)).toBe(address);
});

test.each([
  'C:\\Windows\\System32\\calc.exe',
  'c:/Windows/System32/calc.exe',
  'file:///C:/Windows/System32/calc.exe',
  '\\\\server\\share\\a.exe',
  '//server/share/a.exe',
  'ms-settings:privacy',
  'search-ms:query=a',
  'javascript:alert(1)',
  'afterimage://app/index.html',
  'a.html',
  '',
  undefined,
])('%s is not a web address', (href) => {
  expect(webAddress(href)).toBeNull();
});
