import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Problem, type ProblemCode, problemStatus } from '#shared/problems/problems.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import { languageOf, say } from '../i18n.ts'
import type { Refusal } from '../refusal.ts'

/** Input the shared contract does not accept, with Zod's own issues. */
export class InvalidInput extends Error {
  readonly issues: z.core.$ZodIssue[]
  constructor(issues: z.core.$ZodIssue[]) {
    super('invalid input')
    this.issues = issues
  }
}

const issueSentences: Record<Language, z.core.$ZodErrorMap> = {
  fr: z.locales.fr().localeError,
  en: z.locales.en().localeError,
}

/** The language an answer is written in: the signed-in person's, else the browser's. */
export function readingLanguage(request: FastifyRequest): Language {
  return request.actor?.language ?? languageOf(request.headers['accept-language'])
}

/** Answers with problem details (RFC 9457), the sentence in the reader's language. */
export function sendRefusal(reply: FastifyReply, request: FastifyRequest, refusal: Refusal) {
  const language = readingLanguage(request)
  return send(reply, refusal.refused, say(language, `problems:${refusal.refused}`, refusal.details))
}

/** Turns whatever was thrown into a problem; what is our fault is logged and not described. */
export function sendError(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  const language = readingLanguage(request)
  if (error instanceof InvalidInput) {
    const fields = error.issues.map((issue) => ({
      path: issue.path.join('.'),
      message: sentenceOf(issue, language),
    }))
    return send(reply, 'invalid-input', say(language, 'problems:invalid-input'), fields)
  }
  const status = error.statusCode ?? 500
  const code = clientErrors[status]
  if (code) {
    const megabytes = Math.floor((request.routeOptions.bodyLimit ?? 0) / 1_048_576) || 1
    return send(reply, code, say(language, `problems:${code}`, { megabytes }))
  }
  request.log.error(withoutData(error))
  return send(reply, 'unexpected', say(language, 'problems:unexpected'))
}

/** A database error also quotes rows and values, which name people: the log keeps where it happened. */
function withoutData(error: FastifyError) {
  const { name, message, stack, code } = error
  const { constraint, table } = error as { constraint?: string; table?: string }
  return { err: { type: name, message, stack, code, constraint, table } }
}

const clientErrors: Partial<Record<number, ProblemCode>> = {
  400: 'invalid-input',
  404: 'not-found',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
}

function sentenceOf(issue: z.core.$ZodIssue, language: Language): string {
  const sentence = issueSentences[language](issue as z.core.$ZodRawIssue)
  return typeof sentence === 'string' ? sentence : (sentence?.message ?? issue.message)
}

function send(reply: FastifyReply, code: ProblemCode, title: string, fields?: Problem['fields']) {
  const status = problemStatus[code]
  const problem: Problem = { type: `urn:10decoeur:${code}`, title, status, code }
  if (fields) problem.fields = fields
  return reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(problem)
}
