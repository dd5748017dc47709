// Imitates a starter style that the painter does not support, on a painted picture, for the style's thumbnail.
import { createCanvas } from '@napi-rs/canvas';

const imitations = { film, studio, pencil, lines, cube, pixels, blueprint, glass };

/** @returns a picture of the same size. @param picture a square canvas. */
export function imitateStyle(style, picture) {
  return imitations[style](picture);
}

function film(picture) {
  const { canvas, context, side } = copyOf(picture);
  context.globalCompositeOperation = 'soft-light';
  context.fillStyle = 'rgb(20 90 100 / 0.7)';
  context.fillRect(0, 0, side, side);
  context.globalCompositeOperation = 'source-over';
  context.fillStyle = 'black';
  context.fillRect(0, 0, side, side * 0.16);
  context.fillRect(0, side * 0.84, side, side * 0.16);
  return canvas;
}

/** Draws a cup on a plain ground, because the painter draws no objects. */
function studio(picture) {
  const { canvas, context, side } = copyOf(picture);
  const ground = context.createRadialGradient(side / 2, side * 0.4, 0, side / 2, side * 0.5, side * 0.75);
  ground.addColorStop(0, '#fbf7f1');
  ground.addColorStop(1, '#d9cfc2');
  context.fillStyle = ground;
  context.fillRect(0, 0, side, side);
  const shadow = context.createRadialGradient(side / 2, side * 0.8, 0, side / 2, side * 0.8, side * 0.34);
  shadow.addColorStop(0, 'rgb(60 40 30 / 0.5)');
  shadow.addColorStop(1, 'rgb(60 40 30 / 0)');
  context.save();
  context.translate(0, side * 0.62);
  context.scale(1, 0.22);
  context.fillStyle = shadow;
  context.fillRect(0, side * 0.3, side, side);
  context.restore();
  context.lineWidth = side * 0.045;
  context.strokeStyle = '#b5573a';
  context.beginPath();
  context.arc(side * 0.7, side * 0.52, side * 0.1, -1.4, 1.4);
  context.stroke();
  const glaze = context.createLinearGradient(side * 0.28, 0, side * 0.7, 0);
  glaze.addColorStop(0, '#e0876a');
  glaze.addColorStop(0.35, '#d06c4b');
  glaze.addColorStop(1, '#a84b31');
  context.fillStyle = glaze;
  context.beginPath();
  context.moveTo(side * 0.28, side * 0.36);
  context.lineTo(side * 0.7, side * 0.36);
  context.quadraticCurveTo(side * 0.7, side * 0.78, side * 0.58, side * 0.8);
  context.lineTo(side * 0.4, side * 0.8);
  context.quadraticCurveTo(side * 0.28, side * 0.78, side * 0.28, side * 0.36);
  context.fill();
  context.fillStyle = '#7d3421';
  context.beginPath();
  context.ellipse(side * 0.49, side * 0.36, side * 0.21, side * 0.05, 0, 0, 7);
  context.fill();
  return canvas;
}

function pencil(picture) {
  const hatching = (x, y) => ((x + y) % 5 === 0 ? 26 : 0) + ((x * 7 + y * 13) % 11);
  return fromEdges(picture, (edge, x, y, light) => {
    const shade = 246 - Math.min(200, edge * 1.7) - (light < 120 ? hatching(x, y) : hatching(x, y) / 3);
    return [shade, shade, shade - 4];
  });
}

function lines(picture) {
  return fromEdges(picture, (edge) => {
    const shade = edge > 46 ? 30 : 252;
    return [shade, shade, shade];
  });
}

function blueprint(picture) {
  return fromEdges(picture, (edge, x, y) => {
    const white = Math.min(1, Math.max(0, (edge - 18) / 60) + (x % 32 === 0 || y % 32 === 0 ? 0.16 : 0));
    return [24 + 220 * white, 66 + 180 * white, 140 + 110 * white];
  });
}

function pixels(picture) {
  const { canvas, context, side } = copyOf(picture);
  const coarse = createCanvas(24, 24);
  coarse.getContext('2d').drawImage(picture, 0, 0, 24, 24);
  context.imageSmoothingEnabled = false;
  context.drawImage(coarse, 0, 0, side, side);
  return canvas;
}

/** Draws a block seen from above, with the picture on its sides. */
function cube(picture) {
  const { canvas, context, side } = copyOf(picture);
  context.fillStyle = '#ece7f2';
  context.fillRect(0, 0, side, side);
  const edge = side * 0.4;
  const [across, down] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
  /** @type {[number, number, number, number, number, number, string][]} */
  const faces = [
    [across, -down, across, down, -across, 0, 'rgb(255 255 255 / 0.2)'],
    [across, down, 0, 1, -across, 0, 'rgb(40 30 90 / 0.1)'],
    [across, -down, 0, 1, 0, down, 'rgb(40 30 90 / 0.34)'],
  ];
  for (const [a, b, c, d, x, y, shade] of faces) {
    context.setTransform(a, b, c, d, side / 2 + x * edge, side * 0.5 + y * edge);
    context.drawImage(picture, 0, 0, edge, edge);
    context.fillStyle = shade;
    context.fillRect(0, 0, edge, edge);
  }
  return canvas;
}

function glass(picture) {
  const { canvas, context, side } = copyOf(picture);
  const pixelsOf = picture.getContext('2d').getImageData(0, 0, side, side).data;
  const seeds = Array.from({ length: 46 }, (_, at) => ({
    x: ((at * 61) % 97) * (side / 97),
    y: ((at * 37) % 89) * (side / 89),
  }));
  const image = context.createImageData(side, side);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const near = seeds
        .map((seed) => ({ seed, distance: Math.hypot(seed.x - x, seed.y - y) }))
        .sort((one, other) => one.distance - other.distance);
      const [first, second] = near;
      const at = (y * side + x) * 4;
      const from = (Math.floor(first.seed.y) * side + Math.floor(first.seed.x)) * 4;
      const isLead = second.distance - first.distance < 5;
      for (let band = 0; band < 3; band += 1) {
        const colour = Math.min(255, Math.max(0, (pixelsOf[from + band] - 110) * 1.5 + 130));
        image.data[at + band] = isLead ? 24 : colour;
      }
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** Draws each pixel by the strength of the edge at it, from 0 to about 255, and its lightness. */
function fromEdges(picture, colourOf) {
  const { canvas, context, side } = copyOf(picture);
  const { data } = picture.getContext('2d').getImageData(0, 0, side, side);
  const lightAt = (x, y) => {
    const at = (Math.min(side - 1, Math.max(0, y)) * side + Math.min(side - 1, Math.max(0, x))) * 4;
    return data[at] * 0.3 + data[at + 1] * 0.59 + data[at + 2] * 0.11;
  };
  const image = context.createImageData(side, side);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const edge = Math.hypot(lightAt(x + 1, y) - lightAt(x - 1, y), lightAt(x, y + 1) - lightAt(x, y - 1));
      image.data.set([...colourOf(edge * 2.4, x, y, lightAt(x, y)), 255], (y * side + x) * 4);
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

function copyOf(picture) {
  const side = picture.width;
  const canvas = createCanvas(side, side);
  const context = canvas.getContext('2d');
  context.drawImage(picture, 0, 0);
  return { canvas, context, side };
}
