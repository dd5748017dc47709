// What the interface says about the engine on this computer, in words.
import type { EngineDownload, EngineOffer, EngineStatus, Machine } from '../../../shared/domain/engine';
import { formatBytes, formatCount, formatNumber, formatPercent } from '../../ui/format';

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** Formats an estimate of seconds as "about 40 s", "about 12 min" or "about 2 h". It is no more exact than that. */
export function aboutTime(seconds: number): string {
  if (seconds < 10) return about(Math.max(1, Math.round(seconds)), 's');
  if (seconds < 87.5) return about(Math.round(seconds / 5) * 5, 's');
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? about(minutes, 'min') : about(Math.round(minutes / 60), 'h');
}

/** No line breaks between a number and its unit. */
function about(count: number, unit: string): string {
  return `about ${formatNumber(count)}\u00a0${unit}`;
}

/** Says what a download brings, from where, how large it is, what follows, and that it needs the internet once. */
export function offerSentence(offer: EngineOffer, hasEngine: boolean): string {
  const { label, downloadBytes, hosts, secondsPerPicture } = offer;
  const what = hasEngine ? label : `${label} and the engine that runs it`;
  const source = hosts.length > 0 ? ` from ${list.format(hosts)}` : '';
  return `Downloads ${what} (${formatBytes(downloadBytes)})${source}, needs the internet only for that, and then makes a picture on this computer in ${aboutTime(secondsPerPicture)}.`;
}

/** Says in a few words what the user gets, beside the button "Use this computer". */
export function offerSummary(offer: EngineOffer): string {
  const { downloadBytes, secondsPerPicture, suitability } = offer;
  const time = `${aboutTime(secondsPerPicture)} a picture`;
  return `Downloads ${formatBytes(downloadBytes)} once, then ${suitability === 'slow' ? `slow here: ${time}` : time}.`;
}

/** Warns of a model that will not run well; null if it will. */
export function offerWarning({ suitability, secondsPerPicture }: EngineOffer): string | null {
  switch (suitability) {
    case 'good':
      return null;
    case 'slow':
      return `This is slow on this computer: a picture takes ${aboutTime(secondsPerPicture)}.`;
    case 'no':
      return 'This model needs more memory than this computer has. Choose another one.';
  }
}

/** Returns what a row of the list of models adds to its name: its size, and how it runs here. */
export function offerFacts(offer: EngineOffer): { size: string; speed: string } {
  const { downloadBytes, secondsPerPicture, suitability, isInstalled } = offer;
  const time = aboutTime(secondsPerPicture);
  const speeds = { good: time, slow: `slow here, ${time}`, no: 'needs more memory' };
  return { size: isInstalled ? 'On this computer' : formatBytes(downloadBytes), speed: speeds[suitability] };
}

/** Returns how much of a download is here, from 0 to 1; null while its size is unknown. */
export function fractionOf({ receivedBytes, totalBytes }: EngineDownload): number | null {
  return totalBytes === 0 ? null : Math.min(1, receivedBytes / totalBytes);
}

/** Returns how much of a download is here, as "42%" or, while its size is unknown, as "12.0 MB". */
export function downloadAmount(download: EngineDownload): string {
  const fraction = fractionOf(download);
  return fraction === null ? formatBytes(download.receivedBytes) : formatPercent(fraction);
}

/** Returns the state of a download as a title. */
export function downloadTitle({ state, label }: EngineDownload): string {
  switch (state) {
    case 'waiting':
      return `Waiting to download ${label}`;
    case 'downloading':
      return `Downloading ${label}`;
    case 'checking':
      return `Checking ${label}`;
    case 'unpacking':
      return 'Unpacking the engine';
    case 'paused':
      return `${label} is paused`;
    case 'failed':
      return `${label} was not downloaded`;
  }
}

/** Returns the amount, the rate and the time left as one line. */
export function downloadFacts(download: EngineDownload): string {
  const { state, receivedBytes, totalBytes, bytesPerSecond, secondsLeft } = download;
  const amount =
    totalBytes === 0
      ? formatBytes(receivedBytes)
      : `${formatBytes(receivedBytes)} of ${formatBytes(totalBytes)}`;
  if (state !== 'downloading') return amount;
  const rate = bytesPerSecond !== null && `${formatBytes(bytesPerSecond)}/s`;
  const left = secondsLeft !== null && `${aboutTime(secondsLeft)} left`;
  return [amount, rate, left].filter(Boolean).join(' · ');
}

/** Returns what a screen reader says about the progress: without the rate, which changes all the time. */
export function downloadValueText(download: EngineDownload): string {
  const { state, secondsLeft } = download;
  const percent = downloadAmount(download);
  if (state === 'downloading')
    return secondsLeft === null ? percent : `${percent}, ${aboutTime(secondsLeft)} left`;
  return `${percent}, ${download.state}`;
}

/** Formats memory in units of 1024, as it is sold and as the systems show it. */
function memoryText(bytes: number): string {
  return `${formatNumber(Math.round((bytes / 1024 ** 3) * 10) / 10)} GB`;
}

/** Describes the computer, as "8 cores, 16 GB of memory, NVIDIA RTX 3060 with 12 GB". */
export function machineText({ cores, memoryBytes, graphics }: Machine): string {
  const card = graphics && [
    graphics.name,
    graphics.memoryBytes && `with ${memoryText(graphics.memoryBytes)}`,
  ];
  const parts = [
    formatCount(cores, 'core'),
    `${memoryText(memoryBytes)} of memory`,
    card?.filter(Boolean).join(' '),
  ];
  return parts.filter(Boolean).join(', ');
}

const serverTexts: Readonly<Record<EngineStatus['server'], string>> = {
  stopped: 'Starts with the next picture',
  starting: 'Starting',
  running: 'Running',
  failed: 'Did not start',
};

/** Says what the engine's server does now. */
export function serverText(server: EngineStatus['server']): string {
  return serverTexts[server];
}
