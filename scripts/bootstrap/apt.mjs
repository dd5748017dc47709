// Installs Debian packages as root; otherwise reports the command to type.

import { existsSync, readFileSync } from 'node:fs';
import { capture, hasCommand } from '../lib/commands.mjs';
import { longStep, SetupError } from '../lib/report.mjs';

const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };

/**
 * Installs Debian packages, or, if this is not root, throws a SetupError with the command that does.
 * @param {string[][]} wanted one entry per package: its possible names, the newest release's first
 * @param {string} purpose what they are for, such as `shared libraries for Electron`
 */
export async function installPackages(wanted, purpose) {
  if (!hasCommand('apt-get')) {
    const names = wanted.map((candidates) => candidates.at(-1)).join(', ');
    throw new SetupError(
      `Missing: ${purpose}. Install what these Debian packages hold, then try again: ${names}`,
    );
  }
  if (process.getuid?.() !== 0) throw new SetupError(typeThisMessage(await chooseNames(wanted), purpose));
  await longStep(`Installing ${purpose} with apt-get`, async () => {
    await apt(['update']);
    await apt(['install', '--yes', '--no-install-recommends', ...(await chooseNames(wanted))]);
  });
}

/**
 * @param {string[]} names
 * @param {string} purpose
 */
export function typeThisMessage(names, purpose) {
  const line = `sudo apt-get update && sudo apt-get install --yes --no-install-recommends ${names.join(' ')}`;
  return `Missing: ${purpose}. Type this line, then try again:\n\n  ${line}`;
}

async function apt(args) {
  const { ok, output } = await capture('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], {
    env: environment,
  });
  if (!ok) throw new SetupError(`apt-get ${args.join(' ')} failed. It said:\n\n${output.trim()}`);
}

/** Returns the names that this release of Debian or Ubuntu uses. */
async function chooseNames(wanted) {
  const { stdout } = await capture('apt-cache', ['policy', ...wanted.flat()], { env: environment });
  const installable = installableIn(stdout);
  return wanted.map((candidates) => chooseName(candidates, installable, hasRenamedPackages()));
}

/**
 * Picks a package's name on this system.
 * @param {string[]} candidates the newest release's name first
 * @param {Set<string>} installable the names in the package lists; empty if the lists were never fetched
 * @param {boolean} renamed whether this release renamed packages for 64-bit time (`…t64`)
 */
export function chooseName(candidates, installable, renamed) {
  return candidates.find((name) => installable.has(name)) ?? (renamed ? candidates[0] : candidates.at(-1));
}

/**
 * Returns the packages that have an installable version in the output of `apt-cache policy`.
 * @param {string} policy
 */
export function installableIn(policy) {
  const found = [...policy.matchAll(/^(\S+):\n {2}Installed: .*\n {2}Candidate: (.+)$/gm)];
  return new Set(found.filter(([, , candidate]) => candidate !== '(none)').map(([, name]) => name));
}

/** Debian 13 and Ubuntu 24.04 renamed libraries for 64-bit time; every such system has some `…t64` installed. */
function hasRenamedPackages() {
  const status = '/var/lib/dpkg/status';
  return existsSync(status) && /^Package: \S+t64$/m.test(readFileSync(status, 'utf8'));
}
