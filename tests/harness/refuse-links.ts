// A preloaded library that refuses symbolic links in one folder, as exFAT does.
import { execFileSync } from 'node:child_process';
import { realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const source = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
int symlink(const char *target, const char *link) {
  const char *folder = getenv("TEST_REFUSE_LINKS_IN");
  if (folder && strncmp(link, folder, strlen(folder)) == 0) { errno = EPERM; return -1; }
  return ((int (*)(const char *, const char *))dlsym(RTLD_NEXT, "symlink"))(target, link);
}
`;

/**
 * Writes the library into `folder`.
 *
 * @returns the environment for a process that cannot create symbolic links in `folder`; null without a C compiler.
 */
export function refuseLinksIn(folder: string): Record<string, string> | null {
  const library = path.join(folder, 'refuse-links.so');
  const sourceFile = path.join(folder, 'refuse-links.c');
  writeFileSync(sourceFile, source);
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-o', library, sourceFile, '-ldl'], {
      stdio: 'pipe',
    });
  } catch {
    return null;
  }
  return { LD_PRELOAD: library, TEST_REFUSE_LINKS_IN: realpathSync(folder) };
}
