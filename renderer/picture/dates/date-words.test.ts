import { afterEach, expect, test } from 'vitest';
import { de } from '../../../shared/languages/de';
import { en } from '../../../shared/languages/en';
import { es } from '../../../shared/languages/es';
import { fr } from '../../../shared/languages/fr';
import { ja } from '../../../shared/languages/ja';
import { setLanguage } from '../../../shared/languages/translate';
import { zh } from '../../../shared/languages/zh';
import type { NamedDates } from '../../state/gallery/dates-text';
import { readDateWords } from './date-words';

afterEach(() => setLanguage('en', en));

/** A Sunday. The week began on Monday, 16 November. */
const now = new Date(2026, 10, 22, 15).getTime();
const at = (year: number, month: number, date = 1) => new Date(year, month - 1, date).getTime();

const times = {
  today: ['today', at(2026, 11, 22), at(2026, 11, 23)],
  yesterday: ['yesterday', at(2026, 11, 21), at(2026, 11, 22)],
  beforeYesterday: ['before_yesterday', at(2026, 11, 20), at(2026, 11, 21)],
  thisWeek: ['this_week', at(2026, 11, 16), at(2026, 11, 23)],
  lastWeek: ['last_week', at(2026, 11, 9), at(2026, 11, 16)],
  thisMonth: ['this_month', at(2026, 11), at(2026, 12)],
  lastMonth: ['last_month', at(2026, 10), at(2026, 11)],
  thisYear: ['this_year', at(2026, 1), at(2027, 1)],
  lastYear: ['last_year', at(2025, 1), at(2026, 1)],
  march: [null, at(2026, 3), at(2026, 4)],
  march2025: [null, at(2025, 3), at(2025, 4)],
  december2025: [null, at(2025, 12), at(2026, 1)],
  year2025: [null, at(2025, 1), at(2026, 1)],
  thirdOfMarch: [null, at(2025, 3, 3), at(2025, 3, 4)],
} as const satisfies Record<string, [NamedDates['period'], number, number]>;

type Texts = [period: keyof typeof times, texts: string[]][];

const texts: Record<'en' | 'de' | 'es' | 'fr' | 'ja' | 'zh', Texts> = {
  en: [
    ['today', ['today', 'TODAY', 'pictures from today']],
    ['yesterday', [' yesterday ', 'yesterday’s pictures', "yesterday's"]],
    ['beforeYesterday', ['the day before yesterday']],
    ['thisWeek', ['this week']],
    ['lastWeek', ['last week', 'pictures of last week', 'previous  week']],
    ['thisMonth', ['this month']],
    ['lastMonth', ['last month']],
    ['thisYear', ['this year']],
    ['lastYear', ['last year']],
    ['march', ['in March', 'march', 'Mar']],
    ['march2025', ['March 2025', 'in March, 2025', 'march last year']],
    ['december2025', ['Dec 2025', 'December', 'in dec']],
    ['year2025', ['2025', 'in 2025', 'photos of 2025']],
    ['thirdOfMarch', ['3 March 2025', 'March 3rd, 2025', '03/03/2025', '2025-03-03']],
  ],
  de: [
    ['today', ['heute', 'Bilder von heute']],
    ['yesterday', ['gestern']],
    ['beforeYesterday', ['vorgestern']],
    ['thisWeek', ['diese Woche', 'in dieser Woche']],
    ['lastWeek', ['letzte Woche', 'Bilder der letzten Woche', 'vorige Woche']],
    ['thisMonth', ['diesen Monat', 'in diesem Monat']],
    ['lastMonth', ['letzten Monat', 'im letzten Monat']],
    ['thisYear', ['dieses Jahr']],
    ['lastYear', ['letztes Jahr', 'im letzten Jahr']],
    ['march', ['im März', 'März', 'marz']],
    ['march2025', ['März 2025', 'im März 2025', 'März letzten Jahres']],
    ['december2025', ['Dez. 2025', 'im Dezember']],
    ['year2025', ['2025', 'aus dem Jahr 2025']],
    ['thirdOfMarch', ['3. März 2025', '3.3.2025', 'vom 3. März 2025']],
  ],
  es: [
    ['today', ['hoy', 'imágenes de hoy']],
    ['yesterday', ['ayer']],
    ['beforeYesterday', ['anteayer', 'antes de ayer']],
    ['thisWeek', ['esta semana']],
    ['lastWeek', ['la semana pasada', 'semana pasada', 'imágenes de la semana pasada']],
    ['thisMonth', ['este mes']],
    ['lastMonth', ['el mes pasado', 'mes pasado']],
    ['thisYear', ['este año', 'este ano']],
    ['lastYear', ['el año pasado']],
    ['march', ['en marzo', 'Marzo']],
    ['march2025', ['marzo de 2025', 'marzo 2025', 'marzo del año pasado']],
    ['december2025', ['dic 2025', 'en diciembre']],
    ['year2025', ['2025', 'en 2025']],
    ['thirdOfMarch', ['3 de marzo de 2025', '3/3/2025']],
  ],
  fr: [
    ['today', ['aujourd’hui', "images d'aujourd'hui"]],
    ['yesterday', ['hier', 'photos d’hier']],
    ['beforeYesterday', ['avant-hier', 'avant hier']],
    ['thisWeek', ['cette semaine']],
    ['lastWeek', ['la semaine dernière', 'semaine derniere', 'images de la semaine passée']],
    ['thisMonth', ['ce mois-ci']],
    ['lastMonth', ['le mois dernier']],
    ['thisYear', ['cette année']],
    ['lastYear', ['l’année dernière', 'l’an dernier']],
    ['march', ['en mars', 'Mars']],
    ['march2025', ['mars 2025', 'en mars 2025', 'mars de l’année dernière']],
    ['december2025', ['déc. 2025', 'en decembre']],
    ['year2025', ['2025', 'en 2025']],
    ['thirdOfMarch', ['3 mars 2025', '3/3/2025']],
  ],
  ja: [
    ['today', ['今日', 'きょうの画像']],
    ['yesterday', ['昨日', 'きのう']],
    ['beforeYesterday', ['一昨日', 'おととい']],
    ['thisWeek', ['今週']],
    ['lastWeek', ['先週', '先週の画像']],
    ['thisMonth', ['今月']],
    ['lastMonth', ['先月']],
    ['thisYear', ['今年']],
    ['lastYear', ['去年', '昨年の写真']],
    ['march', ['3月', '３月に']],
    ['march2025', ['2025年3月', '2025年3月の画像', '去年の3月']],
    ['december2025', ['2025年12月', '12月']],
    ['year2025', ['2025年', '2025']],
    ['thirdOfMarch', ['2025年3月3日', '2025/03/03']],
  ],
  zh: [
    ['today', ['今天', '今天的图片']],
    ['yesterday', ['昨天']],
    ['beforeYesterday', ['前天']],
    ['thisWeek', ['本周', '这周']],
    ['lastWeek', ['上周', '上周的图片', '上个星期']],
    ['thisMonth', ['本月', '这个月']],
    ['lastMonth', ['上个月']],
    ['thisYear', ['今年']],
    ['lastYear', ['去年', '去年的照片']],
    ['march', ['3月', '三月']],
    ['march2025', ['2025年3月', '去年三月']],
    ['december2025', ['2025年12月', '十二月']],
    ['year2025', ['2025年', '2025']],
    ['thirdOfMarch', ['2025年3月3日', '2025年三月3号']],
  ],
};

test.each([
  ['en', en],
  ['de', de],
  ['es', es],
  ['fr', fr],
  ['ja', ja],
  ['zh', zh],
] as const)('reads the periods that a text names in %s', (code, messages) => {
  setLanguage(code, messages);
  for (const [period, list] of texts[code]) {
    const [name, from, to] = times[period];
    for (const text of list) expect(readDateWords(text, now)[0], text).toEqual({ period: name, from, to });
  }
});

test('a month without a year may be of the latest years', () => {
  const starts = (text: string) => readDateWords(text, now).map(({ from }) => from);
  expect(starts('March')).toEqual([at(2026, 3), at(2025, 3), at(2024, 3)]);
  // This year's December is still in the future.
  expect(starts('December')).toEqual([at(2025, 12), at(2024, 12), at(2023, 12)]);
  expect(starts('29 February')).toEqual([at(2024, 2, 29)]);
});

test.each([
  '',
  'in',
  'a fox in March',
  'marching',
  'last',
  'last week 2025',
  'today yesterday',
  '31 February 2025',
  '16',
  '1024',
  '2027',
  '99999',
  'March 2025 2024',
  '4k',
  '2025px',
  '月',
])('reads no period from %j', (text) => {
  expect(readDateWords(text, now)).toEqual([]);
});
