// Light data: the colours of sky, light and air at each time of day, tuned by hand. Long, but data only.

import type { TimeOfDay } from '../../../../shared/painter/scene';
import { type Colour, oklch } from './colour';

/** The colours of one kind of light. */
export type Light = {
  /** From the top of the picture down to the horizon. */
  sky: readonly [Colour, ...Colour[]];
  /** The disc of the sun or moon, and lit edges. */
  light: Colour;
  /** The air around the sun or moon. */
  glow: Colour;
  /** The colour into which distant things fade. */
  haze: Colour;
  /** The darkest and nearest silhouettes. */
  ink: Colour;
  cloudLight: Colour;
  cloudShade: Colour;
  /** How much of a material's own colour shows in this light, 0 to 1. */
  exposure: number;
};

type Variants = readonly [Light, ...Light[]];

/** Several variants for each time of day; the palette picks one at random. */
export const lights: Record<TimeOfDay, Variants> = {
  dawn: [
    {
      sky: [oklch(0.5, 0.075, 262), oklch(0.66, 0.075, 285), oklch(0.8, 0.085, 10), oklch(0.9, 0.085, 62)],
      light: oklch(0.97, 0.06, 80),
      glow: oklch(0.86, 0.12, 52),
      haze: oklch(0.82, 0.065, 20),
      ink: oklch(0.24, 0.05, 285),
      cloudLight: oklch(0.91, 0.075, 40),
      cloudShade: oklch(0.66, 0.07, 310),
      exposure: 0.55,
    },
    {
      sky: [oklch(0.58, 0.06, 225), oklch(0.74, 0.055, 215), oklch(0.87, 0.06, 90), oklch(0.91, 0.09, 72)],
      light: oklch(0.98, 0.05, 90),
      glow: oklch(0.89, 0.11, 72),
      haze: oklch(0.85, 0.05, 75),
      ink: oklch(0.26, 0.045, 235),
      cloudLight: oklch(0.94, 0.06, 70),
      cloudShade: oklch(0.72, 0.045, 250),
      exposure: 0.6,
    },
    {
      sky: [oklch(0.42, 0.085, 280), oklch(0.58, 0.1, 315), oklch(0.75, 0.12, 5), oklch(0.87, 0.105, 48)],
      light: oklch(0.96, 0.07, 70),
      glow: oklch(0.83, 0.14, 40),
      haze: oklch(0.76, 0.09, 0),
      ink: oklch(0.22, 0.06, 295),
      cloudLight: oklch(0.88, 0.1, 30),
      cloudShade: oklch(0.56, 0.09, 315),
      exposure: 0.5,
    },
  ],
  morning: [
    {
      sky: [
        oklch(0.66, 0.095, 242),
        oklch(0.77, 0.075, 232),
        oklch(0.87, 0.045, 215),
        oklch(0.94, 0.035, 90),
      ],
      light: oklch(0.99, 0.03, 95),
      glow: oklch(0.95, 0.07, 88),
      haze: oklch(0.88, 0.035, 220),
      ink: oklch(0.33, 0.055, 215),
      cloudLight: oklch(0.985, 0.015, 85),
      cloudShade: oklch(0.82, 0.03, 245),
      exposure: 0.9,
    },
    {
      sky: [oklch(0.7, 0.075, 215), oklch(0.81, 0.06, 205), oklch(0.9, 0.045, 120), oklch(0.95, 0.05, 88)],
      light: oklch(0.99, 0.04, 95),
      glow: oklch(0.95, 0.09, 85),
      haze: oklch(0.9, 0.04, 130),
      ink: oklch(0.33, 0.055, 200),
      cloudLight: oklch(0.98, 0.02, 85),
      cloudShade: oklch(0.84, 0.03, 220),
      exposure: 0.9,
    },
  ],
  noon: [
    {
      sky: [oklch(0.56, 0.13, 250), oklch(0.68, 0.115, 242), oklch(0.8, 0.08, 230), oklch(0.91, 0.04, 215)],
      light: oklch(1, 0.02, 95),
      glow: oklch(0.96, 0.04, 95),
      haze: oklch(0.86, 0.045, 230),
      ink: oklch(0.34, 0.06, 230),
      cloudLight: oklch(0.99, 0.008, 90),
      cloudShade: oklch(0.8, 0.035, 250),
      exposure: 1,
    },
    {
      sky: [oklch(0.62, 0.11, 228), oklch(0.72, 0.1, 222), oklch(0.83, 0.07, 210), oklch(0.93, 0.04, 190)],
      light: oklch(1, 0.02, 95),
      glow: oklch(0.97, 0.04, 100),
      haze: oklch(0.88, 0.04, 205),
      ink: oklch(0.34, 0.06, 210),
      cloudLight: oklch(0.99, 0.01, 95),
      cloudShade: oklch(0.83, 0.035, 230),
      exposure: 1,
    },
  ],
  'golden-hour': [
    {
      sky: [oklch(0.62, 0.06, 235), oklch(0.75, 0.06, 215), oklch(0.86, 0.1, 85), oklch(0.9, 0.13, 75)],
      light: oklch(0.985, 0.07, 95),
      glow: oklch(0.88, 0.15, 72),
      haze: oklch(0.84, 0.105, 74),
      ink: oklch(0.26, 0.055, 45),
      cloudLight: oklch(0.94, 0.085, 78),
      cloudShade: oklch(0.7, 0.06, 40),
      exposure: 0.66,
    },
    {
      sky: [oklch(0.66, 0.075, 55), oklch(0.77, 0.105, 62), oklch(0.86, 0.12, 75), oklch(0.92, 0.11, 85)],
      light: oklch(0.99, 0.07, 98),
      glow: oklch(0.9, 0.15, 78),
      haze: oklch(0.85, 0.11, 72),
      ink: oklch(0.25, 0.06, 35),
      cloudLight: oklch(0.95, 0.08, 85),
      cloudShade: oklch(0.71, 0.09, 50),
      exposure: 0.62,
    },
  ],
  sunset: [
    {
      sky: [oklch(0.33, 0.085, 285), oklch(0.48, 0.125, 330), oklch(0.68, 0.17, 30), oklch(0.85, 0.14, 72)],
      light: oklch(0.97, 0.09, 92),
      glow: oklch(0.8, 0.17, 55),
      haze: oklch(0.72, 0.13, 38),
      ink: oklch(0.19, 0.05, 300),
      cloudLight: oklch(0.82, 0.14, 45),
      cloudShade: oklch(0.42, 0.1, 325),
      exposure: 0.36,
    },
    {
      sky: [oklch(0.45, 0.085, 258), oklch(0.6, 0.095, 300), oklch(0.76, 0.13, 12), oklch(0.89, 0.11, 62)],
      light: oklch(0.97, 0.08, 85),
      glow: oklch(0.84, 0.14, 40),
      haze: oklch(0.78, 0.1, 18),
      ink: oklch(0.22, 0.06, 280),
      cloudLight: oklch(0.87, 0.11, 28),
      cloudShade: oklch(0.52, 0.09, 305),
      exposure: 0.42,
    },
    {
      sky: [oklch(0.33, 0.055, 232), oklch(0.5, 0.06, 215), oklch(0.76, 0.105, 82), oklch(0.85, 0.15, 65)],
      light: oklch(0.98, 0.09, 95),
      glow: oklch(0.83, 0.16, 65),
      haze: oklch(0.74, 0.11, 62),
      ink: oklch(0.2, 0.04, 235),
      cloudLight: oklch(0.86, 0.12, 68),
      cloudShade: oklch(0.45, 0.055, 245),
      exposure: 0.38,
    },
    {
      sky: [oklch(0.26, 0.09, 305), oklch(0.42, 0.15, 5), oklch(0.62, 0.2, 32), oklch(0.8, 0.16, 62)],
      light: oklch(0.95, 0.11, 85),
      glow: oklch(0.75, 0.2, 45),
      haze: oklch(0.65, 0.17, 32),
      ink: oklch(0.17, 0.06, 340),
      cloudLight: oklch(0.76, 0.17, 40),
      cloudShade: oklch(0.36, 0.12, 350),
      exposure: 0.32,
    },
  ],
  dusk: [
    {
      sky: [oklch(0.27, 0.075, 272), oklch(0.4, 0.085, 280), oklch(0.56, 0.085, 318), oklch(0.73, 0.095, 35)],
      light: oklch(0.95, 0.06, 75),
      glow: oklch(0.72, 0.11, 30),
      haze: oklch(0.54, 0.075, 300),
      ink: oklch(0.17, 0.045, 275),
      cloudLight: oklch(0.66, 0.09, 350),
      cloudShade: oklch(0.35, 0.07, 282),
      exposure: 0.3,
    },
    {
      sky: [oklch(0.3, 0.065, 245), oklch(0.43, 0.07, 235), oklch(0.61, 0.06, 215), oklch(0.79, 0.06, 80)],
      light: oklch(0.96, 0.05, 85),
      glow: oklch(0.78, 0.09, 70),
      haze: oklch(0.57, 0.055, 225),
      ink: oklch(0.18, 0.04, 245),
      cloudLight: oklch(0.7, 0.06, 60),
      cloudShade: oklch(0.38, 0.055, 245),
      exposure: 0.32,
    },
  ],
  night: [
    {
      sky: [
        oklch(0.13, 0.045, 270),
        oklch(0.19, 0.065, 265),
        oklch(0.27, 0.075, 255),
        oklch(0.38, 0.07, 240),
      ],
      light: oklch(0.96, 0.03, 95),
      glow: oklch(0.68, 0.07, 240),
      haze: oklch(0.35, 0.06, 248),
      ink: oklch(0.1, 0.03, 268),
      cloudLight: oklch(0.5, 0.05, 245),
      cloudShade: oklch(0.2, 0.05, 262),
      exposure: 0.2,
    },
    {
      sky: [oklch(0.14, 0.05, 290), oklch(0.2, 0.075, 284), oklch(0.29, 0.085, 278), oklch(0.42, 0.08, 290)],
      light: oklch(0.95, 0.04, 75),
      glow: oklch(0.66, 0.09, 300),
      haze: oklch(0.38, 0.075, 285),
      ink: oklch(0.1, 0.04, 285),
      cloudLight: oklch(0.52, 0.07, 310),
      cloudShade: oklch(0.21, 0.065, 285),
      exposure: 0.2,
    },
    {
      sky: [oklch(0.14, 0.035, 230), oklch(0.21, 0.05, 222), oklch(0.31, 0.06, 212), oklch(0.45, 0.06, 200)],
      light: oklch(0.97, 0.035, 105),
      glow: oklch(0.7, 0.06, 200),
      haze: oklch(0.4, 0.05, 212),
      ink: oklch(0.11, 0.025, 235),
      cloudLight: oklch(0.54, 0.045, 205),
      cloudShade: oklch(0.22, 0.045, 225),
      exposure: 0.2,
    },
  ],
};

/** For neon pictures, which are lit by signs rather than by the sky. */
export const neonLights: Variants = [
  {
    sky: [oklch(0.14, 0.08, 290), oklch(0.22, 0.13, 300), oklch(0.37, 0.19, 325), oklch(0.62, 0.23, 350)],
    light: oklch(0.9, 0.12, 60),
    glow: oklch(0.68, 0.25, 350),
    haze: oklch(0.48, 0.2, 325),
    ink: oklch(0.1, 0.055, 290),
    cloudLight: oklch(0.6, 0.2, 345),
    cloudShade: oklch(0.25, 0.12, 295),
    exposure: 0.22,
  },
  {
    sky: [oklch(0.13, 0.06, 275), oklch(0.2, 0.09, 262), oklch(0.35, 0.11, 235), oklch(0.62, 0.14, 200)],
    light: oklch(0.92, 0.1, 190),
    glow: oklch(0.66, 0.17, 210),
    haze: oklch(0.42, 0.11, 225),
    ink: oklch(0.1, 0.045, 275),
    cloudLight: oklch(0.6, 0.14, 330),
    cloudShade: oklch(0.24, 0.09, 270),
    exposure: 0.22,
  },
];
