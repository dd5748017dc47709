// A small icon that outlines an aspect ratio.
import { type AspectRatio, pictureSizes } from '../../shared/domain/models';

const box = 16;
const longest = 14;

export function RatioShape({ ratio }: { ratio: AspectRatio }) {
  const { width, height } = pictureSizes[ratio];
  const scale = longest / Math.max(width, height);
  const shape = { width: width * scale, height: height * scale };
  return (
    <svg width={box} height={box} viewBox={`0 0 ${box} ${box}`} aria-hidden="true">
      <rect
        x={(box - shape.width) / 2 + 0.5}
        y={(box - shape.height) / 2 + 0.5}
        width={shape.width - 1}
        height={shape.height - 1}
        rx="1.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      />
    </svg>
  );
}
