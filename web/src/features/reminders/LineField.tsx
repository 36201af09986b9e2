import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { NameFilter } from '#shared/observations/observations.contract.ts'
import { longestLine } from '#shared/reminders/reminders.questions.ts'
import { spottedWords, useSpotting } from '../observations/observations.spotting.ts'
import { SpottedText } from '../observations/SpottedText.tsx'
import { UnmaskedQuestion } from '../observations/UnmaskedQuestion.tsx'
import classes from './Player.module.css'

/** Knows nobody: only what looks like a name, a number or an address is spotted. */
export const nobody: NameFilter = { salt: '', hashes: 1, bits: '' }

/**
 * A line of one’s own and the button that sends it. Names are spotted on the device and masked with a
 * tap; whoever leaves some is asked once.
 */
export function LineField({
  label,
  names = nobody,
  line,
  onLine,
  send,
  disabled = false,
  busy = false,
  onSend,
}: {
  label: string
  names?: NameFilter | undefined
  line: string
  onLine: (line: string) => void
  /** The words of the button. */
  send: ReactNode
  disabled?: boolean
  busy?: boolean
  onSend: () => void
}) {
  const spotting = useSpotting(names, true)
  const [asked, setAsked] = useState<string[]>([])
  const spotted = spottedWords(spotting, [line])
  return (
    <>
      <SpottedText
        spotting={spotting}
        label={label}
        autosize
        minRows={3}
        maxRows={7}
        maxLength={longestLine}
        value={line}
        onText={onLine}
      />
      <div className={classes.foot}>
        <Button
          fullWidth
          disabled={disabled}
          loading={busy}
          onClick={() => (spotted.length > 0 ? setAsked(spotted) : onSend())}
        >
          {send}
        </Button>
      </div>
      <UnmaskedQuestion
        words={asked}
        onMask={() => {
          setAsked([])
          if (spotting) onLine(spotting.maskAll(line).slice(0, longestLine))
        }}
        onSend={() => {
          setAsked([])
          onSend()
        }}
        onClose={() => setAsked([])}
      />
    </>
  )
}
