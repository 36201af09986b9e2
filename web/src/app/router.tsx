import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
import { type ContentLanguage, contentLanguages } from '#shared/vocabulary/content-language.ts'
import { Frame } from './Frame.tsx'
import { HomePage } from './HomePage.tsx'
import { NotFoundPage } from './NotFoundPage.tsx'

const root = createRootRoute({ component: Frame, notFoundComponent: NotFoundPage })

/** The language a page is read and printed in, where that is not the screens’. */
const contentLanguageInSearch = (search: Record<string, unknown>): { langue?: ContentLanguage } => {
  const langue = contentLanguages.find((one) => one === search.langue)
  return langue ? { langue } : {}
}

const home = createRoute({ getParentRoute: () => root, path: '/', component: HomePage })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/connexion',
  component: lazyRouteComponent(() => import('../features/accounts/SignInPage.tsx'), 'SignInPage'),
})
const signInLink = createRoute({
  getParentRoute: () => root,
  path: '/connexion/$token',
  component: lazyRouteComponent(
    () => import('../features/accounts/SignInLinkPage.tsx'),
    'SignInLinkPage',
  ),
})
const regions = createRoute({
  getParentRoute: () => root,
  path: '/regions',
  component: lazyRouteComponent(
    () => import('../features/accounts/RegionsPage.tsx'),
    'RegionsPage',
  ),
})
const records = createRoute({
  getParentRoute: () => root,
  path: '/registre',
  component: lazyRouteComponent(() => import('../features/records/RecordsPage.tsx'), 'RecordsPage'),
})
const grants = createRoute({
  getParentRoute: () => root,
  path: '/regions/$regionId/droits',
  component: lazyRouteComponent(() => import('../features/accounts/GrantsPage.tsx'), 'GrantsPage'),
})

const account = createRoute({
  getParentRoute: () => root,
  path: '/compte',
  component: lazyRouteComponent(
    () => import('../features/accounts/AccountPage.tsx'),
    'AccountPage',
  ),
})

const observe = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/observer',
  validateSearch: (search): { corriger?: string } =>
    typeof search.corriger === 'string' ? { corriger: search.corriger } : {},
  component: lazyRouteComponent(
    () => import('../features/observations/ObservePage.tsx'),
    'ObservePage',
  ),
})
const observeBySlot = createRoute({
  getParentRoute: () => root,
  path: '/creneau/$token/observer',
  component: lazyRouteComponent(
    () => import('../features/observations/ObservePage.tsx'),
    'ObserveBySlotPage',
  ),
})
const observeByPlacement = createRoute({
  getParentRoute: () => root,
  path: '/affectation/$token/observer',
  component: lazyRouteComponent(
    () => import('../features/observations/ObservePage.tsx'),
    'ObserveByPlacementPage',
  ),
})
const myObservations = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/mes-observations',
  component: lazyRouteComponent(
    () => import('../features/observations/MyObservationsPage.tsx'),
    'MyObservationsPage',
  ),
})
const followObservation = createRoute({
  getParentRoute: () => root,
  path: '/mes-observations',
  component: lazyRouteComponent(
    () => import('../features/observations/MyObservationsPage.tsx'),
    'FollowPage',
  ),
})
const thanks = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/merci',
  component: lazyRouteComponent(() => import('../features/thanks/ThanksPage.tsx'), 'ThanksPage'),
})
const anonymity = createRoute({
  getParentRoute: () => root,
  path: '/anonymat',
  component: lazyRouteComponent(
    () => import('../features/observations/AnonymityPage.tsx'),
    'AnonymityPage',
  ),
})
const sheetBySlot = createRoute({
  getParentRoute: () => root,
  path: '/creneau/$token/fiche',
  component: lazyRouteComponent(
    () => import('../features/attendance/SheetPage.tsx'),
    'SheetBySlotPage',
  ),
})
const sheetByPlacement = createRoute({
  getParentRoute: () => root,
  path: '/affectation/$token/fiche',
  component: lazyRouteComponent(
    () => import('../features/attendance/SheetPage.tsx'),
    'SheetByPlacementPage',
  ),
})
const slotSheet = createRoute({
  getParentRoute: () => root,
  path: '/creneaux/$slotId/fiche',
  component: lazyRouteComponent(
    () => import('../features/attendance/SheetPage.tsx'),
    'SlotSheetPage',
  ),
})
const placementSheet = createRoute({
  getParentRoute: () => root,
  path: '/affectations/$placementId/fiche',
  component: lazyRouteComponent(
    () => import('../features/attendance/SheetPage.tsx'),
    'PlacementSheetPage',
  ),
})
const guestArrival = createRoute({
  getParentRoute: () => root,
  path: '/affectation/$token/arrivee',
  component: lazyRouteComponent(
    () => import('../features/attendance/GuestArrivalPage.tsx'),
    'GuestArrivalPage',
  ),
})
const scannedArrival = createRoute({
  getParentRoute: () => root,
  path: '/arrivee/$token',
  component: lazyRouteComponent(
    () => import('../features/attendance/ScannedArrivalPage.tsx'),
    'ScannedArrivalPage',
  ),
})
const hostArrivals = createRoute({
  getParentRoute: () => root,
  path: '/creneau/$token/arrivees',
  component: lazyRouteComponent(
    () => import('../features/attendance/HostArrivalsPage.tsx'),
    'HostArrivalsPage',
  ),
})
const arrivals = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/arrivees',
  component: lazyRouteComponent(
    () => import('../features/attendance/ArrivalsPage.tsx'),
    'ArrivalsPage',
  ),
})
const siteArrivals = createRoute({
  getParentRoute: () => root,
  path: '/sites/$siteId/journees/$dayId/arrivees',
  component: lazyRouteComponent(
    () => import('../features/attendance/SiteArrivalsPage.tsx'),
    'SiteArrivalsPage',
  ),
})
const kits = createRoute({
  getParentRoute: () => root,
  path: '/regions/$regionId/kits',
  component: lazyRouteComponent(() => import('../features/kits/KitsPage.tsx'), 'KitsPage'),
})
const kit = createRoute({
  getParentRoute: () => root,
  path: '/regions/$regionId/kits/$roleId/$language',
  component: lazyRouteComponent(() => import('../features/kits/KitPage.tsx'), 'KitPage'),
})
const reminders = createRoute({
  getParentRoute: () => root,
  path: '/regions/$regionId/rappels',
  component: lazyRouteComponent(
    () => import('../features/reminders/RemindersPage.tsx'),
    'RemindersPage',
  ),
})
const reminder = createRoute({
  getParentRoute: () => root,
  path: '/regions/$regionId/rappels/$reminder',
  component: lazyRouteComponent(
    () => import('../features/reminders/ReminderPage.tsx'),
    'ReminderPage',
  ),
})
const reminderPreview = createRoute({
  getParentRoute: () => root,
  path: '/regions/$regionId/rappels/$reminder/apercu',
  component: lazyRouteComponent(
    () => import('../features/reminders/ReminderPreviewPage.tsx'),
    'ReminderPreviewPage',
  ),
})
const irritants = createRoute({
  getParentRoute: () => root,
  path: '/regions/$regionId/irritants',
  component: lazyRouteComponent(
    () => import('../features/observations/IrritantsPage.tsx'),
    'IrritantsPage',
  ),
})
const heatMap = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/irritants',
  component: lazyRouteComponent(
    () => import('../features/observations/HeatMapPage.tsx'),
    'HeatMapPage',
  ),
})
const findings = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/constats',
  component: lazyRouteComponent(
    () => import('../features/findings/FindingsPage.tsx'),
    'FindingsPage',
  ),
})
const finding = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/constats/$findingId',
  component: lazyRouteComponent(
    () => import('../features/findings/FindingPage.tsx'),
    'FindingPage',
  ),
})
const debrief = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/debrief',
  component: lazyRouteComponent(() => import('../features/debrief/DebriefPage.tsx'), 'DebriefPage'),
})
const debriefScreen = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/debrief/ecran',
  component: lazyRouteComponent(() => import('../features/debrief/ScreenPage.tsx'), 'ScreenPage'),
})
const debriefCode = createRoute({
  getParentRoute: () => root,
  path: '/debrief',
  component: lazyRouteComponent(() => import('../features/debrief/CodePage.tsx'), 'CodePage'),
})
const debriefRoom = createRoute({
  getParentRoute: () => root,
  path: '/debrief/$code',
  component: lazyRouteComponent(() => import('../features/debrief/RoomPage.tsx'), 'RoomPage'),
})
const actions = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/actions',
  validateSearch: (search): { constat?: string } =>
    typeof search.constat === 'string' ? { constat: search.constat } : {},
  component: lazyRouteComponent(() => import('../features/actions/ActionsPage.tsx'), 'ActionsPage'),
})
const changes = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/ce-qui-a-change',
  component: lazyRouteComponent(() => import('../features/actions/ChangesPage.tsx'), 'ChangesPage'),
})
const sharing = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/ce-qui-a-change/partage',
  component: lazyRouteComponent(() => import('../features/actions/SharingPage.tsx'), 'SharingPage'),
})
const linkedChanges = createRoute({
  getParentRoute: () => root,
  path: '/ce-qui-a-change/$token',
  component: lazyRouteComponent(
    () => import('../features/actions/ChangesPage.tsx'),
    'LinkedChangesPage',
  ),
})
const myActions = createRoute({
  getParentRoute: () => root,
  path: '/mes-actions',
  component: lazyRouteComponent(
    () => import('../features/actions/MyActionsPage.tsx'),
    'MyActionsPage',
  ),
})
const linkedActions = createRoute({
  getParentRoute: () => root,
  path: '/mes-actions/$token',
  component: lazyRouteComponent(
    () => import('../features/actions/MyActionsPage.tsx'),
    'LinkedActionsPage',
  ),
})
const report = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/rapport',
  component: lazyRouteComponent(() => import('../features/reports/ReportPage.tsx'), 'ReportPage'),
})
const courses = createRoute({
  getParentRoute: () => root,
  path: '/ateliers',
  component: lazyRouteComponent(
    () => import('../features/workshops/CoursesPage.tsx'),
    'CoursesPage',
  ),
})
const workshops = createRoute({
  getParentRoute: () => root,
  path: '/regions/$regionId/ateliers',
  component: lazyRouteComponent(
    () => import('../features/workshops/WorkshopsPage.tsx'),
    'WorkshopsPage',
  ),
})
const newWorkshop = createRoute({
  getParentRoute: () => root,
  path: '/regions/$regionId/ateliers/nouveau',
  component: lazyRouteComponent(
    () => import('../features/workshops/NewWorkshopPage.tsx'),
    'NewWorkshopPage',
  ),
})
const workshop = createRoute({
  getParentRoute: () => root,
  path: '/regions/$regionId/ateliers/$workshopId',
  component: lazyRouteComponent(
    () => import('../features/workshops/WorkshopPage.tsx'),
    'WorkshopPage',
  ),
})
const workshopSeating = createRoute({
  getParentRoute: () => root,
  path: '/regions/$regionId/ateliers/$workshopId/places',
  component: lazyRouteComponent(
    () => import('../features/workshops/SeatingPage.tsx'),
    'SeatingPage',
  ),
})
const workshopSession = createRoute({
  getParentRoute: () => root,
  path: '/regions/$regionId/ateliers/$workshopId/$sessionId',
  component: lazyRouteComponent(
    () => import('../features/workshops/SessionPage.tsx'),
    'SessionPage',
  ),
})
const workshopLink = createRoute({
  getParentRoute: () => root,
  path: '/atelier/$token',
  component: lazyRouteComponent(
    () => import('../features/workshops/WorkshopLinkPage.tsx'),
    'WorkshopLinkPage',
  ),
})
const facilitatorLink = createRoute({
  getParentRoute: () => root,
  path: '/animation/$token',
  component: lazyRouteComponent(
    () => import('../features/workshops/FacilitatorPage.tsx'),
    'FacilitatorPage',
  ),
})
const workshopRoom = createRoute({
  getParentRoute: () => root,
  path: '/presence/$token',
  component: lazyRouteComponent(
    () => import('../features/workshops/WorkshopRoomPage.tsx'),
    'WorkshopRoomPage',
  ),
})
const workshopGuide = createRoute({
  getParentRoute: () => root,
  path: '/ateliers/$course/guide',
  validateSearch: contentLanguageInSearch,
  component: lazyRouteComponent(() => import('../features/workshops/GuidePage.tsx'), 'GuidePage'),
})
const workshopPage = createRoute({
  getParentRoute: () => root,
  path: '/ateliers/$course/page',
  validateSearch: contentLanguageInSearch,
  component: lazyRouteComponent(
    () => import('../features/workshops/HandoutPage.tsx'),
    'HandoutPage',
  ),
})
const workshopExercises = createRoute({
  getParentRoute: () => root,
  path: '/ateliers/$course/exercices',
  validateSearch: contentLanguageInSearch,
  component: lazyRouteComponent(
    () => import('../features/workshops/ExercisesPage.tsx'),
    'ExercisesPage',
  ),
})
const roster = createRoute({
  getParentRoute: () => root,
  path: '/regions/$regionId/effectifs',
  component: lazyRouteComponent(() => import('../features/roster/RosterPage.tsx'), 'RosterPage'),
})
const rosterImport = createRoute({
  getParentRoute: () => root,
  path: '/regions/$regionId/effectifs/imports/$importId',
  validateSearch: (search): { etape?: 'colonnes' | 'verification' } =>
    search.etape === 'verification' ? { etape: 'verification' } : {},
  component: lazyRouteComponent(() => import('../features/roster/ImportPage.tsx'), 'ImportPage'),
})

const placementLink = createRoute({
  getParentRoute: () => root,
  path: '/affectation/$token',
  component: lazyRouteComponent(
    () => import('../features/confirmations/PlacementLinkPage.tsx'),
    'PlacementLinkPage',
  ),
})
const confirmations = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/confirmations',
  component: lazyRouteComponent(
    () => import('../features/confirmations/ConfirmationsPage.tsx'),
    'ConfirmationsPage',
  ),
})
const conversation = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/confirmations/$subjectId',
  component: lazyRouteComponent(
    () => import('../features/confirmations/ConversationPage.tsx'),
    'ConversationPage',
  ),
})
const nudge = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/relance',
  validateSearch: (search): { personne?: string } =>
    typeof search.personne === 'string' ? { personne: search.personne } : {},
  component: lazyRouteComponent(
    () => import('../features/invitations/SendingPages.tsx'),
    'NudgePage',
  ),
})
const heldAnswers = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/reponses',
  component: lazyRouteComponent(
    () => import('../features/confirmations/HeldAnswersPage.tsx'),
    'HeldAnswersPage',
  ),
})
const publication = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/affectations/$planId/publication',
  component: lazyRouteComponent(
    () => import('../features/invitations/SendingPages.tsx'),
    'PublicationPage',
  ),
})
const cancelDay = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/annulation',
  component: lazyRouteComponent(
    () => import('../features/invitations/SendingPages.tsx'),
    'CancelDayPage',
  ),
})
const outbox = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/envois',
  component: lazyRouteComponent(
    () => import('../features/invitations/OutboxPage.tsx'),
    'OutboxPage',
  ),
})
const heldInvitations = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/envois/en-attente',
  component: lazyRouteComponent(
    () => import('../features/invitations/SendingPages.tsx'),
    'HeldPage',
  ),
})
const workshopOutbox = createRoute({
  getParentRoute: () => root,
  path: '/regions/$regionId/ateliers/$workshopId/envois',
  component: lazyRouteComponent(
    () => import('../features/invitations/OutboxPage.tsx'),
    'WorkshopOutboxPage',
  ),
})
const heldWorkshop = createRoute({
  getParentRoute: () => root,
  path: '/regions/$regionId/ateliers/$workshopId/envois/en-attente',
  component: lazyRouteComponent(
    () => import('../features/invitations/SendingPages.tsx'),
    'WorkshopHeldPage',
  ),
})
const mailbox = createRoute({
  getParentRoute: () => root,
  path: '/mailbox',
  validateSearch: (search): { mail?: string } =>
    typeof search.mail === 'string' ? { mail: search.mail } : {},
  component: lazyRouteComponent(() => import('../features/mailbox/MailboxPage.tsx'), 'MailboxPage'),
})
const daysOfRegion = createRoute({
  getParentRoute: () => root,
  path: '/regions/$regionId/journees',
  component: lazyRouteComponent(() => import('../features/days/DaysPage.tsx'), 'DaysPage'),
})
const newDay = createRoute({
  getParentRoute: () => root,
  path: '/regions/$regionId/journees/nouvelle',
  component: lazyRouteComponent(() => import('../features/days/NewDayPage.tsx'), 'NewDayPage'),
})
const day = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId',
  component: lazyRouteComponent(() => import('../features/days/DayPage.tsx'), 'DayPage'),
})
const daySettings = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/reglages',
  component: lazyRouteComponent(
    () => import('../features/days/DaySettingsPage.tsx'),
    'DaySettingsPage',
  ),
})
const coverage = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/couverture',
  component: lazyRouteComponent(() => import('../features/slots/CoveragePage.tsx'), 'CoveragePage'),
})
const propose = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/proposer',
  component: lazyRouteComponent(() => import('../features/slots/ProposePage.tsx'), 'ProposePage'),
})
const mySlots = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/mes-creneaux',
  component: lazyRouteComponent(() => import('../features/slots/MySlotsPage.tsx'), 'MySlotsPage'),
})
const siteOffers = createRoute({
  getParentRoute: () => root,
  path: '/sites/$siteId/journees/$dayId',
  component: lazyRouteComponent(
    () => import('../features/slots/SiteOffersPage.tsx'),
    'SiteOffersPage',
  ),
})
const cards = createRoute({
  getParentRoute: () => root,
  path: '/sites/$siteId/journees/$dayId/cartes',
  component: lazyRouteComponent(() => import('../features/slots/CardsPage.tsx'), 'CardsPage'),
})
const hostPage = createRoute({
  getParentRoute: () => root,
  path: '/creneau/$token',
  component: lazyRouteComponent(() => import('./SlotLinkPage.tsx'), 'SlotLinkPage'),
})
const cardCode = createRoute({
  getParentRoute: () => root,
  path: '/carte',
  component: lazyRouteComponent(() => import('../features/slots/CardCodePage.tsx'), 'CardCodePage'),
})
const signup = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/voeux',
  component: lazyRouteComponent(() => import('../features/signup/SignupPage.tsx'), 'SignupPage'),
})
const offerLink = createRoute({
  getParentRoute: () => root,
  path: '/offre/$token',
  component: lazyRouteComponent(
    () => import('../features/waiting/OfferLinkPage.tsx'),
    'OfferLinkPage',
  ),
})
const handoverLink = createRoute({
  getParentRoute: () => root,
  path: '/relais/$token',
  component: lazyRouteComponent(
    () => import('../features/handovers/HandoverLinkPage.tsx'),
    'HandoverLinkPage',
  ),
})
const optOut = createRoute({
  getParentRoute: () => root,
  path: '/desinscription/$token',
  component: lazyRouteComponent(() => import('../features/signup/OptOutPage.tsx'), 'OptOutPage'),
})
const programmes = createRoute({
  getParentRoute: () => root,
  path: '/regions/$regionId/parcours',
  component: lazyRouteComponent(
    () => import('../features/programmes/ProgrammesPage.tsx'),
    'ProgrammesPage',
  ),
})
const programme = createRoute({
  getParentRoute: () => root,
  path: '/regions/$regionId/parcours/$programmeId',
  component: lazyRouteComponent(
    () => import('../features/programmes/ProgrammePage.tsx'),
    'ProgrammePage',
  ),
})
const answers = createRoute({
  getParentRoute: () => root,
  path: '/regions/$regionId/parcours/$programmeId/resultats',
  component: lazyRouteComponent(() => import('../features/answers/AnswersPage.tsx'), 'AnswersPage'),
})
const programmeLink = createRoute({
  getParentRoute: () => root,
  path: '/parcours/$token',
  component: lazyRouteComponent(
    () => import('../features/programmes/ProgrammeLinkPage.tsx'),
    'ProgrammeLinkPage',
  ),
})
const reminderLink = createRoute({
  getParentRoute: () => root,
  path: '/rappel/$token',
  component: lazyRouteComponent(
    () => import('../features/programmes/ReminderLinkPage.tsx'),
    'ReminderLinkPage',
  ),
})
const card = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/ma-carte',
  component: lazyRouteComponent(() => import('../features/matching/CardPage.tsx'), 'CardPage'),
})
const studio = createRoute({
  getParentRoute: () => root,
  path: '/journees/$dayId/affectations',
  component: lazyRouteComponent(() => import('../features/matching/StudioPage.tsx'), 'StudioPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    signIn,
    signInLink,
    account,
    regions,
    records,
    grants,
    daysOfRegion,
    newDay,
    day,
    daySettings,
    coverage,
    propose,
    mySlots,
    siteOffers,
    cards,
    hostPage,
    cardCode,
    observe,
    observeBySlot,
    observeByPlacement,
    myObservations,
    followObservation,
    thanks,
    anonymity,
    sheetBySlot,
    sheetByPlacement,
    slotSheet,
    placementSheet,
    guestArrival,
    scannedArrival,
    hostArrivals,
    arrivals,
    siteArrivals,
    kits,
    kit,
    reminders,
    reminder,
    reminderPreview,
    irritants,
    heatMap,
    report,
    courses,
    workshops,
    newWorkshop,
    workshop,
    workshopSeating,
    workshopSession,
    workshopLink,
    facilitatorLink,
    workshopRoom,
    workshopGuide,
    workshopPage,
    workshopExercises,
    findings,
    finding,
    debrief,
    debriefScreen,
    debriefCode,
    debriefRoom,
    actions,
    changes,
    sharing,
    linkedChanges,
    myActions,
    linkedActions,
    placementLink,
    confirmations,
    conversation,
    nudge,
    heldAnswers,
    publication,
    cancelDay,
    outbox,
    heldInvitations,
    workshopOutbox,
    heldWorkshop,
    mailbox,
    roster,
    rosterImport,
    signup,
    optOut,
    offerLink,
    handoverLink,
    programmes,
    programme,
    answers,
    programmeLink,
    reminderLink,
    card,
    studio,
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
