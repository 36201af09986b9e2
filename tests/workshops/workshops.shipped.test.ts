import { describe, expect, it } from 'vitest'
import { shippedCourse, shippedCourses } from '#server/features/workshops/workshops.shipped.ts'
import { contentLanguages } from '#shared/vocabulary/content-language.ts'
import { typeset, wordingsOf } from '../support/wordings.ts'

describe.each(shippedCourses)('the shipped workshop « %s »', (name) => {
  const course = shippedCourse(name)

  it('is told whole in French, English and Dutch, as each is printed', () => {
    const texts = wordingsOf(course)
    const paths = new Set(texts.map(({ path }) => path))
    for (const language of contentLanguages) {
      const told = texts.filter((one) => one.language === language)
      expect(told.length, language).toBe(paths.size)
      for (const { text, path } of told) {
        expect(typeset(text, language), `${path} ${language}`).toBe(true)
      }
    }
  })

  it('lets people do something themselves for half of its hour', () => {
    const doing = course.steps.filter(({ exercise }) => exercise)
    expect(doing.reduce((sum, { minutes }) => sum + minutes, 0)).toBeGreaterThanOrEqual(30)
  })
})
