// Measures painting in the editor at 4K and at 16 megapixels, against the same strokes on a bare canvas of that
// size.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import type { Page } from '@playwright/test';
import { summarise } from '../../shared/domain/timings';
import { launch } from '../harness/launch';
import type { Summary } from './headline';
import { type LimitRow, rowAgainstFloor, rowOfValue } from './limits';

const sizes = {
  '4K': { width: 3840, height: 2160 },
  '16 megapixels': { width: 4608, height: 3456 },
} as const;
const frames = 180;
/** Number of points that a pointer of 500 Hz reports in a frame of a 60 Hz display. */
const pointsPerFrame = 8;
/** A frame has 16.7 ms, of which the browser itself needs a part. */
const maxScriptMs = 8;

type Painting = {
  /** Milliseconds between animation frames. */
  frame: Summary;
  /** Milliseconds of script per frame. */
  script: number;
};

/** Measures the figures. */
export async function reportEditor() {
  const folder = await mkdtemp(path.join(tmpdir(), 'afterimage-bench-'));
  const rows: LimitRow[] = [];
  const figures: Record<string, { mask: Painting; bare: Painting }> = {};
  try {
    const running = await launch({ dataFolder: folder, env: { AFTERIMAGE_PROVIDER: 'painter' } });
    try {
      for (const [name, size] of Object.entries(sizes)) {
        const file = path.join(folder, `${name}.jpg`);
        await writeFile(file, plainPicture(size));
        await openEditor(running.page, file);
        const bare = await paint(running.page, 'bare');
        const mask = await paint(running.page, 'mask');
        figures[name] = { mask, bare };
        rows.push(
          rowOfValue(`Script of a frame while painting at ${name} (ms)`, mask.script, {
            atMost: maxScriptMs,
          }),
          rowAgainstFloor(`Frame while painting at ${name}, p95`, mask.frame.p95, bare.frame.p95, {
            atMost: 1.5,
          }),
        );
        for (const dialog of ['Edit picture', 'Picture']) {
          await running.page.keyboard.press('Escape');
          await running.page
            .getByRole('dialog', { name: dialog, exact: true })
            .waitFor({ state: 'detached' });
        }
      }
    } finally {
      await running.kill();
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
  return { ...figures, rows };
}

function plainPicture({ width, height }: { width: number; height: number }): Buffer {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  const gradient = pen.createLinearGradient(0, 0, width, height);
  gradient.addColorStop(0, 'navy');
  gradient.addColorStop(1, 'wheat');
  pen.fillStyle = gradient;
  pen.fillRect(0, 0, width, height);
  return canvas.encodeSync('jpeg');
}

/** Adds a picture and opens it in the editor. */
async function openEditor(page: Page, file: string): Promise<void> {
  await page.getByRole('link', { name: 'Chat' }).click();
  await page.getByTestId('attach-files').setInputFiles(file);
  await page.getByRole('button', { name: 'Remove reference 1' }).click();
  await page.getByRole('link', { name: 'Gallery' }).click();
  await page.locator('[data-image-id]').first().click();
  await page.getByRole('dialog', { name: 'Picture', exact: true }).press('e');
  await page.locator('canvas[aria-label="Mask"]').waitFor();
}

async function paint(page: Page, on: 'mask' | 'bare'): Promise<Painting> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const scriptSeconds = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN;
  };
  const before = await scriptSeconds();
  const intervals = await page.evaluate(paintInPage, { on, frames, pointsPerFrame });
  const script = ((await scriptSeconds()) - before) * 1000;
  await session.detach();
  return { frame: summarise('frame', intervals), script: script / frames };
}

/** Runs in the page: a fast spiral with a large brush. @returns milliseconds between animation frames. */
async function paintInPage(options: {
  on: 'mask' | 'bare';
  frames: number;
  pointsPerFrame: number;
}): Promise<number[]> {
  const mask = document.querySelector<HTMLCanvasElement>('canvas[aria-label="Mask"]');
  if (!mask?.parentElement) throw new Error('The mask is not there.');
  const box = mask.getBoundingClientRect();
  const bare = document.createElement('canvas');
  const pen = bare.getContext('2d');
  if (options.on === 'bare') {
    Object.assign(bare, { width: mask.width, height: mask.height });
    bare.style.cssText = 'position:absolute;inset:0;width:100%;height:100%';
    mask.parentElement.append(bare);
    if (pen)
      Object.assign(pen, {
        lineWidth: mask.height / 10,
        lineCap: 'round',
        strokeStyle: 'rgb(255 120 0 / 0.5)',
      });
  }
  const at = (step: number) => {
    const turn = step / 60;
    const reach = 0.1 + 0.35 * Math.abs(Math.sin(step / 700));
    return { x: 0.5 + reach * Math.cos(turn), y: 0.5 + reach * Math.sin(turn) };
  };
  const send = (type: string, step: number) => {
    const { x, y } = at(step);
    const place = { clientX: box.left + x * box.width, clientY: box.top + y * box.height };
    mask.dispatchEvent(
      new PointerEvent(type, {
        ...place,
        pointerId: 1,
        pointerType: 'mouse',
        button: 0,
        buttons: 1,
        bubbles: true,
      }),
    );
  };
  // Synthetic pointers cannot be captured.
  Element.prototype.setPointerCapture = () => {};
  const times: number[] = [];
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  if (options.on === 'mask') send('pointerdown', 0);
  for (let frame = 0; frame < options.frames; frame += 1) {
    times.push(await nextFrame());
    for (let point = 0; point < options.pointsPerFrame; point += 1) {
      const step = frame * options.pointsPerFrame + point;
      if (options.on === 'mask') send('pointermove', step);
      else if (pen) {
        const [from, to] = [at(Math.max(0, step - 1)), at(step)];
        pen.beginPath();
        pen.moveTo(from.x * bare.width, from.y * bare.height);
        pen.lineTo(to.x * bare.width, to.y * bare.height);
        pen.stroke();
      }
    }
  }
  if (options.on === 'mask') send('pointerup', options.frames * options.pointsPerFrame);
  bare.remove();
  return times.slice(1).map((time, index) => time - (times[index] ?? time));
}
