-- What a region words itself in the preparation kit of a role. The rest of a kit is what ships, so a
-- part nobody touched follows the product.
create table kit_parts (
  region_id uuid not null,
  role_id uuid not null,
  language text not null,
  section text not null,
  -- null: back to what ships. The row stays, so that its version never counts the same twice.
  lines jsonb,
  -- What shipped when these lines were written: another text since is worth a look.
  replaced jsonb not null,
  version integer not null,
  edited_by uuid,
  edited_at timestamptz not null,
  constraint kit_parts_pk primary key (region_id, role_id, language, section),
  constraint kit_parts_role_fk foreign key (region_id, role_id) references roles (region_id, id) on delete cascade,
  constraint kit_parts_editor_fk foreign key (edited_by) references accounts (id) on delete set null,
  constraint kit_parts_language_known check (language in ('fr', 'en', 'nl')),
  constraint kit_parts_lines_listed check (jsonb_typeof(lines) = 'array'),
  constraint kit_parts_replaced_listed check (jsonb_typeof(replaced) = 'array'),
  constraint kit_parts_version_counts check (version >= 1)
);
