// Runs other programs: in the background with their output captured, or in the foreground.

import { spawn } from 'node:child_process';
import { accessSync, constants as fileConstants } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { projectRoot } from './paths.mjs';

/**
 * Runs a program and captures its output.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { timeoutMs?: number, onStart?: (pid: number) => void }} [options]
 * @returns {Promise<{ ok: boolean, stdout: string, output: string }>} `output` is stdout and stderr in order.
 *   If the program cannot be started or is ended by a signal, `ok` is false and `output` contains the reason.
 */
export function capture(command, args, { timeoutMs, onStart, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs, ...options });
    if (child.pid) onStart?.(child.pid);
    let stdout = '';
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      output += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => {
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
 * Runs a program in the foreground. Forwards signals that ask this process to stop, and exits when the program has
 * exited because of one.
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
      // A terminal sends Ctrl+C to the program as well; a second SIGINT would interrupt its cleanup.
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
      const exitCode = code ?? (signal ? 128 + constants.signals[signal] : 1);
      if (stopping) process.exit(exitCode);
      resolve(exitCode);
    });
  });
}

/**
 * Returns the command line that runs npm. Under `npm start` it is the npm that is already running.
 * @param {string[]} args
 * @returns {[string, string[], { shell: boolean }]}
 */
export function npmCommand(args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('npm-cli.js')) return [process.execPath, [cli, ...args], { shell: false }];
  return ['npm', args, { shell: process.platform === 'win32' }];
}

/**
 * Returns whether a program is on the PATH and executable (Linux and macOS).
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
