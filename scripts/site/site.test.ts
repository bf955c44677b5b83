import { expect, test } from 'vitest'
import { linked } from './pages.mjs'

const PAGES = new Map([
  ['docs/tour.md', 'tour.md'],
  ['scenarios/README.md', 'packs.md'],
])

test('a link leads to the page as it is called in the site', () => {
  expect(linked('[a](tour.md#search), [b](../scenarios/README.md)', 'docs/qa.md', PAGES)).toBe(
    '[a](tour.md#search), [b](packs.md)',
  )
  expect(linked('[a](../docs/tour.md)', 'scenarios/README.md', PAGES)).toBe('[a](tour.md)')
})

test('a sample for CI is a file, and what is not in the site is named only', () => {
  expect(linked('[CI](ci/gitlab-ci.yml)', 'docs/qa.md', PAGES)).toBe('<a href="/docs/ci/gitlab-ci.yml">CI</a>')
  expect(linked('[code](../examples/ehr/ehr.js)', 'docs/qa.md', PAGES)).toBe('code')
  expect(linked('[web](https://nhn.no)', 'docs/qa.md', PAGES)).toBe('[web](https://nhn.no)')
})
