import { useTranslation } from 'react-i18next'
import type { Story } from '#shared/reminders/reminders.story.ts'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import { Drawing } from '../../ui/drawings/Drawing.tsx'
import classes from './Reminders.module.css'
import { drawingOfScene } from './reminders.drawings.ts'
import { StoryLanguage, Told } from './Told.tsx'

/** The whole of a reminder to read through, as one reads a script: every way, every reaction. */
export function StoryScript({ story, language }: { story: Story; language: ContentLanguage }) {
  const { t } = useTranslation('reminders')
  const placeOf = (id: string) => story.scenes.findIndex((scene) => scene.id === id) + 1
  return (
    <StoryLanguage value={language}>
      <div className={classes.script}>
        <h2>{t('script.title')}</h2>
        <ol className={classes.scenes}>
          {story.scenes.map((scene, at) => (
            <li key={scene.id} className={classes.scene}>
              <Drawing name={drawingOfScene(scene.drawing)} size={56} />
              <div>
                <h3>{t('script.scene', { number: at + 1 })}</h3>
                <p>
                  <Told text={scene.text} />
                </p>
                {scene.voice && (
                  <p>
                    <Told text={scene.voice.who} /> : <Told text={scene.voice.says} spoken />
                  </p>
                )}
                {scene.ways.map(({ words, to }) =>
                  words ? (
                    <p key={to} className={classes.quiet}>
                      → <Told text={words} /> ({t('script.to', { number: placeOf(to) })})
                    </p>
                  ) : null,
                )}
              </div>
            </li>
          ))}
        </ol>
        <section>
          <h3>{t('script.emotion')}</h3>
          <p>
            <strong>
              <Told text={story.emotion.word} />
            </strong>
            {' : '}
            <Told text={story.emotion.line} />
          </p>
        </section>
        <section>
          <h3>
            <Told text={story.question} />
          </h3>
          <ul className={classes.lines}>
            {story.reactions.map((reaction) => (
              <li key={reaction.id}>
                <p>
                  <strong>
                    <Told text={reaction.text} />
                  </strong>
                </p>
                <p>
                  {t(`scale.${reaction.warmth}`)}. {t(`moves.${reaction.move}`)}{' '}
                  <Told text={reaction.why} />
                </p>
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h3>{t('script.techniques')}</h3>
          <ul className={classes.lines}>
            {story.techniques.map((technique) => (
              <li key={technique.id}>
                <p>
                  <strong>
                    <Told text={technique.name} />
                  </strong>
                </p>
                <p>
                  <Told text={technique.how} /> <Told text={technique.example} spoken />
                </p>
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h3>{t('script.missions')}</h3>
          <ul className={classes.lines}>
            {story.missions.map((mission) => (
              <li key={mission.id}>
                <Told text={mission.text} /> <Told text={mission.tip} />
              </li>
            ))}
          </ul>
        </section>
      </div>
    </StoryLanguage>
  )
}
