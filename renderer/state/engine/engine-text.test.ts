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
} from './engine-text';
import { download, offer, status } from './test-status';

test.each([
  [0.2, 'about 1 s'],
  [7.4, 'about 7 s'],
  [42, 'about 40 s'],
  [87, 'about 85 s'],
  [89, 'about 1 min'],
  [725, 'about 12 min'],
  [5399, 'about 2 h'],
  [9 * 3600, 'about 9 h'],
])('%d seconds are %s', (seconds, text) => {
  expect(aboutTime(seconds)).toBe(text);
});

describe('an offer', () => {
  test('says in one sentence what comes, from where, how large, for which time, and that the internet is needed once', () => {
    expect(offerSentence(offer(), false)).toBe(
      'Downloads Z-Image-Turbo and the engine that runs it (6.5 GB) from github.com and huggingface.co, needs the internet only for that, and then makes a picture on this computer in about 40 s.',
    );
  });

  test('names only the model where the engine is here', () => {
    const text = offerSentence(offer({ hosts: ['huggingface.co'] }), true);
    expect(text).toContain('Downloads Z-Image-Turbo (6.5 GB) from huggingface.co, needs');
  });

  test('that runs well needs no warning', () => {
    expect(offerWarning(offer())).toBeNull();
  });

  test('that is slow or does not fit says so before the download', () => {
    const slow = offer({ suitability: 'slow', secondsPerPicture: 725 });
    expect(offerWarning(slow)).toContain('a picture takes about 12 min');
    expect(offerSummary(slow)).toBe(
      'Z-Image-Turbo: 6.5 GB to download once, slow here, about 12 min a picture.',
    );
    expect(offerFacts(slow)).toBe('6.5 GB · slow here, about 12 min');
    expect(offerWarning(offer({ suitability: 'no' }))).toContain('more memory');
    expect(offerFacts(offer({ suitability: 'no' }))).toBe('6.5 GB · needs more memory');
  });
});

describe('a download', () => {
  test('shows its amount, rate and time left', () => {
    expect(downloadFacts(download())).toBe('2.7 GB of 6.5 GB · 12.4 MB/s · about 5 min left');
    expect(downloadAmount(download())).toBe('42%');
  });

  test('shows no rate while it is unknown, and none when nothing is transferred', () => {
    expect(downloadFacts(download({ bytesPerSecond: null, secondsLeft: null }))).toBe('2.7 GB of 6.5 GB');
    expect(downloadFacts(download({ state: 'paused' }))).toBe('2.7 GB of 6.5 GB');
  });

  test('of unknown size shows what is here', () => {
    const unknown = download({ totalBytes: 0, receivedBytes: 12_000_000, secondsLeft: null });
    expect(downloadFacts(unknown)).toBe('12.0 MB · 12.4 MB/s');
    expect(downloadAmount(unknown)).toBe('12.0 MB');
    expect(downloadValueText(unknown)).toBe('12.0 MB');
  });

  test('is spoken without its rate, and with its state if it does not run', () => {
    expect(downloadValueText(download())).toBe('42%, about 5 min left');
    expect(downloadValueText(download({ state: 'paused' }))).toBe('42%, paused');
  });

  test('has a title for each state', () => {
    const states = ['waiting', 'downloading', 'checking', 'unpacking', 'paused', 'failed'] as const;
    const titles = states.map((state) => downloadTitle(download({ state })));
    expect(new Set(titles).size).toBe(states.length);
  });
});

test('a computer is described by its cores, its memory and its graphics card', () => {
  const { machine } = status();
  expect(machineText(machine)).toBe('8 cores, 16.0 GB of memory, NVIDIA RTX 3060 with 12.0 GB');
  expect(machineText({ ...machine, cores: 1, graphics: null })).toBe('1 core, 16.0 GB of memory');
});
