import { describe, expect, test } from 'vitest';
import {
  aboutTime,
  downloadAmount,
  downloadFacts,
  downloadTitle,
  downloadValueText,
  machineText,
  offerFacts,
  offerSentence,
  offerSummary,
  offerWarning,
  stepsText,
} from './engine-text';
import { download, offer } from './test-status';

test.each([
  [0.2, 'about 1\u00a0s'],
  [7.4, 'about 7\u00a0s'],
  [42, 'about 40\u00a0s'],
  [87, 'about 85\u00a0s'],
  [89, 'about 1\u00a0min'],
  [725, 'about 12\u00a0min'],
  [5399, 'about 2\u00a0h'],
  [9 * 3600, 'about 9\u00a0h'],
])('%d seconds are %s', (seconds, text) => {
  expect(aboutTime(seconds)).toBe(text);
});

describe('an offer', () => {
  test('describes content, source, size, time, and the need for the internet in one sentence', () => {
    expect(offerSentence(offer())).toBe(
      'Downloads Z-Image-Turbo and the engine that runs it (6.5\u00a0GB) from github.com and huggingface.co, needs the internet only for that, and then makes a picture on this computer in about 40\u00a0s.',
    );
  });

  test('mentions only the model if the engine is installed', () => {
    const text = offerSentence(offer({ hosts: ['huggingface.co'], bringsEngine: false }));
    expect(text).toContain('Downloads Z-Image-Turbo (6.5\u00a0GB) from huggingface.co, needs');
  });

  test('that runs well needs no warning', () => {
    expect(offerWarning(offer())).toBeNull();
  });

  test('that is slow or does not fit has a warning before the download', () => {
    const slow = offer({ suitability: 'slow', secondsPerPicture: 725 });
    expect(offerWarning(slow)).toContain('a picture takes about 12\u00a0min');
    expect(offerSummary(slow)).toBe(
      'Downloads 6.5\u00a0GB once, then slow here: about 12\u00a0min a picture.',
    );
    expect(offerFacts(slow)).toEqual({ size: '6.5\u00a0GB', speed: 'slow here, about 12\u00a0min' });
    expect(offerWarning(offer({ suitability: 'no' }))).toContain('more memory');
    expect(offerFacts(offer({ suitability: 'no' })).speed).toBe('needs more memory');
  });
});

test('the steps of a picture include the remaining time, and the last one the decoding', () => {
  expect(stepsText({ done: 3, total: 20, secondsLeft: 42 })).toBe('Step 3 of 20 · about 40\u00a0s left');
  expect(stepsText({ done: 3, total: 20, secondsLeft: 0 })).toBe('Step 3 of 20');
  expect(stepsText({ done: 20, total: 20, secondsLeft: 0 })).toBe('Finishing…');
});

describe('a download', () => {
  test('shows its amount, rate and time left', () => {
    expect(downloadFacts(download())).toBe(
      '2.7\u00a0GB of 6.5\u00a0GB · 12.4\u00a0MB/s · about 5\u00a0min left',
    );
    expect(downloadAmount(download())).toBe('42%');
  });

  test('shows no rate while it is unknown, and none when nothing is transferred', () => {
    expect(downloadFacts(download({ bytesPerSecond: null, secondsLeft: null }))).toBe(
      '2.7\u00a0GB of 6.5\u00a0GB',
    );
    expect(downloadFacts(download({ state: 'paused' }))).toBe('2.7\u00a0GB of 6.5\u00a0GB');
  });

  test('of unknown size shows the received bytes', () => {
    const unknown = download({ totalBytes: 0, receivedBytes: 12_000_000, secondsLeft: null });
    expect(downloadFacts(unknown)).toBe('12.0\u00a0MB · 12.4\u00a0MB/s');
    expect(downloadAmount(unknown)).toBe('12.0\u00a0MB');
    expect(downloadValueText(unknown)).toBe('12.0\u00a0MB');
  });

  test('is described to screen readers without its rate, and with its state if it is not running', () => {
    expect(downloadValueText(download())).toBe('42%, about 5\u00a0min left');
    expect(downloadValueText(download({ state: 'paused' }))).toBe('42%, paused');
  });

  test('has a title for each state', () => {
    const states = ['waiting', 'downloading', 'checking', 'unpacking', 'paused', 'failed'] as const;
    const titles = states.map((state) => downloadTitle(download({ state })));
    expect(new Set(titles).size).toBe(states.length);
  });
});

test('a computer is described by its cores, its memory and its graphics card, in units of 1024', () => {
  const machine = { cores: 8, memoryBytes: 16_600_000_000, graphics: null };
  const graphics = { name: 'NVIDIA RTX 3060', memoryBytes: 12 * 1024 ** 3 };
  expect(machineText({ ...machine, graphics })).toBe(
    '8 cores, 15.5\u00a0GB of memory, NVIDIA RTX 3060 with 12\u00a0GB',
  );
  expect(machineText({ ...machine, graphics: { ...graphics, memoryBytes: null } })).toContain(
    ', NVIDIA RTX 3060',
  );
  expect(machineText({ ...machine, cores: 1 })).toBe('1 core, 15.5\u00a0GB of memory');
});
