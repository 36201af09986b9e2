// The closed lists of words that say « here comes a name » or « this is none ». Folded.

/** Lower case, without accents: what two spellings of one name share. */
export const folded = (word: string): string =>
  word
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('’', "'")

/** The words of a list written as text. */
export const wordsIn = (text: string): Set<string> => new Set(text.trim().split(/\s+/))

/** Nearly always before a name, however it is written. */
export const shortTitles = wordsIn('mme mmes mlle mlles mr mrs')

/** Before a name if a capital follows, or a word known as a name: « madame attend ». */
export const longTitles = wordsIn(`
  m monsieur madame mademoiselle messieurs mesdames docteur dr pr professeur maitre
  mister miss ms mx madam sir doctor
`)

/** Small words of surnames: « de La Tour », « Da Silva », « van Dijk ». */
export const particles = wordsIn(`
  de da di do du des del della dos das la le les van von der den ten el al ben bin ould
`)

/** Somebody is meant; a capital after it is their name. */
export const personNouns = wordsIn(`
  client cliente collegue couple famille vendeur vendeuse conseiller conseillere technicien
  technicienne hote hotesse patient patiente gardien gardienne manager managere responsable
  operateur operatrice teleoperateur teleoperatrice coordinateur coordinatrice stagiaire alternant
  alternante voisin voisine mari femme epoux epouse compagne fils fille frere soeur pere mere ami
  amie certain certaine nomme nommee prenomme prenommee prenom
  customer colleague family seller adviser advisor agent engineer technician host guest husband wife
  son daughter brother sister neighbour neighbor friend named
`)

/** « The Bill » is a bill; in French a first name may well have its article: « la Marine ». */
export const articles = wordsIn('the a an this that our your')

/** Who comes after them is a person: « merci marie ». */
export const companyWords = wordsIn('avec merci collegue hote hotesse host with thanks asked ask')

/** After a title or between capitals, never a name themselves. */
export const neverNames = wordsIn(`
  a ai as ait au aux avec avait avant apres attend attendait car ce cela ces c chez client cliente
  comme dans de depuis des dit donc du elle elles en encore est et etait etaient eux fait il ils j je
  l la le les leur leurs lui ma mais me mes moi mon ne n ni nos notre nous on ont ou par pas pendant
  peut plus pleure pour puis qu quand que qui rappelle rappelait sa sans se ses si son sont sous sur
  ta te tes toi ton tout toute tous tres tu un une va vers veut voulait vient vos votre vous y appelle
  appelait bonjour bonsoir merci svp directeur directrice maire president presidente chef service
  adresse numero mail nom
  an and are at be been but by called calls can could did do does for from had has have he her him
  his how i if in is it its me my no not nobody of on or our said say says she should so than that
  the their them then there they this to wants was we were what when where which who why with would
  you your please waiting waits hello good sorry thanks thank yes
  lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars juin juillet aout
  septembre octobre novembre decembre
  monday tuesday wednesday thursday friday saturday sunday january february march july september
  october november december
  premium pro vip gold silver business entreprise entreprises particulier particuliers
  internet wifi windows android iphone google bluetooth sim sms mms fibre box
`)

/** Towns, months and feasts that are also first names: only beside somebody. */
export const placesAndDates = wordsIn(`
  paris london florence lourdes nancy milan roma vienna virginia savannah german french english spanish portuguese madison dallas austin
  brooklyn geneva sierra asia america france italia florida montana dakota carolina india kenya
  orleans dax rochelle lorraine toscane cordoue valence avril april may june august noel toussaint ascension
  assomption paques pascal christ easter marseille nice pau denver sydney phoenix troy chelsea
  devon israel chad georgia alexandria
`)

/** Sentences begin with them: only with somebody’s verb or surname behind, or a capital within. */
export const sentenceWords = wordsIn(`
  aimable aime aimee alone alpha amande amante ambre amethyste amour anemone ange angel arc arcade
  arch art aube aurore autumn avis baby barbe barney baron basil baya beau bell belle ben berry bill
  blanche blaze bleu bob bon bonita boniface brain brandy brook brown buck bud buddy cale candide
  capucine cardinal carmine carol caroline case cerise chance charity chase chester chretien christ
  claire clair clay clemence clementine cole colombe colt come conception constance constant cooper
  coral corbin craig cristal crystal cruz cyan dale dan dawn dean deja delta desire desiree destin
  destiny diamond dina divine dock dolly don douce drake drew dune dusty earl earnest ebony ed eden
  el else emerald emery era etoile eve ever fae faith fay felicite fern fidele flavor fleur flore
  ford forest fortune fortunee foster frank franklin free freeman gage garance garland garnet gene
  general genesis germain ginger glen gloria golden grace grant green gui guy hardy harmony haven
  hazel heath heaven hermine holly homer honore hope hunter innocent iris islam ivory ivy jade jay
  jazz jewel job jolie joy judge jules junior juste justice kale kay ken kent king kip kitty lacey
  lance lane laurel lilas line logan love loyal loup lue luce luna mac mack mai major marc marge
  marguerite marin marine mark marques marquis mary mason matt maverick max maya maye melodie melody
  merle miles mina miracle misty moche mona monte mose myrtille myrtle name narcisse neo nine noble
  normand nova octave olive opal oral otto pansy paradis parfait parker pat patience patrice pearl
  penny perla perle petite pete pie pierce pierre pierrot pink piper porter precious price prince
  princess prosper prudence prune queen ransom rap raven ray reed reine rex reve river rob robin
  rocky rod romane romain rose rosier rowan royal ruby rusty sage samba sandy satine sauveur savin
  sam serenity serge serine sherry sim sincere sister solon sonny spencer star sterling stone sue summer
  sunny swan sylvain tanner talon tate tea terry tiffany tod toma tony toy trace trinity turner
  unique urban urbain van vera vesta victoire vida vigile viola violet violette vital ward warren
  webster will willow winter petit blanc grand brun roux noir marchand boulanger berger chevalier
  fontaine riviere moulin cousin bourgeois breton renard roche picard bonnet meunier mercier colin
  legrand poisson leger bouvier boucher masson lemaire lefort gentil gros long court roy rey
  abondance acanthe adonis astride atlas amen amine aria asterie auguste bas bent brent buster caesar
  cas chai chandler cleve connie curt dado dahlia dame donna doris dries evert fares ferre floor flor
  flora franco gust halle hank hector hind holden jasmin jasper lacy lamine lazar lean lien lily lion
  loan lore lyric madge madonna mama mamie manuel marina masa mats meta mete modest nada nadir nail
  newton nona norma novella oscar palma pepin randy regina rio roman romeo rosemary sally sander sire
  sixte soda stella teddy till timon tome toney viva wade walker wellington zephyr
  little white west young wood rice hand hill hills waters may swift graves best good fisher bird
`)

/**
 * What somebody does, after a name that might be another word: by language, « a » being an article in
 * one and a verb in the other; with accents, which tell « a » from « à ».
 */
export const personVerbs = {
  fr: wordsIn(`
    a ai dit disait explique expliquait montre repond repondait connait sait pense raconte ecoute
    accueille verifie travaille gere me m nous lui aide propose demande appelle trouve parle
  `),
  en: wordsIn(`
    said says told tells knows showed shows asked asks explained explains wrote writes helped helps
    thinks works listens answered answers called and
  `),
}

/** What is called by a first name and is nobody: « notre robot Léa ». */
export const things = wordsIn(`
  robot chatbot outil logiciel appli application assistant salle projet cafe bar restaurant formation
  modele marque tempete plateau magasin
  bot tool app software room project storm model brand
`)

/** Streets, schools, stations and shops bear names of nobody who is there. */
export const namedPlaces = wordsIn(`
  rue avenue boulevard bd place quai tour station lycee college ecole hopital clinique centre cite
  gare pont square stade aeroport port residence metro theatre parc saint sainte st ste marechal
  general impasse allee chemin route cours boutique agence street road square lane
`)

/**
 * First names and surnames that some dictionary of French or English knows as another word: without a capital they
 * are that word. Found once with the word lists an-array-of-french-words and -english-words (npm).
 */
export const alsoWords = wordsIn(`
  abbey abigail abondance acanthe adonis adonise aida aimable aime aimee alan alba albert alea alec
  alene alexander alexandra alexandrine alexia alexine alfredo alienor aline alison aliya aliyah
  alize allene allie ally alma alone alpha althea alvin amadou amande amandine amant amante
  amaryllis amber ambra ambre ambroisie amelia amen amethyste amie amin amine amir amour anas
  anemone anes ange angel angelica angelique anis anna annalise aphelie apollo aquilin aquiline
  arame arcade arch archange arenas aria arias ariel aris arisa armas arroyo ascension assomption
  asterie astride atlas aube aubin august auguste aurelia aurora aurore autumn aveline avis avital
  avril axel ayah azalee baba baby badiane bailee bailey balthazar banda banna baptiste barbe
  barbier barney baron barras barre barrera barrios barrows barry barton basil baya bayer beau beer
  bela bell belle benedict benigne benjamin benny benoit bent berge berger berry bertha berthe
  beryl beth bethel bette betty bill billie billy bins birdie blair blaise blanc blanche blanco
  blatter blaze blazer blessing block bobby bode bogan boniface bonita bonnet bonnie borer bosco
  bossy boubou bourgeois brad brain brandi brandon brandy brant bravo brent breton bridie brisa
  brock broda brook brooks brown brun brune brunet buck buddy burley buster caballero caban cabrera
  cade caesar caillat cailler calame caldera cale camelia campos candida candide capucine carl
  carles carmen carmine carol caron carre carrera carrion carter cartwright casas casimir celeste
  celestin celestine cerise cesar chad chai chance chandler charity charley charlie charlotte
  charpentier chase chaya cheikh cherif chester chevalier chretien christ christian christie
  christy cicero claes clair claire clarence clarisse clay clemence clement clemente clementine
  clerc cleve clint clovis colby cole colin colleen collet collier collins colombe colon colt coly
  come conception conn conner connie constance constant contreras cooper corbin corey cormier
  corona corral correa cory costa cottier cousin craig cristal crooks crystal curt dado dahlia
  daisy dale dalla dallas dalton dame danny daphne dare daris dawn dayan dean deja delia dell
  delphin delta deme denis derrick desire desiree destin destinee destiny devin devon dewitt dexter
  diamond diane dickens diene dina dino divine dixie dock dolly dominick dominique donna donny dora
  doris douce dovie drake drame drew dries dumas dune durgan dusty earl earnest easter ebony eddy
  eden eglantine elise else emerald emery emie emir emma emmet emmy enes epiphane eric erica erick
  erine escobar ester ethyl eugenia eustache evert fady faith fall fanny fares fatma fauche felicia
  felicita felicite felicity fern ferre ferrer ferry fiacre fidele fisher flak fletcher fleur
  fleury floor flor flora flore florence florentin flores flossie fontaine ford forest fortune
  fortunee foster foulques fournier francisque franco frank franklin freeman fritz funk gage
  gaillard garance garland garnet garret garrison garth gaud gene general genesis geneva georgette
  germain germaine german gibson gilbert gilles ginger giron glen gloria glover golden gora goral
  grace gracia gracie graham grant green griffin grimes guillaume guillemette gunner gussie gust
  guyot hakim halle hamed hamza hand hank hardy harmony haro harry hava haven hazel heath heather
  heaven hector helio helios heller helmer henry hermine hettie hidalgo hilaire hills hind holden
  holly homer honore hope howe huerta hunter innocent iris isabel isabella islam ivory jacinthe
  jack jacky jacques jacquet jade jake jalon james jane jarred jarret jasmin jasmine jasper jawed
  jaycee jean jeanette jeannette jeff jenny jerry jess jesse jessie jesus jewel jill jimmie jimmy
  joanna joey john johnnie johnny johns johnson jolie jones jordan joseph josh judge judy jules
  julien juliet junior juste justice juvenal kade kais kale kali kamila kane kara karas kawa kays
  keeling kelly kelvin kent kerry khalifa kiley kine king kirk kitty koss krakowiak kris kula kulas
  kutch kyle kylie lacey lacy laine lakin lambert lamia lamine lana lance lander lane lang lars
  lasse laura laure laurel lazar leal lean lech leonard leone lester levin lewis lexie liana lias
  libere lien lilas lily lima limon lind line linn lino lion lionel lira liron lise little lizzie
  llamas loan lockman logan lohan lois loma lopes lore lori loris lorrain lorraine lotte louie
  louis loup lourdes lowe loyal luce luis luise luke lulu luna lyam lyes lynch lyne lyric mack
  madeleine madge madison madonna madrigal maes magdalen maggie magnolia magnus maia major malik
  malin mama mamie mane manga mante manuel mara marc marcel marcella marchand mares margarita marge
  marguerite maria marie marin marina marine marjolaine mark marks marlin marques marquez marquis
  marquise marshall martens martial martin martins mary maryjane masa mason mata matilda matis
  matisse mats matt mattie maud maverick mavis maxim maxime maximus maxwell maya maye medina melba
  melchior melia melo melodie melody melusine mena menu mercier merel merino merl merle merlin mesa
  meta mete meunier michael miel mike milan miles miller millie mills milo mina minnie mira miracle
  miro misty moche modest mohr moira moise moises mollie molly mona monte montero montes montez
  monty mora morales moreau morel morgan morris mose moses mossie moulin moussa moya mucha muller
  murl murphy murray musa myrtille myrtle nada nadir nail nais nala name nancy nannie napoleon
  narcisse neal nellie nelly nelson nene nestor nettie neves newell newton niasse nick nieves nils
  nine ninon noah noble noel nona norma norman normand nova novella octave octavia olive oliver
  olivier ollie olympe omer ondine onie opal oral orin orval oscar osmund otto paco pagan palemon
  palma palomino pansy pantaleon paolo parfait paris parker parra pascal pascale paterne patience
  patrice patrick patsy pattie patty paul paulette paulien paulin pearl pedro peggy penny pepin
  perea pereira perla perle perrier perry pete peter petit philippine phoebe picard pierce pierre
  pilar pilch pina pink pinkie pinon pinto piper pires plomb poirier polly ponce pons porter posada
  precious price primerose prince princess prosper prudence prune python queen queenie quinones
  raina ralph rama rami ramona randy ransom rath raven raya reed regina regis reine reis renard
  rene renee reva rhea riad rice richard rick rickey riley riojas ritz rivas river rivera riviere
  roan robert roberts robin robles roch roche rocky roger rogers roma romain romaine roman romane
  romeo ronnie roos roque rory rosa rosalia rosas roscoe rose rosella rosemary roser rosie rousseau
  roux rowan royal ruby rune russel rusty ruth rutherford sabine sage said salas salinas sall sally
  samara samba sammy sana sancho sander sandy sane santos satine saul sauveur savanna savannah
  savin schiller schimmel scot scottie sean sena sene senne serafin seraphin serenity serge serine
  serra serrano shad shanny sharon shawn shay shea sheila shelly sherry shields sibyl sibylle sien
  sienna sierra silva sincere sipes sire sister sixte smith soares soda solano solon sonny spencer
  stark steeve stella stephane sterling steven stokes stone summer sunny swan swift sylvain sylvan
  sylvestre sylvia taha tais tali tall talon tamara tamia tammy tanner tara tate taurean taurin
  teddy telly terri terry thora tian tiara tiffany till tilla timon timothy tina tine toby toledo
  toma tomas tome tommy toney tony toro toscane toussaint trace travis tressa trey trinity tromp
  troy turner tyler ulices unique urbain urban urena valencia valentine vanessa veda vega vela
  velez vena vera verdie vernie veronica veronique vesta victoire victor victoria victorien vida
  vigil vigile villa viola violet violette virginia virginie vita vital viva wade waldo walker waly
  wane ward warre warren waters weber webster welch wellington west white will william willie
  willow willy witting wolf xenia yoni zack zander zapata zareba zephyr zineb
`)
