// Colour arithmetic in OKLCH (https://bottosson.github.io/posts/oklab/), where equal steps look equal.

/** Lightness 0 to 1, chroma 0 to about 0.35, hue in degrees. */
export type Colour = { lightness: number; chroma: number; hue: number };

/** Red, green and blue, each 0 to 255. */
export type Pixel = { red: number; green: number; blue: number };

type Lab = { lightness: number; greenRed: number; blueYellow: number };

/** Returns a colour from its three components. */
export function oklch(lightness: number, chroma: number, hue: number): Colour {
  return { lightness, chroma, hue };
}

/** Interpolates in OKLab, which adds no hues in between. An amount of 0 gives the first colour, 1 the second. */
export function mix(first: Colour, second: Colour, amount: number): Colour {
  const from = toLab(first);
  const to = toLab(second);
  const share = clamp(amount);
  return fromLab({
    lightness: from.lightness + (to.lightness - from.lightness) * share,
    greenRed: from.greenRed + (to.greenRed - from.greenRed) * share,
    blueYellow: from.blueYellow + (to.blueYellow - from.blueYellow) * share,
  });
}

/** Returns the colour at a position, 0 to 1, along evenly spaced stops. */
export function along(stops: readonly [Colour, ...Colour[]], position: number): Colour {
  const scaled = clamp(position) * (stops.length - 1);
  const index = Math.min(Math.floor(scaled), Math.max(0, stops.length - 2));
  const from = stops[index] ?? stops[0];
  const to = stops[index + 1] ?? from;
  return mix(from, to, scaled - index);
}

/** Returns the colour with an amount of lightness added; a negative amount darkens it. */
export function lighten(colour: Colour, amount: number): Colour {
  return { ...colour, lightness: clamp(colour.lightness + amount) };
}

/** Returns the colour with its chroma multiplied. */
export function saturate(colour: Colour, factor: number): Colour {
  return { ...colour, chroma: colour.chroma * factor };
}

/** Converts to sRGB. A colour outside the gamut loses chroma until it fits; lightness and hue are kept. */
export function toPixel(colour: Colour): Pixel {
  const lightness = clamp(colour.lightness);
  let linear = toLinear({ ...colour, lightness });
  if (!isInGamut(linear)) {
    let low = 0;
    let high = colour.chroma;
    for (let step = 0; step < 10; step += 1) {
      const chroma = (low + high) / 2;
      if (isInGamut(toLinear({ lightness, chroma, hue: colour.hue }))) low = chroma;
      else high = chroma;
    }
    linear = toLinear({ lightness, chroma: low, hue: colour.hue });
  }
  return { red: toByte(linear.red), green: toByte(linear.green), blue: toByte(linear.blue) };
}

/** Returns a CSS colour with the given opacity, 0 to 1. */
export function css(colour: Colour, opacity = 1): string {
  const { red, green, blue } = toPixel(colour);
  return `rgba(${red},${green},${blue},${clamp(opacity).toFixed(4)})`;
}

/** Limits a number to a range, 0 to 1 by default. */
export function clamp(value: number, low = 0, high = 1): number {
  return Math.max(low, Math.min(value, high));
}

/** Returns 0 below `low`, 1 above `high` and a smooth step in between. */
export function ramp(low: number, high: number, value: number): number {
  const position = clamp((value - low) / (high - low));
  return position * position * (3 - 2 * position);
}

function toLab({ lightness, chroma, hue }: Colour): Lab {
  const angle = (hue * Math.PI) / 180;
  return { lightness, greenRed: chroma * Math.cos(angle), blueYellow: chroma * Math.sin(angle) };
}

function fromLab({ lightness, greenRed, blueYellow }: Lab): Colour {
  const hue = (Math.atan2(blueYellow, greenRed) * 180) / Math.PI;
  return { lightness, chroma: Math.hypot(greenRed, blueYellow), hue: (hue + 360) % 360 };
}

function toLinear(colour: Colour): Pixel {
  const { lightness, greenRed, blueYellow } = toLab(colour);
  const long = (lightness + 0.3963377774 * greenRed + 0.2158037573 * blueYellow) ** 3;
  const medium = (lightness - 0.1055613458 * greenRed - 0.0638541728 * blueYellow) ** 3;
  const short = (lightness - 0.0894841775 * greenRed - 1.291485548 * blueYellow) ** 3;
  return {
    red: 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    green: -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    blue: -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  };
}

function isInGamut({ red, green, blue }: Pixel): boolean {
  const tolerance = 0.0005;
  return Math.min(red, green, blue) > -tolerance && Math.max(red, green, blue) < 1 + tolerance;
}

function toByte(linear: number): number {
  const value = clamp(linear);
  const encoded = value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255);
}
