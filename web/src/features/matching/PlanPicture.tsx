import { useTranslation } from 'react-i18next'
import type {
  PlanPicture as Picture,
  PlanChangeSeen,
  Studio,
} from '#shared/matching/matching.contract.ts'
import type { PlanObjective, PlanStats } from '#shared/matching/matching.vocabulary.ts'
import { useWords } from '../../app/words.ts'
import { Figure, Figures } from '../../ui/Figure.tsx'
import { FlowRibbon } from '../../ui/FlowRibbon.tsx'
import { type RankBar, RankBars } from '../../ui/RankBars.tsx'
import { drawingOf } from '../roster/roster.cards.ts'
import { useDraftWords } from './matching.drafts.words.ts'
import classes from './Studio.module.css'

/** Where those without a place flow to. */
const nowhere = 'none'

/** A plan at a glance: how many, at which rank, and from which services to which roles. */
export function PlanPicture({
  studio,
  objective,
  stats,
  against,
  picture,
}: {
  studio: Studio
  objective: PlanObjective
  stats: PlanStats
  against: PlanChangeSeen | null
  picture: Picture | undefined
}) {
  const { t } = useTranslation('matching')
  const words = useWords()
  const { firstShare, nameOf, people } = useDraftWords()
  return (
    <div className={classes.picture}>
      <div className={classes.figures}>
        <Figures>
          <Figure
            value={words.count(stats.placed)}
            label={t('plan.placed', { count: stats.placed })}
            hint={t('plan.ofSignedUp', { people: people(stats.signedUp) })}
          />
          <Figure
            value={firstShare(stats)}
            label={t('plan.first')}
            hint={people(stats.byRank[0] ?? 0)}
          />
          <Figure value={words.count(stats.unplaced)} label={t('plan.unplaced')} />
          <Figure
            value={words.count(stats.slotsWithoutGuest)}
            label={t('plan.idle', { count: stats.slotsWithoutGuest })}
            hint={t('plan.ofHosts', { hosts: words.count(stats.slots) })}
          />
        </Figures>
      </div>
      {picture && <Flows studio={studio} picture={picture} />}
      <div className={classes.ranks}>
        <RankBars
          caption={against ? t('plan.ranksAgainst', { draft: nameOf(against) }) : t('plan.ranks')}
          total={Math.max(1, stats.signedUp)}
          bars={barsOf()}
        />
        <p className={classes.proof}>
          {t(`objectives.${objective}.proved`, { milliseconds: words.count(stats.milliseconds) })}
        </p>
      </div>
    </div>
  )

  function barsOf(): RankBar[] {
    const ranks = stats.byRank.map((value, index) => ({
      id: String(index + 1),
      label: t(`rank.${index + 1}`),
      value,
      text: words.count(value),
      ...(against ? { before: against.byRank[index] ?? 0 } : {}),
    }))
    const byHand =
      stats.unwished > 0
        ? [{ id: 'hand', label: t('rank.hand'), value: stats.unwished, muted: true }]
        : []
    const unplaced = {
      id: nowhere,
      label: t('rank.none'),
      value: stats.unplaced,
      text: words.count(stats.unplaced),
      muted: true,
      ...(against ? { before: against.unplaced } : {}),
    }
    return [...ranks, ...byHand, unplaced]
  }
}

function Flows({ studio, picture }: { studio: Studio; picture: Picture }) {
  const { t } = useTranslation('matching')
  const words = useWords()
  const { people } = useDraftWords()
  const sumTo = (roleId: string | null) =>
    picture.flows.reduce((sum, flow) => sum + (flow.roleId === roleId ? flow.people : 0), 0)
  const from = picture.departments.map(({ name, people: all, placed }, index) => ({
    id: String(index),
    label: name === null ? t('flows.others') : name || t('flows.unknown'),
    hint: t('flows.placedOf', { placed: words.count(placed), people: words.count(all) }),
  }))
  const roles = studio.roles
    .filter(({ id }) => sumTo(id) > 0)
    .map((role) => ({
      id: role.id,
      label: words.name(role),
      hint: people(sumTo(role.id)),
      drawing: drawingOf(role),
    }))
  const left = sumTo(null)
  const unplaced = { id: nowhere, label: t('rank.none'), hint: people(left), muted: true }
  return (
    <FlowRibbon
      caption={t('flows.caption')}
      corner={t('flows.corner')}
      from={from}
      to={left > 0 ? [...roles, unplaced] : roles}
      flows={picture.flows.map(({ department, roleId, people: value }) => ({
        from: String(department),
        to: roleId ?? nowhere,
        value,
      }))}
      count={words.count}
    />
  )
}
