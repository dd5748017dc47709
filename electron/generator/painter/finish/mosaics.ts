// Style passes that divide the picture into flat pieces: low poly and pixel art.
import { createCanvas } from '@napi-rs/canvas';
import { createLayer, type Stage } from '../stage/stage';

/** Covers the picture with triangles; each takes the colour of the picture at its centre. */
export function paintLowPoly(stage: Stage): void {
  const { context, canvas, width, height } = stage;
  const random = stage.random.fork('low-poly');
  const columns = Math.round(42 * Math.sqrt(width / height));
  const rows = Math.round(42 * Math.sqrt(height / width));
  const small = createLayer(stage, 0.08);
  small.context.drawImage(canvas, 0, 0, small.canvas.width, small.canvas.height);
  const pixels = small.context.getImageData(0, 0, small.canvas.width, small.canvas.height).data;
  const points = Array.from({ length: (columns + 1) * (rows + 1) }, (_value, index) => {
    const column = index % (columns + 1);
    const row = Math.floor(index / (columns + 1));
    const free = column > 0 && column < columns && row > 0 && row < rows ? 0.66 : 0;
    return {
      x: ((column + (random.next() - 0.5) * free) / columns) * width,
      y: ((row + (random.next() - 0.5) * free) / rows) * height,
    };
  });
  const at = (column: number, row: number) => points[row * (columns + 1) + column] ?? { x: 0, y: 0 };
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const corners = [
        at(column, row),
        at(column + 1, row),
        at(column + 1, row + 1),
        at(column, row + 1),
      ] as const;
      const isFlipped = random.chance(0.5);
      const halves = isFlipped
        ? ([
            [0, 1, 2],
            [0, 2, 3],
          ] as const)
        : ([
            [0, 1, 3],
            [1, 2, 3],
          ] as const);
      for (const [first, second, third] of halves) {
        const [a, b, c] = [corners[first], corners[second], corners[third]];
        const x = Math.floor(((a.x + b.x + c.x) / 3 / width) * small.canvas.width);
        const y = Math.floor(((a.y + b.y + c.y) / 3 / height) * small.canvas.height);
        const offset = (y * small.canvas.width + x) * 4;
        const facet = random.between(-10, 10);
        const tone = [0, 1, 2]
          .map((channel) => Math.round((pixels[offset + channel] ?? 0) + facet))
          .join(',');
        context.fillStyle = `rgb(${tone})`;
        context.strokeStyle = `rgb(${tone})`;
        context.lineWidth = 1;
        context.beginPath();
        context.moveTo(a.x, a.y);
        context.lineTo(b.x, b.y);
        context.lineTo(c.x, c.y);
        context.closePath();
        context.fill();
        context.stroke();
      }
    }
  }
}

/** Turns the picture into large square pixels of few tones. */
export function paintPixelArt(stage: Stage): void {
  const { context, canvas, width, height } = stage;
  const small = createCanvas(Math.round(width / 6), Math.round(height / 6));
  const smallContext = small.getContext('2d');
  smallContext.imageSmoothingQuality = 'high';
  smallContext.drawImage(canvas, 0, 0, small.width, small.height);
  const image = smallContext.getImageData(0, 0, small.width, small.height);
  const step = 20;
  for (let offset = 0; offset < image.data.length; offset += 1) {
    if (offset % 4 === 3) continue;
    // Ordered dithering between neighbouring tones.
    const pixel = offset >> 2;
    const checker = ((pixel % small.width) + Math.floor(pixel / small.width)) % 2 === 0 ? 0.3 : -0.3;
    image.data[offset] = Math.round((image.data[offset] ?? 0) / step + checker) * step;
  }
  smallContext.putImageData(image, 0, 0);
  context.save();
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, width, height);
  context.restore();
}
