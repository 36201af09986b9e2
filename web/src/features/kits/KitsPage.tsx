import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type KitShelf, kitsRoutes as routes } from '#shared/kits/kits.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { Drawing } from '../../ui/drawings/Drawing.tsx'
import { Page } from '../../ui/Page.tsx'
import { drawingOf } from '../roster/roster.cards.ts'
import classes from './Kits.module.css'
import { ownName } from './kits.lines.ts'

/** Every role’s kit, in each language: what ships, what the region worded itself, what to look at. */
export function KitsPage() {
  const { t } = useTranslation('kits')
  const words = useWords()
  const { regionId } = useParams({ from: '/regions/$regionId/kits' })
  const shelf = useQuery(queryFor(routes.kits, { params: { regionId } }))
  return (
    <Page title={t('shelf.title')} lead={t('shelf.lead')}>
      <Answered query={shelf} shape="cards">
        {(rows) => (
          <ul className={classes.shelf}>
            {rows.map(({ role, languages }) => (
              <li key={role.id} className={classes.role}>
                <div className={classes.roleHead}>
                  <Drawing name={drawingOf(role)} size={56} />
                  <h2>{words.name(role)}</h2>
                </div>
                <ul className={classes.languages}>
                  {languages.map((one) => (
                    <li key={one.language}>
                      <Link
                        to="/regions/$regionId/kits/$roleId/$language"
                        params={{ regionId, roleId: role.id, language: one.language }}
                        className={classes.language}
                      >
                        <span lang={one.language} className={classes.languageName}>
                          {ownName(one.language)}
                        </span>
                        <LanguageState state={one} />
                      </Link>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </Page>
  )
}

function LanguageState({ state }: { state: KitShelf[number]['languages'][number] }) {
  const { t } = useTranslation('kits')
  const { empty, behind, edited } = state
  if (empty) return <span className={classes.todo}>{t('shelf.empty')}</span>
  if (behind > 0)
    return <span className={classes.todo}>{t('shelf.behind', { count: behind })}</span>
  return (
    <span className={classes.quiet}>
      {edited > 0 ? t('shelf.edited', { count: edited }) : t('shelf.shipped')}
    </span>
  )
}
