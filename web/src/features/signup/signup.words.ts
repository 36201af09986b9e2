import { useTranslation } from 'react-i18next'
import type { MySignup } from '#shared/signup/signup.contract.ts'
import { useWords } from '../../app/words.ts'
import type { Wish } from './signup.cards.ts'

/** A wish in words: its role, then where and when. */
export function useWishWords(mine: MySignup) {
  const { t } = useTranslation('signup')
  const words = useWords()
  return (wish: Wish) => {
    const role = mine.roles.find(({ id }) => id === wish.roleId)
    const period = mine.periods.find(({ id }) => id === wish.periodId)
    const site = mine.sites.find(({ id }) => id === wish.siteId)
    const places = {
      any: t('place.any'),
      town: t('place.townNamed', { town: mine.home.town }),
      near: t('place.nearKm', { kilometres: wish.radiusKm ?? 0 }),
      site: site ? `${site.name}, ${site.town}` : '',
    }
    return {
      role: role ? words.name(role) : t('anyRole'),
      where: places[wish.place],
      when: period ? words.name(period) : t('anyPeriod'),
    }
  }
}
