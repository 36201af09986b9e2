import type { ReactNode } from 'react'
import type { MySignup } from '#shared/signup/signup.contract.ts'
import { ChanceBar, ChancesNote } from './ChanceBar.tsx'
import classes from './Signup.module.css'
import { chancesIn, useChances } from './signup.chances.ts'
import { useWishWords } from './signup.words.ts'

/** The wishes as a plain numbered list; with their chances while others still sign up. */
export function WishList({ mine }: { mine: MySignup }) {
  if (mine.state === 'open' && mine.status === 'active') return <WithChances mine={mine} />
  return <List mine={mine} />
}

function WithChances({ mine }: { mine: MySignup }) {
  const chances = useChances(mine.day.id, mine.wishes)
  const chanceOf = chances ? chancesIn(chances) : []
  return (
    <>
      <List mine={mine} note={(place) => <ChanceBar chance={chanceOf[place]} />} />
      <ChancesNote chances={chances} timeZone={mine.day.timeZone} />
    </>
  )
}

function List({ mine, note }: { mine: MySignup; note?: (place: number) => ReactNode }) {
  const words = useWishWords(mine)
  return (
    <ol className={classes.wishes}>
      {mine.wishes.map((wish, place) => {
        const { role, where, when } = words(wish)
        return (
          <li key={`${role} ${where} ${when}`}>
            <div>
              <strong>{role}</strong>
              <small>{`${where} · ${when}`}</small>
              {note?.(place)}
            </div>
          </li>
        )
      })}
    </ol>
  )
}
