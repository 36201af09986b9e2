import { describe, expect, it } from 'vitest'
import { failureOf } from '#server/features/invitations/invitations.failures.ts'

describe('what a mail server’s refusal means', () => {
  it.each([
    [
      '550 5.1.1 <partie@region.example>: Recipient address rejected: User unknown',
      'address-wrong',
    ],
    ['550 no such user', 'address-wrong'],
    [
      '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
      'address-wrong',
    ],
    ['550 5.4.1 Recipient address rejected: Access denied', 'address-wrong'],
    ['malformed address', 'address-wrong'],
    ['552 5.2.2 Over quota', 'mailbox-full'],
    ['552 4.2.2 Mailbox full', 'mailbox-full'],
    ['554 5.7.1 Message rejected as spam', 'refused-as-spam'],
    [
      '550 5.7.26 Unauthenticated email is not accepted due to domain’s DMARC policy',
      'refused-as-spam',
    ],
    ['552 5.3.4 Message size exceeds fixed limit', 'too-large'],
    ['554 transaction failed', 'other'],
    ['', 'other'],
  ])('%s: %s', (reason, failure) => {
    expect(failureOf(reason)).toBe(failure)
  })
})
