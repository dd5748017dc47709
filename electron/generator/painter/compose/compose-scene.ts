// Composes a scene: chooses the elements and paints them from back to front.
import type { Thing } from '../../../../shared/painter/scene';
import { paintAbstract } from '../elements/abstract';
import { paintAurora } from '../elements/aurora';
import { paintBalloons } from '../elements/balloons';
import { paintBlossomBranches } from '../elements/blossom-branches';
import { paintBoat, paintBridge } from '../elements/boat-and-bridge';
import { paintCabin } from '../elements/cabin';
import { isDark, paintCity } from '../elements/city';
import { paintClouds, paintFog, paintHaze } from '../elements/clouds';
import { paintDunes } from '../elements/desert';
import { paintFlowerField } from '../elements/flower-field';
import { paintBank, paintGrass, paintKnoll, paintRoof } from '../elements/foreground';
import { paintForest, paintTreeRow } from '../elements/forest';
import { paintHills } from '../elements/hills';
import { paintLighthouse } from '../elements/lighthouse';
import { paintMountains, paintVolcano } from '../elements/mountains';
import { paintFloating, paintFlock, paintLeap, paintShoal } from '../elements/moving-subjects';
import { paintLightPath, paintSwell, paintWater, paintWetGround } from '../elements/sea';
import { paintSky } from '../elements/sky';
import { paintCaravan, paintLoneTree, paintOwl, paintStanding } from '../elements/standing-subjects';
import {
  paintMilkyWay,
  paintMoon,
  paintPlanet,
  paintRainbow,
  paintStars,
  paintSun,
} from '../elements/sun-moon-stars';
import { paintNebula, paintUnderwater, paintWorldEdge } from '../elements/underwater-and-space';
import { paintLightning, paintRain, paintSnow } from '../elements/weather';
import type { Point, Stage } from '../stage/stage';

/** Paints everything that the scene contains, without finishing passes. */
export function composeScene(stage: Stage): void {
  const { kind, places } = stage.scene;
  if (kind === 'abstract') paintAbstract(stage);
  else if (places.includes('underwater')) composeUnderwater(stage);
  else if (places.includes('space')) composeSpace(stage);
  else composeLandscape(stage);
}

function composeUnderwater(stage: Stage): void {
  paintUnderwater(stage);
  for (const subject of stage.scene.subjects) {
    if (subject.animal === 'fish') paintShoal(stage, subject);
    else paintFloating(stage, subject);
  }
}

function composeSpace(stage: Stage): void {
  const { sky, subjects } = stage.scene;
  paintNebula(stage);
  paintStars({ ...stage, horizon: stage.height }, 0.8);
  if (sky.includes('planet') || subjects.length === 0) paintPlanet(stage);
  else paintWorldEdge(stage);
  if (sky.includes('moon') || sky.includes('crescent')) paintMoon(stage);
  for (const subject of subjects) paintFloating(stage, subject);
}

function composeLandscape(stage: Stage): void {
  paintSkyAndLights(stage);
  const crest = paintDistance(stage);
  paintWaterSurface(stage);
  paintMiddleGround(stage);
  paintForeground(stage, crest);
  paintPrecipitation(stage);
}

function paintSkyAndLights(stage: Stage): void {
  const { sky, weather, styles, places, things } = stage.scene;
  paintSky(stage);
  paintHaze(stage, stage.horizon * 0.55, stage.horizon, 0.4);
  const isHidden = weather === 'rain' || weather === 'storm' || weather === 'snow' || weather === 'fog';
  if (sky.includes('stars') && !isHidden) paintStars(stage, places.includes('city') ? 0.35 : 1);
  if (sky.includes('milky-way')) paintMilkyWay(stage);
  if (sky.includes('aurora')) paintAurora(stage);
  if (sky.includes('planet')) paintPlanet(stage);
  if (sky.includes('sun')) paintSun(stage);
  if (sky.includes('moon') || sky.includes('crescent')) paintMoon(stage);
  if (sky.includes('rainbow')) paintRainbow(stage);
  const hasOpenSky = sky.includes('aurora') || sky.includes('milky-way') || styles.includes('minimal');
  const cover = weather === 'clear' ? 0.2 : weather === 'cloudy' ? 0.55 : weather === 'fog' ? 0.35 : 0.9;
  if (!hasOpenSky || weather !== 'clear') paintClouds(stage, cover);
  if (weather === 'storm') paintLightning(stage);
  if (things.includes('balloon')) paintBalloons(stage);
}

function paintDistance(stage: Stage): Point[] {
  const { horizon, height, width, scene } = stage;
  const { places, styles, weather } = scene;
  const isMinimal = styles.includes('minimal');
  const water = hasWater(stage);
  const sky = Math.min(horizon, width * 1.1);
  if (places.includes('volcano')) paintVolcano(stage, horizon, sky * 0.5);
  if (places.includes('mountains')) {
    const spread = water ? 0 : (height - horizon) * (places.includes('forest') ? 0.3 : 0.75);
    paintMountains(stage, horizon, sky * (isMinimal ? 0.5 : 0.6), isMinimal ? 4 : water ? 4 : 5, spread);
  }
  if (places.includes('city'))
    paintCity(stage, places.includes('roof') ? height * 0.88 : horizon, Math.min(height * 0.5, width * 0.66));
  if (scene.things.includes('bridge')) paintBridge(stage, horizon - 34 * stage.unit, sky * 0.34);
  if (
    water &&
    (places.includes('forest') || places.includes('lake')) &&
    !isMinimal &&
    !places.includes('volcano')
  ) {
    const shore = stage.random.fork('shore');
    paintTreeRow(stage, shore, horizon - 6 * stage.unit, 34 * stage.unit, 0.45);
    paintTreeRow(stage, shore, horizon - 2 * stage.unit, 44 * stage.unit, 0.25);
  }
  if (weather === 'fog' || places.includes('mountains')) {
    paintFog(
      stage,
      horizon - 150 * stage.unit,
      horizon + 90 * stage.unit,
      weather === 'fog' ? 0.9 : 0.45,
      'distance',
    );
  }
  if (places.includes('desert')) return paintDunes(stage, horizon, 5);
  if (water || places.includes('city')) return [];
  if (places.includes('meadow') && scene.flower && scene.flower !== 'blossom') {
    paintHills(stage, horizon - 36 * stage.unit, 3);
  } else if (places.includes('forest')) {
    paintForest(
      stage,
      horizon * (places.includes('mountains') ? 0.98 : weather === 'fog' ? 0.7 : 0.84),
      height * 1.04,
      6,
    );
  } else if (!places.includes('mountains') || places.includes('hills') || places.includes('meadow')) {
    paintHills(stage, horizon - 40 * stage.unit, isMinimal ? 3 : 5);
  }
  return [];
}

const standingThings: ReadonlySet<Thing> = new Set(['lighthouse', 'cabin', 'tree']);

function paintWaterSurface(stage: Stage): void {
  const { horizon, scene, height, unit, figure } = stage;
  const { places, weather, time } = scene;
  if (!hasWater(stage) && !places.includes('city')) return;
  if (places.includes('roof')) return;
  const isSea = places.includes('sea');
  if (places.includes('city') && isDark(stage)) {
    paintWetGround(stage, horizon);
    return;
  }
  const roughness = weather === 'storm' ? 1 : weather === 'rain' ? 0.5 : isSea ? 0.42 : 0.08;
  paintWater(stage, horizon, {
    roughness: places.includes('city') ? 0.3 : roughness,
    tone: isSea ? 0.35 : 0.18,
  });
  const hasLight = scene.sky.some((body) => body === 'sun' || body === 'moon' || body === 'crescent');
  const isOpenWater =
    !places.includes('city') && (isSea || time === 'night' || !places.includes('mountains'));
  if (hasLight && isOpenWater && weather !== 'storm' && weather !== 'rain' && weather !== 'fog') {
    paintLightPath(stage, horizon, time === 'noon' || time === 'morning' ? 0.35 : 0.8);
  }
  if (isSea && (weather === 'storm' || scene.styles.includes('woodblock'))) paintSwell(stage, horizon);
  const leaping = scene.subjects.find((subject) => subject.animal === 'whale');
  if (leaping)
    paintLeap(stage, leaping, {
      x: figure.x,
      foot: horizon + (height - horizon) * 0.42,
      height: figure.height,
    });
  if (scene.things.includes('boat')) {
    const isLitFromLeft = stage.light.x < stage.width / 2;
    // Things on the shore stand on the side away from the light.
    const isShoreTaken = scene.things.some((thing) => standingThings.has(thing));
    const side = isShoreTaken === isLitFromLeft ? 0.34 : 0.64;
    paintBoat(stage, stage.width * side, horizon + (height - horizon) * 0.26, 170 * unit);
  }
}

function paintMiddleGround(stage: Stage): void {
  const { horizon, scene, unit } = stage;
  if (scene.places.includes('meadow') && scene.flower && scene.flower !== 'blossom') {
    paintFlowerField(stage, scene.flower, horizon + 10 * unit);
  }
  if (scene.weather === 'fog' && !scene.places.includes('forest')) {
    paintFog(stage, horizon - 60 * unit, stage.height, 0.7, 'middle');
  }
}

function paintForeground(stage: Stage, crest: readonly Point[]): void {
  const { scene, width, height, figure, unit } = stage;
  const walkers = scene.subjects.filter(
    ({ animal }) => !['bird', 'whale', 'camel', 'fish', 'owl'].includes(animal),
  );
  const camels = scene.subjects.find(({ animal }) => animal === 'camel');
  const birds = scene.subjects.find(({ animal }) => animal === 'bird');
  const side = stage.light.x < width / 2 ? 0.7 : 0.3;
  if (birds) paintFlock(stage, birds);
  else if (needsGulls(stage)) paintFlock(stage, { animal: 'bird', tint: null, count: 2 });
  if (camels) paintCaravan(stage, camels, crest);
  if (scene.things.includes('lighthouse')) {
    paintLighthouse(
      stage,
      width * (side > 0.5 ? 0.74 : 0.26),
      height * 0.7,
      Math.min(height * 0.5, width * 0.66),
    );
  }
  const hasCabinOrTree = scene.things.includes('cabin') || scene.things.includes('tree');
  if (scene.places.includes('roof')) {
    const roofAt = paintRoof(stage, figure.foot);
    for (const [index, walker] of walkers.entries()) paintStanding(stage, walker, roofAt, index);
  } else if (walkers.length > 0 || hasCabinOrTree) {
    const peak = walkers.length > 0 ? figure.x : width * side;
    const groundAt = paintKnoll(stage, peak, walkers.length > 0 ? figure.foot - 2 * unit : height * 0.82);
    if (scene.things.includes('cabin')) {
      const x = walkers.length > 0 ? width * (figure.x < width / 2 ? 0.78 : 0.22) : peak;
      paintCabin(stage, x, groundAt(x) + 6 * unit, Math.min(width, height) * 0.22);
    }
    if (scene.things.includes('tree'))
      paintLoneTree(stage, walkers.length > 0 ? width - figure.x : peak, groundAt);
    for (const [index, walker] of walkers.entries()) paintStanding(stage, walker, groundAt, index);
    paintGrass(stage, groundAt, 34 * unit);
  }
  const hasLakeView =
    scene.places.includes('lake') && !scene.places.includes('volcano') && scene.flower !== 'blossom';
  const isEmpty = walkers.length === 0 && !hasCabinOrTree && !scene.styles.includes('minimal');
  if (hasLakeView && isEmpty) paintBank(stage);
  const owl = scene.subjects.find(({ animal }) => animal === 'owl');
  if (owl) paintOwl(stage, owl);
  if (scene.flower === 'blossom') paintBlossomBranches(stage);
}

function paintPrecipitation(stage: Stage): void {
  const { weather } = stage.scene;
  if (weather === 'rain' || weather === 'storm') paintRain(stage, weather === 'storm');
  if (weather === 'snow') paintSnow(stage);
}

function hasWater(stage: Stage): boolean {
  return stage.scene.places.includes('sea') || stage.scene.places.includes('lake');
}

// Half of all empty daytime seas get a few distant gulls for scale.
function needsGulls(stage: Stage): boolean {
  const { places, subjects, things, time, weather } = stage.scene;
  const isEmptySea =
    subjects.length === 0 && things.length === 0 && places.length === 1 && places.includes('sea');
  return isEmptySea && time !== 'night' && weather !== 'storm' && stage.random.fork('gulls').chance(0.5);
}
