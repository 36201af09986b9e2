-- Both extensions are « trusted »: the owner of a database may create them, no superuser is needed.
create extension if not exists unaccent;
create extension if not exists pg_trgm;

-- What two observations are compared by: no masks (« [nom] »), and no word with a capital inside a
-- sentence or before another, which in French is a name. Accents go, since people type in a hurry.
create function findings_plain(situation text, idea text) returns text
  language sql immutable parallel safe
  return lower(public.unaccent('public.unaccent', regexp_replace(
    regexp_replace(situation || '. ' || idea, '\[[^\]]*\]', ' ', 'g'),
    '(?<=[[:alnum:],;:’''] ?)\m[[:upper:]][[:alpha:]’''-]+|\m[[:upper:]][[:alpha:]’''-]+(?= [[:upper:]])', ' ', 'g')));

-- Numbers, addresses and links say nothing about what annoys, and may be about a person.
create text search configuration findings_fr (copy = french);
alter text search configuration findings_fr
  drop mapping for int, uint, float, sfloat, version, numword, numhword, hword_numpart, email, url, host, url_path, file;
create text search configuration findings_en (copy = english);
alter text search configuration findings_en
  drop mapping for int, uint, float, sfloat, version, numword, numhword, hword_numpart, email, url, host, url_path, file;

-- A stem as what it means here: the words of one annoyance are many. A thesaurus dictionary would be a
-- file on the disk of every PostgreSQL server. Five letters fold what the stemmer keeps apart
-- (« attente », « attendu »; « rappeler », « rappelé »).
create function findings_meaning(stem text) returns text
  language sql immutable parallel safe
  return case
    when stem = any ('{attend,attendu,attendr,patient}') then 'atten'
    when stem = any ('{queu}') then 'fil'
    when stem = any ('{rdv}') then 'rende'
    when stem = any ('{appelon,telephon,decroch}') then 'appel'
    when stem = any ('{transfer,transfere,balad}') then 'trans'
    when stem = any ('{interlocuteur}') then 'conse'
    when stem = any ('{debit,debite,prelevement}') then 'prele'
    when stem = any ('{reboot,rallum}') then 'redem'
    when stem = any ('{racont,expliqu,explic,reexpliqu}') then 'repet'
    when stem = any ('{reduct,promot,promo}') then 'remis'
    when stem = any ('{rendr,rendu,renvoi,renvoy}') then 'retou'
    when stem = any ('{equip}') then 'mater'
    when stem = any ('{justificat,document,papier}') then 'ident'
    when stem = any ('{chat,tchat,virtuel}') then 'robot'
    when stem = any ('{pann,interrupt}') then 'coupu'
    when stem = any ('{raccroch}') then 'coup'
    when stem = any ('{ralent,ram,fig}') then 'lent'
    when stem = any ('{intervent,deplac}') then 'techn'
    when stem = any ('{appli}') then 'appli'
    when stem = any ('{outil,system}') then 'logic'
    when stem = any ('{tel,tv,decodeur,chain}') then 'telev'
    when stem = any ('{colis,transporteur}') then 'livr'
    when stem = any ('{sav,garant}') then 'repar'
    when stem = any ('{horair}') then 'ferm'
    when stem = any ('{hauss,doubl}') then 'augme'
    when stem = any ('{insu,consent}') then 'accor'
    when stem = any ('{plag}') then 'crene'
    when stem = any ('{guid,emploi}') then 'notic'
    when stem = any ('{deced,mort,deuil}') then 'deces'
    when stem = any ('{frauduleux}') then 'pirat'
    when stem = any ('{demarch,commercial,vendr}') then 'offre'
    when stem = any ('{senior}') then 'age'
    when stem = any ('{capt,couvertur}') then 'resea'
    when stem = any ('{audio,casqu,son}') then 'bruit'
    when stem = any ('{avert}') then 'preve'
    else left(stem, 5) end;

-- Full text search in the language whose small words the text is made of: an observation does not know
-- its language, and one more thing to know about its author would be one too many.
create function findings_words(situation text, idea text) returns tsvector
  language sql immutable parallel safe
  return (
    select coalesce(array_to_tsvector(array_agg(distinct public.findings_meaning(stem))), ''::tsvector)
    from (select public.findings_plain(situation, idea) as plain) as said,
      lateral (select to_tsvector('public.findings_fr', plain) as fr, to_tsvector('public.findings_en', plain) as en) as read,
      unnest(tsvector_to_array(case when length(en) < length(fr) then en else fr end)) as stem
    -- Small words the dictionary leaves, what everybody writes about, and what is only a quantity.
    where length(stem) > 1 and stem <> all ('{le,ete,san,depuis,tout,tous,plus,tre,tres,alor,quand,mem,dej,deja,fois,deux,trois,quatr,cinq,six,sept,huit,dix,quinz,vingt,trent,quarant,person,toujour,rien,faut,doit,dit,dis,chaqu,aucun,plusieur,seul,apre,apres,avant,encor,jam,autr,peut,fair,fait,va,vien,met,mis,pass,dan,leur,entr,cel,cet,ca,si,bien,tel,dont,an,jour,mois,semain,heur,minut,lund,mard,mercred,jeud,vendred,samed,dimanch,client,monsieur,dam,mme,mr,elle,il,on,tant,ainsi,comm,lor}'::text[]));

alter table observations
  add column words tsvector generated always as (findings_words(situation, idea)) stored,
  -- Lets a finding prove that its observations are of its day.
  add constraint observations_of_day unique (day_id, id);
-- Without a pending list: it would be read through at every look, a hundred times a suggestion.
create index observations_by_words on observations using gin (words) with (fastupdate = off) where not withdrawn;
-- In an order that tells neither time nor author, page by page.
create index observations_by_chance on observations (day_id, md5(id::text)) where not withdrawn;

-- What several people saw, in the director's words. A later feature that hangs on a finding (votes,
-- actions) refers to it without cascading: the database then lets it be withdrawn, not dissolved.
create table findings (
  id uuid not null,
  region_id uuid not null,
  day_id uuid not null,
  irritant_id uuid not null,
  title text not null,
  note text not null default '',
  -- Rises with every change of words or state: of two directors the second is told.
  version integer not null default 1,
  created_by uuid,
  created_at timestamptz not null,
  -- Withdrawn: it stays with all that hangs on it, and counts no more.
  withdrawn_at timestamptz,
  withdrawn_reason text,
  constraint findings_pk primary key (id),
  constraint findings_of_day unique (day_id, id),
  constraint findings_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint findings_irritant_fk foreign key (region_id, irritant_id) references irritants (region_id, id),
  constraint findings_account_fk foreign key (created_by) references accounts (id) on delete set null,
  constraint findings_title_short check (length(title) between 3 and 120),
  constraint findings_note_short check (length(note) <= 1000),
  constraint findings_reason_told check ((withdrawn_at is null) = (withdrawn_reason is null)),
  constraint findings_reason_short check (length(withdrawn_reason) between 3 and 300)
);

-- Which observation is in which finding: in one at most. Without an hour: that of an anonymous
-- observation would be known to be earlier.
create table finding_observations (
  observation_id uuid not null,
  day_id uuid not null,
  finding_id uuid not null,
  constraint finding_observations_pk primary key (observation_id),
  constraint finding_observations_finding_fk foreign key (day_id, finding_id) references findings (day_id, id) on delete cascade,
  constraint finding_observations_observation_fk foreign key (day_id, observation_id) references observations (day_id, id) on delete cascade
);
create index finding_observations_by_finding on finding_observations (finding_id);
