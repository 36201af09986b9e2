import type { MySignup } from '#shared/signup/signup.contract.ts'
import classes from './Signup.module.css'
import { useWishWords } from './signup.words.ts'

/** The wishes as a plain numbered list. */
export function WishList({ mine }: { mine: MySignup }) {
  const words = useWishWords(mine)
  return (
    <ol className={classes.wishes}>
      {mine.wishes.map((wish) => {
        const { role, where, when } = words(wish)
        return (
          <li key={`${role} ${where} ${when}`}>
            <div>
              <strong>{role}</strong>
              <small>{`${where} · ${when}`}</small>
            </div>
          </li>
        )
      })}
    </ol>
  )
}
