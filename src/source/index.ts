/** "#source": all that a scraper may import. What fetches and runs scrapers is behind `host.ts`. */
export {
  addDays,
  type Clock,
  type Day,
  type Instant,
  mondayOf,
  type Term,
  type Weekday,
  weekdayOf,
  type Zone,
} from '../domain/calendar.ts';
export { pathUnder, shortHost } from './address.ts';
export {
  bodyOf,
  type Fields,
  fieldIn,
  fieldsOf,
  isChallenge,
  isFields,
  jsonOf,
  listIn,
  listOf,
  refuseStatus,
  rowsOf,
  textIn,
  textOf,
  wholeIn,
} from './answer.ts';
export {
  type Ask,
  type Catalogue,
  defineSource,
  type Link,
  type Listed,
  type Page,
  type Parsed,
  type RawLesson,
  type Recognised,
  type Request,
  type Source,
  SourceError,
  type SourceProblem,
  type Span,
  type University,
} from './contract.ts';
export { siteOf, strangerOn } from './engine.ts';
export { isDistance, knownKind } from './kind.ts';
export { nearest, sameName } from './nearest.ts';
export { clean, clock, clockRange, weekday, weeks } from './page.ts';
