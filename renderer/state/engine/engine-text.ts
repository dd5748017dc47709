// Texts about the engine on this computer.
import type { EngineDownload, EngineOffer, EngineStatus, Machine } from '../../../shared/domain/engine';
import type { StepProgress } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { formatBytes, formatList, formatNumber, formatPercent } from '../../ui/format';

/** Formats an estimate of seconds as "about 40 s", "about 12 min" or "about 2 h". The estimate is not more precise. */
export function aboutTime(seconds: number): string {
  if (seconds < 10) return t('engine.about_seconds', { count: Math.max(1, Math.round(seconds)) });
  if (seconds < 87.5) return t('engine.about_seconds', { count: Math.round(seconds / 5) * 5 });
  const minutes = Math.round(seconds / 60);
  return minutes < 90
    ? t('engine.about_minutes', { count: minutes })
    : t('engine.about_hours', { count: Math.round(minutes / 60) });
}

/** Describes a download: its content, source and size, the next step, and that it needs the internet once. */
export function offerSentence(offer: EngineOffer): string {
  const { label, downloadBytes, hosts, secondsPerPicture, bringsEngine } = offer;
  return t(bringsEngine ? 'engine.offer_model_and_engine' : 'engine.offer_model', {
    label,
    size: formatBytes(downloadBytes),
    hosts: formatList(hosts),
    time: aboutTime(secondsPerPicture),
  });
}

/** Returns a short description of an offer, for the button "Use this computer". */
export function offerSummary(offer: EngineOffer): string {
  const { downloadBytes, secondsPerPicture, suitability } = offer;
  return t(suitability === 'slow' ? 'engine.offer_summary_slow' : 'engine.offer_summary', {
    size: formatBytes(downloadBytes),
    time: aboutTime(secondsPerPicture),
  });
}

/** Warns of a model that will not run well; null if it will. */
export function offerWarning({ suitability, secondsPerPicture }: EngineOffer): string | null {
  switch (suitability) {
    case 'good':
      return null;
    case 'slow':
      return t('engine.slow', { time: aboutTime(secondsPerPicture) });
    case 'no':
      return t('engine.too_large');
  }
}

/** Returns the facts of a row in the list of models: the download size, and the speed on this computer. */
export function offerFacts(offer: EngineOffer): { size: string; speed: string } {
  const { downloadBytes, secondsPerPicture, suitability, isInstalled } = offer;
  const time = aboutTime(secondsPerPicture);
  const speeds = { good: time, slow: t('engine.slow_here', { time }), no: t('engine.needs_memory') };
  const size = isInstalled ? t('engine.on_this_computer') : formatBytes(downloadBytes);
  return { size, speed: speeds[suitability] };
}

/** Returns the received fraction of a download, from 0 to 1; null while its size is unknown. */
export function fractionOf({ receivedBytes, totalBytes }: EngineDownload): number | null {
  return totalBytes === 0 ? null : Math.min(1, receivedBytes / totalBytes);
}

/** Returns the received part of a download, as "42%" or, while its size is unknown, as "12.0 MB". */
export function downloadAmount(download: EngineDownload): string {
  const fraction = fractionOf(download);
  return fraction === null ? formatBytes(download.receivedBytes) : formatPercent(fraction);
}

/** Returns the state of a download as a title. */
export function downloadTitle({ state, label }: EngineDownload): string {
  switch (state) {
    case 'waiting':
      return t('engine.title_waiting', { label });
    case 'downloading':
      return t('engine.title_downloading', { label });
    case 'checking':
      return t('engine.title_checking', { label });
    case 'unpacking':
      return t('engine.title_unpacking');
    case 'paused':
      return t('engine.title_paused', { label });
    case 'failed':
      return t('engine.title_failed', { label });
  }
}

/** Returns the state of a download in one word. */
export function downloadStateText({ state }: Pick<EngineDownload, 'state'>): string {
  switch (state) {
    case 'failed':
      return t('engine.failed');
    case 'paused':
      return t('engine.paused');
    case 'waiting':
      return t('engine.waiting');
    case 'checking':
    case 'unpacking':
      return t('engine.checking');
    case 'downloading':
      return t('engine.downloading');
  }
}

/** Returns the amount, the rate and the time left as one line. */
export function downloadFacts(download: EngineDownload): string {
  const { state, receivedBytes, totalBytes, bytesPerSecond, secondsLeft } = download;
  const amount =
    totalBytes === 0
      ? formatBytes(receivedBytes)
      : t('engine.amount_of', { received: formatBytes(receivedBytes), total: formatBytes(totalBytes) });
  if (state !== 'downloading') return amount;
  const rate = bytesPerSecond !== null && t('engine.rate', { size: formatBytes(bytesPerSecond) });
  const left = secondsLeft !== null && t('engine.time_left', { time: aboutTime(secondsLeft) });
  return [amount, rate, left].filter(Boolean).join(' · ');
}

/** Returns the progress for screen readers, without the rate, which changes constantly. */
export function downloadValueText(download: EngineDownload): string {
  const { state, secondsLeft } = download;
  const percent = downloadAmount(download);
  if (state !== 'downloading') return t('engine.percent_and_state', { percent, state });
  return secondsLeft === null
    ? percent
    : t('engine.percent_and_time_left', { percent, time: aboutTime(secondsLeft) });
}

/** Formats memory in units of 1024, as sellers and operating systems do. */
function memoryText(bytes: number): string {
  return t('engine.memory', { gigabytes: formatNumber(Math.round((bytes / 1024 ** 3) * 10) / 10) });
}

/** Describes the computer, as "8 cores, 16 GB of memory, NVIDIA RTX 3060 with 12 GB". */
export function machineText({ cores, memoryBytes, graphics }: Machine): string {
  const memory = memoryText(memoryBytes);
  if (!graphics) return t('engine.computer', { cores, memory });
  const card = graphics.name;
  return graphics.memoryBytes
    ? t('engine.computer_and_card_memory', {
        cores,
        memory,
        card,
        cardMemory: memoryText(graphics.memoryBytes),
      })
    : t('engine.computer_and_card', { cores, memory, card });
}

/** Describes the progress of a picture, as "Step 3 of 20 · about 40 s left". After the last step, the picture is decoded. */
export function stepsText({ done, total, secondsLeft }: StepProgress): string {
  if (done >= total) return t('engine.finishing');
  const left = secondsLeft > 0 && t('engine.time_left', { time: aboutTime(secondsLeft) });
  return [t('engine.step', { done, total }), left].filter(Boolean).join(' · ');
}

/** Describes the state of the engine's server. */
export function serverText(server: EngineStatus['server']): string {
  return t(`engine.server_${server}`);
}
