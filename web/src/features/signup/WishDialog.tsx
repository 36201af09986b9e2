import { Button, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MySignup } from '#shared/signup/signup.contract.ts'
import type { WishPlace } from '#shared/signup/signup.vocabulary.ts'
import { useWords } from '../../app/words.ts'
import { Choices } from '../../ui/Choices.tsx'
import { PlaceMap } from '../../ui/PlaceMap.tsx'
import classes from './Signup.module.css'
import { reach, type Wish } from './signup.cards.ts'

const radii = [10, 30, 60, 100]
const usualRadius = 30

/** One card open: what a morning there is like, where and when one would like it. */
export function WishDialog({
  mine,
  wish: first,
  isNew,
  repeated,
  onKeep,
  onClose,
}: {
  mine: MySignup
  wish: Wish
  isNew: boolean
  /** Whether the hand already asks for the same. */
  repeated: (wish: Wish) => boolean
  onKeep: (wish: Wish) => void
  onClose: () => void
}) {
  const { t, i18n } = useTranslation('signup')
  const words = useWords()
  const [wish, setWish] = useState(first)
  const change = (part: Partial<Wish>) => setWish({ ...wish, ...part })
  const role = mine.roles.find(({ id }) => id === wish.roleId)
  const teaser = role ? (i18n.language === 'fr' ? role.teaserFr : role.teaserEn) : t('anyTeaser')
  const { places, sites } = reach(mine, wish)
  const twice = repeated(wish)
  const siteMissing = wish.place === 'site' && wish.siteId === null

  function choosePlace(place: WishPlace) {
    const radiusKm = place === 'near' ? (wish.radiusKm ?? usualRadius) : null
    change({ place, radiusKm, siteId: place === 'site' ? wish.siteId : null })
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={role ? words.name(role) : t('anyRole')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="lg">
        <ul className={classes.teaser}>
          {teaser.split('\n').map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <Choices
          legend={t('where')}
          layout="list"
          value={wish.place}
          onChange={choosePlace}
          options={[
            { value: 'any', label: t('place.any') },
            { value: 'town', label: t('place.town'), hint: mine.home.town },
            { value: 'near', label: t('place.near') },
            { value: 'site', label: t('place.site') },
          ]}
        />
        {wish.place === 'near' && (
          <Choices
            legend={t('howFar')}
            layout="scale"
            value={String(wish.radiusKm)}
            onChange={(value) => change({ radiusKm: Number(value) })}
            options={radii.map((km) => ({ value: String(km), label: t('km', { km }) }))}
          />
        )}
        <WishMap mine={mine} wish={wish} onChoose={(siteId) => change({ siteId })} />
        <Choices
          legend={t('when')}
          layout="list"
          value={wish.periodId ?? 'any'}
          onChange={(value) => change({ periodId: value === 'any' ? null : value })}
          options={[
            { value: 'any', label: t('anyPeriod') },
            ...mine.periods.map((period) => ({
              value: period.id,
              label: words.name(period),
              hint: words.clock(period),
            })),
          ]}
        />
        <div className={classes.want}>
          <p className={classes.reach} data-none={places === 0 || undefined} role="status">
            {twice
              ? t('repeated')
              : places === 0
                ? t('reachNone')
                : t('reach', {
                    places: t('places', { count: places }),
                    sites: t('sites', { count: sites }),
                  })}
          </p>
          <Button size="lg" disabled={twice || siteMissing} onClick={() => onKeep(wish)}>
            {isNew ? t('want') : t('keepChanges')}
          </Button>
        </div>
      </Stack>
    </Modal>
  )
}

/** The sites on a small map, and the same as a list where one of them is to be chosen. */
function WishMap({
  mine,
  wish,
  onChoose,
}: {
  mine: MySignup
  wish: Wish
  onChoose: (siteId: string) => void
}) {
  const { t } = useTranslation('signup')
  const [search, setSearch] = useState('')
  const placesAt = new Map<string, number>()
  for (const offer of mine.offers) {
    if (wish.roleId && offer.roleId !== wish.roleId) continue
    placesAt.set(offer.siteId, (placesAt.get(offer.siteId) ?? 0) + offer.places)
  }
  const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const offering = mine.sites
    .filter(({ id }) => placesAt.has(id))
    .toSorted((a, b) => a.town.localeCompare(b.town, 'fr') || a.name.localeCompare(b.name, 'fr'))
  const listed = offering.filter((site) =>
    folded(`${site.name} ${site.town}`).includes(folded(search)),
  )
  const located = offering.flatMap((site) =>
    site.latitude === null || site.longitude === null
      ? []
      : [{ ...site, latitude: site.latitude, longitude: site.longitude }],
  )
  const home = mine.sites.find(({ id }) => id === mine.home.siteId)
  const around =
    wish.place === 'near' && home && home.latitude !== null && home.longitude !== null
      ? { latitude: home.latitude, longitude: home.longitude, kilometres: wish.radiusKm ?? 0 }
      : undefined
  const choosing = wish.place === 'site'
  if (located.length === 0 && !choosing) return null
  return (
    <div className={classes.where}>
      {located.length > 0 && (
        <PlaceMap
          label={t('mapLabel', { sites: t('sites', { count: located.length }) })}
          places={located.map((site) => ({
            id: site.id,
            name: `${site.name}, ${site.town}`,
            latitude: site.latitude,
            longitude: site.longitude,
            weight: placesAt.get(site.id) ?? 1,
          }))}
          chosen={wish.siteId ? [wish.siteId] : []}
          {...(choosing ? { onChoose } : {})}
          {...(around ? { around } : {})}
        />
      )}
      {choosing && (
        <>
          {offering.length > 8 && (
            <TextInput
              label={t('searchSite')}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
          )}
          <div className={classes.sites}>
            <Choices
              legend={t('whichSite')}
              layout="list"
              value={wish.siteId ?? undefined}
              onChange={onChoose}
              options={listed.map((site) => ({
                value: site.id,
                label: site.name,
                hint: `${site.town} · ${t('places', { count: placesAt.get(site.id) ?? 0 })}`,
              }))}
            />
            {listed.length === 0 && <p>{t('noSite')}</p>}
          </div>
        </>
      )}
    </div>
  )
}
