import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findAppImage } from './find-app-image';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'afterimage-appimage-')));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('finds the AppImage whose folder contains the executable, also through a symbolic link', () => {
  const mount = path.join(folder, 'mount');
  mkdirSync(mount);
  symlinkSync(mount, path.join(folder, 'link'));
  const program = path.join(mount, 'afterimage');
  const APPIMAGE = '/home/somebody/Afterimage.AppImage';
  expect(findAppImage({ APPIMAGE, APPDIR: mount }, program)).toBe(APPIMAGE);
  expect(findAppImage({ APPIMAGE, APPDIR: path.join(folder, 'link') }, program)).toBe(APPIMAGE);
});

test('ignores the AppImage of another program', () => {
  const program = '/opt/Afterimage/afterimage';
  const APPIMAGE = '/home/somebody/Terminal.AppImage';
  expect(findAppImage({ APPIMAGE, APPDIR: folder }, program)).toBeNull();
  expect(findAppImage({ APPIMAGE, APPDIR: path.join(folder, 'gone') }, program)).toBeNull();
  expect(findAppImage({ APPIMAGE }, program)).toBeNull();
  expect(findAppImage({}, program)).toBeNull();
});
