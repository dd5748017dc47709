// Running other programs: quietly with their output kept, or in the foreground as if the user had typed them.

import { spawn } from 'node:child_process';
import { accessSync, constants as fileConstants } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { projectRoot } from './paths.mjs';

/**
 * Runs a program and keeps what it prints.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { timeoutMs?: number, onStart?: (pid: number) => void }} [options]
 * @returns {Promise<{ ok: boolean, stdout: string, output: string }>} `output` is stdout and stderr as they came;
 *   a program that cannot be started or that a signal ends is `ok: false` with the reason in `output`
 */
export function capture(command, args, { timeoutMs, onStart, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs, ...options });
    if (child.pid) onStart?.(child.pid);
    let stdout = '';
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.on('error', (error) => resolve({ ok: false, stdout, output: output + error.message }));
    child.on('close', (code, signal) => {
      const ending = signal ? `${command} was ended by ${signal}` : '';
      resolve({ ok: code === 0, stdout, output: output + ending });
    });
  });
}

/**
 * Runs a program in the foreground. A signal that asks this process to stop goes on to the program; once that has
 * ended this process ends too, whatever else it would have done.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit code (128 and the signal's number when a signal ended it)
 */
export function runInForeground(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', cwd: projectRoot, ...options });
    let stopping = false;
    const forward = (signal) => {
      stopping = true;
      // A terminal's Ctrl+C has reached the program too; a second one would cut its tidying up short.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    const release = () => {
      for (const signal of signals) process.off(signal, forward);
    };
    child.on('error', (error) => {
      release();
      reject(error);
    });
    child.on('close', (code, signal) => {
      release();
      const exitCode = code ?? 128 + constants.signals[signal];
      if (stopping) process.exit(exitCode);
      resolve(exitCode);
    });
  });
}

/**
 * The command line that runs npm. Under `npm start` it is the very npm that is running.
 * @param {string[]} args
 * @returns {[string, string[], { shell: boolean }]}
 */
export function npmCommand(args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('npm-cli.js')) return [process.execPath, [cli, ...args], { shell: false }];
  return ['npm', args, { shell: process.platform === 'win32' }];
}

/**
 * Whether a program can be found and run (Linux and macOS).
 * @param {string} name
 */
export function hasCommand(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), fileConstants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
