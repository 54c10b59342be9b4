"""What each kind of error in a dose looks like, in SQL that reads one cell beside its truth."""

from __future__ import annotations

__all__ = ["DOSE_DEFINITIONS"]

_DAYS = r"""
-- the days from which people of 12 and of 5 years were called (dose_rules.csv R18, R19)
create macro from_12() as date '2021-10-27';
create macro from_5() as date '2022-04-16';
create macro age_on(born, given) as date_sub('year', day(born), given);

create macro is_e51(cell, other_day) as cell = other_day;
create macro is_e54(cell, own_day, first_day) as
  own_day - first_day > 12 and full_day(cell) - first_day between 3 and 10;
create macro is_e53(cell, given) as
  full_day(cell) - full_day(given) between 3 and 45
  or (full_day(cell) is not null and left(cell, 6) = left(given, 6)
      and abs(right(cell, 4)::int - right(given, 4)::int) = 1);

-- before children of this age were called
create macro is_e58(cell, given, born) as
  age_on(born, full_day(given)) < 18 and cell <> given
  and case when age_on(born, from_12()) >= 12
      then from_12() - full_day(cell) between 1 and 80
      else from_5() - full_day(cell) between 1 and 100 and age_on(born, full_day(cell)) < 12 end;

-- a day in another form: what it says, null where it is none of these forms
create macro in_this_century(year, month, day) as
  cast(try_strptime(concat('20', year, '/', month, '/', day), '%Y/%m/%d') as date);
create macro is_month_first(cell) as
  regexp_full_match(cell, '[1-9][0-9]?/[1-9][0-9]?/[0-9]{2}');
create macro reread(cell) as
  case when regexp_full_match(cell, '[0-9]{5}') then date '1899-12-30' + try_cast(cell as int)
  when regexp_full_match(cell, '[0-9]{2}\.[0-9]{2}\.[0-9]{2}|[0-9]{2}-[0-9]{2}-[0-9]{2}')
  then in_this_century(right(cell, 2), substr(cell, 4, 2), left(cell, 2))
  when is_month_first(cell)
  then in_this_century(split_part(cell, '/', 3), split_part(cell, '/', 1),
                       split_part(cell, '/', 2)) end;
-- 6/5/21 may be meant as 5 June or as 6 May
create macro is_unclear(cell) as
  coalesce(is_month_first(cell) and split_part(cell, '/', 1) <> split_part(cell, '/', 2)
           and try_cast(split_part(cell, '/', 2) as int) <= 12, false);
create macro is_e23(cell, given) as reread(cell) = full_day(given);
"""

_LINES = r"""
create macro is_e52(cell, slot) as slot = 'CB2' and cell = 'CB1';
create macro is_e57(cell, slot, slots) as
  cell = case slot when 'BS' then 'NL1' when 'NL1' then 'BS' when 'CB3' then 'NL1' end
  and not list_contains(slots, cell);

create macro is_e55(cell, vaccine) as
  cell <> vaccine and list_contains(map_keys(getvariable('lot_forms')), cell);
create macro is_e24(cell, vaccine) as
  coalesce(map_extract(getvariable('spellings'), cell)[1] = vaccine, false);

-- no lot, letters O for its zeros, or a lot of another vaccine that the stations had
create macro is_e56(cell, lot, vaccine) as
  cell <> lot
  and (cell = '' or cell = replace(lot, '0', 'O')
       or list_bool_or([regexp_full_match(cell, form.value) and form.key <> vaccine
                        for form in map_entries(getvariable('lot_forms'))]));

create macro is_e59(cell, place_name, listed) as not listed and cell = place_name;
create macro is_e60(cell, station, place) as place = 'NGOAI' and cell = station;
create macro is_unsigned(cell) as cell = 'Đã ký';
"""

_DECOYS = r"""
create macro is_d02(first_vaccine, second_vaccine) as
  first_vaccine = 'AstraZeneca' and second_vaccine = 'Pfizer';
-- a month and more after the shortest gap
create macro is_d03(first_vaccine, second_vaccine, gap, shortest) as
  first_vaccine = second_vaccine and gap >= shortest + 30
  and first_vaccine in ('Pfizer', 'Moderna', 'Vero Cell', 'Sputnik V', 'Hayat-Vax');
create macro is_d05(first_vaccine, booster) as
  first_vaccine in ('Pfizer', 'Moderna') and booster = 'AstraZeneca';
"""

DOSE_DEFINITIONS = _DAYS + _LINES + _DECOYS
