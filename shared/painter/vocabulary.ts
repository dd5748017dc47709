// Vocabulary data: the words and emoji, in several languages, for everything the painter can draw. Long, but data only.
import type {
  Animal,
  Backdrop,
  Flower,
  Mood,
  Place,
  Season,
  SkyBody,
  Style,
  Thing,
  TimeOfDay,
  Tint,
  Weather,
} from './scene';

// Terms are separated by ", ". Terms in scripts without spaces, and emoji, are in the same lists.
export const timeTerms: Record<TimeOfDay, string> = {
  dawn: 'dawn, daybreak, sunrise, first light, amanecer, aube, morgengrauen, sonnenaufgang, alba, рассвет, 夜明け, 朝焼け, 日出, 黎明, 새벽, 🌅',
  morning: 'morning, breakfast, mañana, matin, vormittag, mattino, утро, 早晨, 清晨, 早上, 朝',
  noon: 'noon, midday, daytime, day, daylight, afternoon, sunny, bright, mediodía, midi, mittag, полдень, 正午, 昼',
  'golden-hour': 'golden hour, golden light, late afternoon, evening light, magic hour',
  sunset:
    'sunset, sundown, setting sun, evening, atardecer, puesta de sol, coucher de soleil, coucher du soleil, soleil couchant, sonnenuntergang, tramonto, pôr do sol, закат, غروب, 夕焼け, 夕日, 日落, 晚霞, 노을, 🌇, 🌄',
  dusk: 'dusk, twilight, blue hour, gloaming, crépuscule, crepúsculo, dämmerung, сумерки, 黄昏, 傍晚, 夕暮れ',
  night:
    'night, midnight, nocturne, nighttime, nocturnal, noche, nuit, nacht, notte, noite, ночь, ليل, 夜, 夜晚, 夜空, 밤, 🌃, 🌌',
};
export const weatherTerms: Record<Weather, string> = {
  clear: 'clear sky, blue sky, blue skies, cloudless, clear',
  cloudy: 'cloud, cloudy, overcast, clouds, nubes, nuages, wolken, 雲, 云, ☁, ⛅',
  fog: 'fog, foggy, mist, misty, haze, hazy, niebla, brume, brouillard, nebel, nebbia, туман, 霧, 雾, 🌫',
  rain: 'rain, rainy, raining, drizzle, shower, lluvia, pluie, regen, pioggia, дождь, مطر, 雨, 비, 🌧, ☔',
  storm:
    'storm, stormy, thunder, lightning, tempest, thunderstorm, hurricane, tormenta, orage, tempête, sturm, gewitter, буря, 嵐, 暴风雨, ⛈, 🌩, ⚡',
  snow: 'snow, white snow, snowy, snowfall, snowing, blizzard, snowflake, nieve, neige, schnee, neve, снег, 雪, ❄, 🌨, ☃',
};
export const seasonTerms: Record<Season, string> = {
  spring: 'spring, springtime, primavera, printemps, frühling, весна, 春, 春天, 봄',
  summer: 'summer, verano, été, sommer, лето, 夏, 夏天',
  autumn:
    'autumn, autumnal, fall foliage, fall colors, fall colours, otoño, automne, herbst, осень, 秋, 秋天, 紅葉, 🍁, 🍂',
  winter:
    'winter, wintry, frozen, ice, icy, frost, glacier, arctic, invierno, hiver, inverno, зима, 冬, 冬天, 冬季',
};
export const skyTerms: Record<SkyBody, string> = {
  sun: 'sun, soleil, sonne, солнце, 太陽, 太阳, ☀, 🌞',
  moon: 'moon, full moon, moonlight, moonlit, moonrise, luna, lune, mond, луна, قمر, 月, 月亮, 满月, 달, 달빛, 🌕, 🌝',
  crescent: 'crescent, crescent moon, new moon, 三日月, 🌙, 🌛, 🌜',
  stars:
    'star, stars, starry, starlight, starry night, estrellas, étoiles, sterne, stelle, звезды, 星, 星星, 星空, 별, 별빛, ⭐, 🌟, ✨, 🌠',
  'milky-way': 'milky way, galaxy, galactic, vía láctea, voie lactée, milchstraße, 天の川, 银河',
  aurora:
    'aurora, aurora borealis, northern lights, southern lights, polar lights, polarlicht, polarlichter, nordlicht, nordlichter, aurora boreal, auroras boreales, aurore boréale, aurores boréales, オーロラ, 极光',
  planet: 'planet, saturn, jupiter, ringed planet, mars, 🪐',
  rainbow: 'rainbow, arco iris, arc en ciel, regenbogen, радуга, 虹, 彩虹, 🌈',
};
export const placeTerms: Record<Place, string> = {
  sea: 'sea, ocean, blue sea, blue ocean, blue water, beach, coast, shore, seaside, wave, waves, surf, harbor, harbour, bay, island, mar, playa, mer, plage, meer, strand, mare, море, بحر, 海, 大海, 海边, 沙滩, 波, 바다, 🌊, 🏖, 🏝, bord de mer, bord de la mer, océan, océano, ozean, küste, côte, costa',
  lake: 'lake, pond, river, lagoon, fjord, water, loch, lago, lac, rivière, bergsee, fluss, fiume, озеро, река, 湖, 湖泊, 湖边, 河流, 川, 江, 호수, im see, am see, ein see, der see, den see, dem see, einem see, einen see, 池, lacs',
  mountains:
    'mountain, mountains, peak, alps, alpine, summit, cliff, ridge, himalaya, rockies, montaña, montañas, montagne, montagnes, berge, berg, gipfel, gebirge, montagna, горы, гора, جبل, 山, 山々, 群山, 산, 🏔, ⛰, bergen, picos, cime, cima, snow capped mountains, snow capped mountain',
  volcano:
    'volcano, fuji, mount fuji, mt fuji, fujiyama, volcán, volcan, vulkan, вулкан, 富士山, 富士, 火山, 🗻, 🌋',
  hills:
    'hill, hills, green hills, rolling hills, hillside, valley, countryside, landscape, highlands, vineyard, tuscany, colinas, collines, hügel, 丘, colina, colline, hügeln, hügellandschaft, 丘陵, 山谷',
  forest:
    'forest, wood, woods, woodland, pine, pines, trees, jungle, taiga, grove, bosque, forêt, wald, foresta, bosco, floresta, лес, غابة, 森, 森林, 林, 숲, 🌲, 🌳, rainforest, forests, bosques, forêts, wälder, selva, dschungel, 竹林',
  city: 'city, skyline, town, street, downtown, metropolis, skyscraper, building, urban, tokyo, new york, manhattan, london, paris, shanghai, hong kong, ciudad, ville, stadt, città, cidade, город, مدينة, 城市, 街, 都市, 도시, 🏙, 🌆, 🌉, village, ciudades, villes, städte, dorf, pueblo, 村, 村庄, 小镇',
  desert:
    'desert, dune, dunes, sand, sahara, oasis, desierto, désert, wüste, deserto, пустыня, صحراء, 砂漠, 沙漠, 사막, 🏜',
  meadow:
    'meadow, green meadow, field, green field, green grass, grass, grassland, prairie, pasture, garden, savanna, savannah, plain, plains, campo, prado, champ, prairie, wiese, feld, prato, поле, луг, 草原, 野原, 花园, 草地, 🌾, wiesen, felder, campos, champs, jardin, jardín, garten, giardino, 庭, 田野',
  underwater:
    'underwater, coral reef, reef, deep sea, seabed, aquarium, bajo el agua, sous l eau, unterwasser, под водой, 海底, 水中',
  space:
    'space, outer space, cosmos, cosmic, universe, nebula, orbit, interstellar, espacio, espace, weltraum, weltall, космос, 宇宙, 太空, 우주, 🚀, 🛸',
  roof: 'roof, rooftop, roofs, tejado, toit, dach, tetto, крыша, 屋根, 屋顶',
};
export const animalTerms: Record<Animal, string> = {
  fox: 'fox, foxes, vixen, zorro, renard, fuchs, volpe, raposa, лиса, ثعلب, 狐, 狐狸, キツネ, きつね, 여우, 🦊, füchse, zorros, renards',
  cat: 'cat, kitten, kitty, gato, gata, un chat, le chat, chat noir, katze, gatto, кот, кошка, قطة, 猫, ねこ, ネコ, 고양이, 🐱, 🐈, gatos, gatas, gatti, katzen, chatte, chaton, kätzchen, gatito',
  dog: 'dog, puppy, hound, perro, chien, hund, cane, cão, собака, كلب, 犬, 狗, いぬ, 강아지, 🐶, 🐕, perros, chiens, hunde, hündchen, welpe, perrito, chiot',
  bird: 'bird, birds, gull, seagull, crow, raven, swallow, geese, goose, eagle, crane, heron, pájaro, pájaros, oiseau, oiseaux, vogel, vögel, uccello, птица, птицы, طيور, 鳥, 鸟, 새, 🐦, 🦅, 🕊, dove, pigeon, sparrow, möwe, mouette, gaviota, adler, aigle, águila',
  horse:
    'horse, stallion, pony, mustang, caballo, cheval, pferd, cavallo, лошадь, конь, حصان, 馬, 马, 말, 🐴, 🐎, horses, caballos, chevaux, pferde, cavalli',
  deer: 'deer, stag, doe, elk, moose, reindeer, antelope, ciervo, cerf, hirsch, cervo, олень, غزال, 鹿, 사슴, 🦌, ciervos, cerfs, hirsche, reh, rehe',
  wolf: 'wolf, wolves, coyote, lobo, loup, lupo, волк, ذئب, 狼, オオカミ, 늑대, 🐺, wölfe, lobos, loups',
  bear: 'bear, grizzly, polar bear, oso, un ours, bär, orso, urso, медведь, دب, 熊, 곰, 🐻, bären, osos',
  whale:
    'whale, whales, orca, humpback, ballena, baleine, wal, balena, baleia, кит, حوت, 鯨, 鲸, クジラ, 고래, 🐋, 🐳, wale, ballenas, baleines',
  fish: 'fish, fishes, goldfish, koi, shoal, pez, peces, poisson, fisch, pesce, рыба, سمك, 魚, 鱼, 물고기, 🐟, 🐠',
  rabbit:
    'rabbit, bunny, hare, conejo, liebre, lapin, hase, kaninchen, coniglio, кролик, заяц, أرنب, 兔, 兎, うさぎ, ウサギ, 토끼, 🐰, 🐇, conejos, lapins, hasen, bunnies',
  owl: 'owl, búho, lechuza, hibou, chouette, eule, gufo, coruja, сова, بومة, 梟, フクロウ, 猫头鹰, 부엉이, 🦉',
  elephant:
    'elephant, elefante, éléphant, elefant, слон, فيل, 象, ゾウ, 코끼리, 🐘, elefanten, elefantes, éléphants',
  camel:
    'camel, camels, dromedary, camello, chameau, kamel, cammello, верблюд, جمل, 骆驼, ラクダ, 낙타, 🐫, 🐪',
  person:
    'person, man, woman, girl, boy, child, hiker, traveler, traveller, wanderer, monk, samurai, people, figure, persona, mujer, hombre, personne, femme, homme, mensch, frau, человек, девушка, شخص, 人, 사람, 🧍, 🚶, men, women, girls, boys, children, kid, kids, mann, junge, mädchen, enfant, niño, niña, garçon, fille, samurais, 女の子, 男の子, 女孩, 男孩, 女人, 男人',
  astronaut:
    'astronaut, cosmonaut, spaceman, astronauta, astronaute, космонавт, 宇航员, 宇宙飛行士, 🧑‍🚀, 👨‍🚀, 👩‍🚀',
};
export const thingTerms: Record<Thing, string> = {
  cabin:
    'cabin, house, hut, cottage, farmhouse, barn, home, cabaña, casa, maison, cabane, haus, hütte, дом, хижина, بيت, 家, 小屋, 山小屋, 木屋, 房子, 집, 🏠, 🏡, 🛖, houses, häuser, hütten, maisons, casas, chalet, log cabin, wooden house, wooden cabin, holzhütte, holzhaus',
  lighthouse:
    'lighthouse, beacon, faro, phare, leuchtturm, farol, маяк, منارة, 灯台, 灯塔, 등대, leuchttürme, phares, faros',
  boat: 'boat, sailboat, ship, yacht, sail, canoe, barco, velero, bateau, voilier, boot, schiff, segelboot, barca, лодка, корабль, قارب, 船, 舟, 배, ⛵, 🚤, 🛶, sailing boat, sailing ship, sailing yacht, sailing, rowing boat, rowboat, fishing boat, fishing ship, tall ship, dinghy, barge, ferry, vessel, boats, schiffe, boote, ruderboot, fischerboot, segelschiff, segelboote, voiliers, bateaux, bateau à voile, bateau de pêche, barcos, barco de vela, barco pesquero, barche, barca a vela, 帆船, ヨット, 渔船, 小船, 小舟',
  bridge:
    'bridge, golden gate bridge, golden gate, brooklyn bridge, puente, pont, brücke, ponte, мост, جسر, 橋, 桥, 다리, brücken, puentes, ponts',
  tree: 'tree, oak, lone tree, árbol, arbre, baum, albero, дерево, شجرة, 木, 나무, leaf, leaves, foliage, oak tree, bäume, laub, blätter, feuille, feuilles, feuillage, arbres, árboles, hoja, hojas, alberi, foglie, 葉, 叶子, 树, 大树',
  balloon:
    'balloon, hot air balloon, hot air balloons, balloons, globo, montgolfière, heißluftballon, 気球, 热气球, 🎈, ballon, ballons, luftballon, heißluftballons, montgolfières, globos, globo aerostático, mongolfiera, 風船',
};
export const flowerTerms: Record<Flower, string> = {
  poppy:
    'poppy, poppies, amapola, amapolas, coquelicot, coquelicots, mohn, mohnfeld, papaveri, маки, ポピー, 罂粟',
  lavender:
    'lavender field, lavender fields, field of lavender, fields of lavender, lavendelfeld, champ de lavande, lavande, lavendel, ラベンダー, 薰衣草',
  sunflower:
    'sunflower, sunflowers, girasol, girasoles, tournesol, sonnenblume, подсолнух, ひまわり, 向日葵, 🌻, sonnenblumen, tournesols',
  tulip:
    'tulip, tulips, tulipán, tulipe, tulpe, тюльпан, チューリップ, 郁金香, 🌷, tulpen, tulipes, tulipanes',
  wildflower:
    'flower, flowers, wildflower, wildflowers, daisy, daisies, bouquet, rose, roses, flores, fleurs, blumen, fiori, цветы, زهور, 花, 꽃, 꽃밭, 🌸🌼, 🌼, 🌺, 🌹, 💐, blume, fleur, flor, fiore, cvety, rosen, margaritas, marguerites, gänseblümchen, お花',
  blossom:
    'blossom, blossoms, cherry blossom, cherry blossoms, sakura, cherry tree, plum blossom, cerezo, cerisier, kirschblüte, сакура, 桜, 樱花, 벚꽃, 🌸, kirschblüten, cerezos, cerisiers',
};
export const styleTerms: Record<Style, string> = {
  watercolor: 'watercolor, watercolour, aquarelle, acuarela, aquarell, acquerello, акварель, 水彩, 水彩画',
  minimal: 'minimal, minimalist, minimalism, flat, simple, flat design, minimalista, 极简, ミニマル',
  pastel: 'pastel, pastels, soft colors, soft colours, パステル',
  noir: 'noir, black and white, monochrome, grayscale, greyscale, ink wash, sumi e, blanco y negro, noir et blanc, schwarzweiß, 白黒, 黑白, 水墨',
  vintage: 'vintage, retro, old photo, faded, sepia, antique, nostalgic',
  neon: 'neon, cyberpunk, synthwave, vaporwave, retrowave, outrun, 赛博朋克, サイバーパンク, ネオン',
  woodblock:
    'woodblock, ukiyo e, ukiyoe, hokusai, hiroshige, japanese print, woodcut, linocut, 浮世絵, 浮世绘, 木版画',
  'low-poly': 'low poly, lowpoly, polygon, polygonal, geometric, faceted',
  oil: 'oil, oil painting, impressionist, impressionism, van gogh, monet, impasto, painterly, óleo, ölgemälde, huile, 油絵, 油画',
  pixel: 'pixel, pixel art, 8 bit, 16 bit, 8bit, 16bit, ドット絵, 像素',
};
export const moodTerms: Record<Mood, string> = {
  calm: 'calm, peace, peaceful, serene, quiet, silence, stillness, tranquil, zen, meditation, hope',
  lonely:
    'lonely, loneliness, alone, melancholy, sad, sadness, grief, solitude, loss, memory, forgotten, longing',
  joyful:
    'joy, joyful, happy, happiness, celebration, love, party, playful, laughter, music, dance, ❤, 🎉, 😀, 😊, 😍',
  fierce: 'anger, angry, chaos, war, fury, rage, fire, fierce, power, energy, explosion, 🔥, 💥',
  dreamy: 'dream, dreamy, dreams, surreal, magic, magical, ethereal, fantasy, imagination, infinity, 🔮',
};
export const tintTerms: Record<Tint, string> = {
  red: 'red, rojo, roja, rouge, roux, rousse, rote, roter, rotes, roten, rosso, красный, أحمر, 赤, 红, 红色, rojos, rojas, rouges, rossa, rossi, красная, красное, красные',
  crimson: 'crimson, scarlet, ruby, burgundy, maroon',
  coral: 'coral, salmon, peach, apricot',
  orange: 'orange, tangerine, naranja, arancione, оранжевый, オレンジ, 橙, 橙色, naranjas, orangefarben',
  gold: 'gold, golden, amber, dorado, doré, goldene, золотой, 金, 金色, dorada, dorados, doradas, dorée, dorata',
  yellow:
    'yellow, lemon, amarillo, jaune, gelb, giallo, желтый, 黄, 黄色, amarilla, amarillos, amarillas, gialla, желтая, желтое, жёлтый, жёлтая',
  lime: 'lime, chartreuse',
  green: 'green, verde, vert, grün, зеленый, أخضر, 緑, 绿, 绿色, verdes, зеленая, зелёный, зелёная',
  emerald: 'emerald, jade, mint',
  teal: 'teal, turquoise, petrol, aquamarine',
  cyan: 'cyan, aqua, sky blue',
  blue: 'blue, azure, cobalt, azul, bleu, blau, blu, синий, голубой, أزرق, 青, 蓝, 蓝色, 파란, azules, синяя, голубая',
  navy: 'navy, indigo, ultramarine, midnight blue',
  lavender: 'lavender, lilac, mauve, periwinkle',
  purple:
    'purple, violet, plum, morado, púrpura, pourpre, lila, viola, фиолетовый, 紫, 紫色, morada, morados, moradas, violette, violett',
  magenta: 'magenta, fuchsia, hot pink',
  pink: 'pink, rosa, rosado, розовый, ピンク, 粉色, 粉红色, rosada, rose pink, rosados, розовая',
  brown:
    'brown, sepia brown, copper, bronze, rust, rusty, marrón, brun, braun, коричневый, 茶色, 棕, 棕色, marrones, коричневая',
  beige: 'beige, cream, ivory, tan',
  black:
    'black, negro, negra, schwarz, nero, черный, чёрный, أسود, 黒, 黑, 黑色, 🖤, ⬛, noire, noires, noirs, negros, negras, nera, черная, чёрная',
  white:
    'white, blanco, blanca, blanc, blanche, weiß, weisse, bianco, белый, أبيض, 白, 白色, 🤍, ⬜, blancas, blancos, blancs, blanches, bianca, белая, белое',
  grey: 'grey, gray, silver, gris, grau, grigio, серый, 灰, 灰色, grises, grises, grigia, серая',
};
export const countTerms: Record<string, string> = {
  2: 'two, pair, couple, dos, deux, zwei',
  3: 'three, family, tres, trois, drei',
  5: 'several, few, some, caravan, group, pack, herd, flock, school, pod, many, five, caravana, caravane',
};
export const backdropTerms: Record<Backdrop, string> = {
  sky: 'sky, skies, night sky, horizon, scenery, himmel, horizont, ciel, cielo, cielos, horizonte, céu, небо, سماء, 空, 天空, 하늘',
};

/** Words for parts of other things. Where one of those things is drawn, the part does not count as missing. */
export const partTerms: Record<string, readonly (Animal | Thing | Place | Flower)[]> = {
  'window, windows, door, chimney, smoke, fenster, tür, schornstein, rauch, fenêtre, fenêtres, porte, ventana, ventanas, puerta, humo, 窓, 窗户':
    ['cabin', 'city'],
  'flying, flies, flight, soaring, gliding, fliegend, fliegende, fliegender, fliegt, volant, volando, 飛ぶ, 飞翔':
    ['bird', 'balloon'],
  'floating, drifting, sails, mast, segelnd, treibt, flotando, flottant': ['boat', 'balloon', 'astronaut'],
  'jumping, leaping, breaching, springend, springt, sautant, saltando': ['whale'],
  'swimming, swims, schwimmend, schwimmt, nadando, nageant, 泳ぐ': ['fish', 'whale'],
  'reflection, reflections, reflected, reflecting, reflects, mirrored, spiegelung, spiegelt, reflet, reflejo':
    ['lake', 'sea'],
  'petal, petals, blooming, blossoming, blühend, blühende': [
    'poppy',
    'lavender',
    'sunflower',
    'tulip',
    'wildflower',
    'blossom',
  ],
  'branch, branches, trunk, ast, zweig, branche, rama': ['tree', 'forest', 'blossom', 'owl'],
  'lights, lamp, beam, beams': ['lighthouse', 'city', 'cabin'],
};
