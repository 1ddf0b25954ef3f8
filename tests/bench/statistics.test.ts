import { describe, expect, it } from 'vitest'
import { isMet, summarise } from '../../bench/runner/statistics.ts'

describe('what is made of many samples', () => {
  it('[GR20] median, quarters and 95th percentile', () => {
    const hundred = Array.from({ length: 100 }, (_, at) => 100 - at)
    expect(summarise(hundred)).toEqual({ samples: 100, least: 1, lowerQuarter: 25, median: 50.5, upperQuarter: 75, p95: 95, most: 100 })
    expect(summarise([7])).toEqual({ samples: 1, least: 7, lowerQuarter: 7, median: 7, upperQuarter: 7, p95: 7, most: 7 })
  })

  it('[GR20] of few samples the worst stands for the 95th percentile', () => {
    expect(summarise([3, 1, 2, 40])).toMatchObject({ median: 2.5, p95: 40 })
  })

  it('[GR20] numbers are sorted as numbers', () => {
    expect(summarise([10, 9, 100])).toMatchObject({ least: 9, median: 10, most: 100 })
  })

  it('[GR20] nothing measured is a failure, and so is what is no number', () => {
    expect(() => summarise([])).toThrow()
    expect(() => summarise([1, NaN])).toThrow()
  })

  it('[GR21] a goal is met up to its value and not beyond', () => {
    const summary = summarise([90, 100, 110])
    expect(isMet({ of: 'median', limit: 'at most', value: 100 }, summary)).toBe(true)
    expect(isMet({ of: 'p95', limit: 'at most', value: 100 }, summary)).toBe(false)
    expect(isMet({ of: 'median', limit: 'at least', value: 100 }, summary)).toBe(true)
    expect(isMet({ of: 'median', limit: 'at least', value: 100.5 }, summary)).toBe(false)
  })
})
