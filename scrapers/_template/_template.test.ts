/** What the saved pages do not show: which pages are asked for. All else is proven for every source at once by test/scrapers.test.ts. */
import { expect, test } from 'vitest';
import { type Page, SourceError, type Span } from '#source';
import source from './index.ts';

const SPAN: Span = { from: '2026-09-01', to: '2027-02-01', zone: 'Europe/Moscow' };

function list(body: string): Page {
  const url = 'https://rasp.example.edu/groups.json';
  return { request: { url }, url, status: 200, headers: {}, body: new TextEncoder().encode(body) };
}

test('first the list of groups, then the page of the one asked for, however it is spelled', () => {
  const groups = list('[{"id":7,"name":"ПИ-21"},{"id":8,"name":"ПИ-22"}]');
  expect(source.plan({ group: 'ПИ-22' }, [], SPAN)).toEqual([{ url: 'https://rasp.example.edu/groups.json' }]);
  expect(source.plan({ group: 'пи 22' }, [groups], SPAN)).toEqual([{ url: 'https://rasp.example.edu/group/8' }]);
  expect(source.plan({ group: 'ПИ-22' }, [groups, groups], SPAN)).toBe('done');
});

test.each(['<html>', '{}', '[{"id":7}]', '[null]'])('a list that changed is said so: %s', (body) => {
  expect(() => source.plan({ group: 'ПИ-21' }, [list(body)], SPAN)).toThrow(SourceError);
});
