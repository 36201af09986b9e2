import { Button, Stack } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type MySignup, signupRoutes } from '#shared/signup/signup.contract.ts'
import { mostWishes } from '#shared/signup/signup.vocabulary.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { Hand } from '../../ui/Hand.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PlayingCard } from '../../ui/PlayingCard.tsx'
import { drawingOf, initialOf } from '../roster/roster.cards.ts'
import { ChanceBar, ChancesNote } from './ChanceBar.tsx'
import classes from './Signup.module.css'
import { type HeldWish, reach, sameWish, type Wish, wishInput } from './signup.cards.ts'
import { chancesIn, useChances } from './signup.chances.ts'
import { useWishWords } from './signup.words.ts'
import { WishDialog } from './WishDialog.tsx'

const held = (wish: Wish): HeldWish => ({ ...wish, key: crypto.randomUUID() })
const open: Omit<Wish, 'roleId'> = { periodId: null, place: 'any', siteId: null, radiusKm: null }

/** What was being chosen survives a reload and a sign-in that ran out; nothing typed is lost. */
function draftOf(mine: MySignup): HeldWish[] {
  try {
    const kept = sessionStorage.getItem(`wishes ${mine.day.id}`)
    if (kept) return JSON.parse(kept) as HeldWish[]
  } catch {
    // Storage closed by the browser's settings: the server's copy serves.
  }
  return mine.wishes.map(held)
}

function keepDraft(dayId: string, wishes: HeldWish[] | null): void {
  try {
    if (wishes) sessionStorage.setItem(`wishes ${dayId}`, JSON.stringify(wishes))
    else sessionStorage.removeItem(`wishes ${dayId}`)
  } catch {
    // See draftOf.
  }
}

/** Cards to pick from, the hand at the bottom, and one button. */
export function WishHand({
  mine,
  deadline,
  onDone,
}: {
  mine: MySignup
  deadline: string
  onDone: () => void
}) {
  const { t } = useTranslation('signup')
  const [wishes, setWishes] = useState(() => draftOf(mine))
  const [opened, setOpened] = useState<HeldWish>()
  const words = useWords()
  const wishWords = useWishWords(mine)
  const submit = useCall(signupRoutes.submitWishes)
  const dayId = mine.day.id
  useEffect(() => keepDraft(dayId, wishes), [dayId, wishes])

  const chances = useChances(dayId, wishes)
  const chanceOf = chances ? chancesIn(chances) : []
  const full = wishes.length >= mostWishes
  const isNew = opened !== undefined && !wishes.some(({ key }) => key === opened.key)
  const start = (roleId: string | null) => setOpened(held({ ...open, roleId }))

  function move(key: string, to: number) {
    const card = wishes.find((wish) => wish.key === key)
    if (!card) return
    const rest = wishes.filter((wish) => wish.key !== key)
    setWishes(rest.toSpliced(to, 0, card))
  }

  function keep(wish: HeldWish) {
    const known = wishes.some(({ key }) => key === wish.key)
    setWishes(known ? wishes.map((one) => (one.key === wish.key ? wish : one)) : [...wishes, wish])
    setOpened(undefined)
  }

  function save() {
    submit.mutate(
      { params: { dayId }, body: { wishes: wishes.map(wishInput) } },
      {
        onSuccess: () => {
          keepDraft(dayId, null)
          onDone()
        },
      },
    )
  }

  const seen = (wish: Wish) => {
    const { places, sites } = reach(mine, wish)
    if (places === 0) return t('nothingYet')
    return `${t('places', { count: places })} · ${t('sites', { count: sites })}`
  }
  return (
    <Stack gap="lg">
      <p>{t('lead', { deadline })}</p>
      {full && <Notice title={t('full')}>{t('fullText')}</Notice>}
      <ul className={classes.roles}>
        {mine.roles.map((role, order) => {
          const own = role.id === mine.ownRoleId
          return (
            <li key={role.id}>
              <PlayingCard
                index={initialOf(role)}
                title={words.name(role)}
                drawing={drawingOf(role)}
                lead={own ? t('ownRole') : seen({ ...open, roleId: role.id })}
                motion="deal"
                order={order}
                disabled={own || full}
                selected={wishes.some(({ roleId }) => roleId === role.id)}
                onClick={() => start(role.id)}
              />
            </li>
          )
        })}
        <li>
          <PlayingCard
            index="?"
            title={t('anyRole')}
            drawing="heart"
            lead={seen({ ...open, roleId: null })}
            motion="deal"
            order={mine.roles.length}
            disabled={full}
            selected={wishes.some(({ roleId }) => roleId === null)}
            onClick={() => start(null)}
          />
        </li>
      </ul>
      <Refused error={submit.error} />
      <Hand
        label={t('hand')}
        places={mostWishes}
        cards={wishes.map((wish, place) => {
          const role = mine.roles.find(({ id }) => id === wish.roleId)
          const said = wishWords(wish)
          return {
            id: wish.key,
            index: role ? initialOf(role) : '?',
            title: `${said.role}, ${said.where}`,
            drawing: drawingOf(role),
            note: <ChanceBar chance={chanceOf[place]} />,
          }
        })}
        note={wishes.length > 0 && <ChancesNote chances={chances} timeZone={mine.day.timeZone} />}
        words={{
          earlier: (title) => t('earlier', { title }),
          later: (title) => t('later', { title }),
          remove: (title) => t('remove', { title }),
          free: t('free'),
        }}
        onMove={move}
        onRemove={(key) => setWishes(wishes.filter((wish) => wish.key !== key))}
        onOpen={(key) => setOpened(wishes.find((wish) => wish.key === key))}
        action={
          <Button
            size="lg"
            fullWidth
            disabled={wishes.length === 0}
            loading={submit.isPending}
            onClick={save}
          >
            {t('submit')}
          </Button>
        }
      />
      {opened && (
        <WishDialog
          key={opened.key}
          mine={mine}
          wish={opened}
          isNew={isNew}
          repeated={(wish) => wishes.some((one) => one.key !== opened.key && sameWish(one, wish))}
          onKeep={(wish) => keep({ ...wish, key: opened.key })}
          onClose={() => setOpened(undefined)}
        />
      )}
    </Stack>
  )
}
