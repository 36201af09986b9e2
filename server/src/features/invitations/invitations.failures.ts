import type { Failure } from '#shared/invitations/invitations.contract.ts'

/**
 * What a mail server's last word means for whoever has to act, by its enhanced status code
 * (RFC 3463) where there is one, else by the words servers use.
 */
export function failureOf(reason: string): Failure {
  const said = (code: RegExp, words: RegExp) => code.test(reason) || words.test(reason)
  if (
    said(/\b[45]\.2\.2\b/, /mailbox (is )?full|over ?quota|quota exceeded|insufficient storage/i)
  ) {
    return 'mailbox-full'
  }
  if (said(/\b5\.(2\.3|3\.4)\b/, /too (large|big)|size (limit )?exce|message size/i))
    return 'too-large'
  if (
    said(/\b5\.7\.\d+\b/, /spam|blocked|blacklist|block ?list|policy|reputation|dmarc|spf\b|dkim/i)
  ) {
    return 'refused-as-spam'
  }
  const unknown =
    /user (unknown|not found)|unknown (user|recipient|mailbox)|no such (user|recipient|mailbox)|does ?n.t exist|does not exist|mailbox (unavailable|not found)|recipient (address )?(rejected|not found)|invalid (recipient|mailbox)|malformed address|domain not found|no mx/i
  if (said(/\b5\.1\.\d+\b|\b5\.2\.1\b|\b5\.4\.[14]\b/, unknown)) return 'address-wrong'
  return 'other'
}
