"""What each kind of error and each decoy looks like, in SQL that reads one cell beside its truth.

Here are the cells of people; those of doses stand in `dose_definitions`.
"""

from __future__ import annotations

from sosach.verification.dose_definitions import DOSE_DEFINITIONS

__all__ = ["DEFINITIONS"]

_WRITTEN = r"""
-- a day as it is written on the platform; null when it is none
create macro full_day(written) as
  case when regexp_full_match(written, '[0-9]{2}/[0-9]{2}/[0-9]{4}')
  then cast(try_strptime(written, '%d/%m/%Y') as date) end;

-- a birth date: where only the year is known it counts from 1 January
create macro day(written) as
  case when regexp_full_match(written, '[0-9]{4}') then make_date(try_cast(written as int), 1, 1)
  else full_day(written) end;
create macro born_until(written, last_year) as year(day(written)) <= last_year;
create macro is_child(born) as not born_until(born, 2008);

-- a word with the letter at one place replaced
create macro put(word, place, letters) as
  concat(left(word, place - 1), letters, substr(word, place + 1));

-- what can be told of a name from its cell alone
create macro collapsed(name) as trim(regexp_replace(name, '[\s\p{Z}]+', ' ', 'g'));
create macro tidy(name) as collapsed(nfc_normalize(name));
create macro words(name) as split(name, ' ');
create macro same_name(one, other) as lower(tidy(one)) = lower(tidy(other));

-- CCCD or personal number: 12 digits; CMND: 9 (CV 2262); a foreigner's passport: no O for 0
create macro is_cccd(number) as coalesce(regexp_full_match(number, '[0-9]{12}'), false);
create macro is_cmnd(number) as coalesce(regexp_full_match(number, '[0-9]{9}'), false);
create macro well_formed(number) as is_cccd(number) or is_cmnd(number);
create macro is_passport(number) as
  coalesce(regexp_full_match(number, '[A-HJ-NPR-W][0-9]{8}'), false);

-- digit 4 = sex and century of birth, digits 5 and 6 = year of birth (Thông tư 07/2016)
create macro birth_digits(born, sex) as concat(
  (year(day(born)) // 100 - 19) * 2 + (sex = 'Nữ')::int + getvariable('digit_shift'),
  strftime(day(born), '%y'));

-- what the platform shows when nobody has interfered
create macro shown(nation, number, identity_right) as
  case when nation is distinct from 'Việt Nam' then 'Chưa gửi'
  when not well_formed(number) and not is_passport(number) then 'Không có/sai định dạng'
  when identity_right then 'Đúng' else 'Sai' end;
"""

_NUMBERS = r"""
-- slips of a typist: a digit left out (the first is E03's), typed twice, or a letter like it
create macro slips(number) as
  [put(number, i, '') for i in range(2, len(number) + 1)]
  || [put(number, i, repeat(number[i], 2)) for i in range(1, len(number) + 1)]
  || [put(number, i, translate(number[i], '0158', 'OlSB')) for i in range(1, len(number) + 1)];

-- 7.9086E+10: half a unit of the last place is 1/20000 of the power of ten
create macro rounds_to(cell, number) as
  case when regexp_full_match(cell, '[1-9]\.[0-9]{4}E\+[0-9]{2}')
  then abs(cell::double - number::double) * 20000 <= pow(10, right(cell, 2)::int)
  else false end;

create macro is_e01(cell, born) as cell = '' and not is_child(born);
create macro is_e03(cell, number) as
  left(number, 1) = '0' and (cell = ltrim(number, '0') or rounds_to(cell, number));
create macro is_e02(cell, number, phone) as
  cell <> '' and not well_formed(cell) and not is_e03(cell, number)
  and cell is distinct from phone and list_contains(slips(number), cell);
create macro is_e04(cell, number) as
  is_cccd(cell) and is_cccd(number) and right(cell, 9) = right(number, 9)
  and not list_contains(getvariable('provinces'), left(cell, 3));
create macro is_e05(cell, number, born, sex) as
  is_cccd(cell) and is_cccd(number) and substr(cell, 4, 3) <> birth_digits(born, sex)
  and list_contains([put(number, i, cell[i]) for i in range(4, 7)], cell);
create macro is_e06(cell, former) as cell <> '' and cell = former;
create macro is_e08(cell, phone) as cell <> '' and cell = phone;

-- the head of the household may be the person, or a foreigner: then there is no such number
create macro is_e07(cell, head_number, born) as cell = head_number and not is_child(born);
create macro is_e71(cell, head_number, born) as
  is_child(born) and (cell = '' or coalesce(cell = head_number, false));

-- a Vietnamese passport
create macro is_e72(cell, number) as
  is_cccd(number) and regexp_full_match(cell, 'C[0-9]{7}');

-- hardly anything is known of the person
create macro new_years_day(born) as concat('01/01/', right(born, 4));
create macro is_e73(col, cell, name, born) as
  length(born) = 10 and not is_child(born)
  and case col when 'so_giay_to' then cell = '' when 'ho_ten' then cell = words(name)[-1]
                  when 'ngay_sinh' then cell = new_years_day(born) and cell <> born end;
"""

_NAMES = r"""
create macro is_e10(cell, name) as
  not same_name(cell, name) and len(words(tidy(cell))) = len(words(tidy(name)));

create macro unmarked(name) as translate(strip_accents(name), 'đĐ', 'dD');
create macro shortened(name) as
  [array_to_string(words(name)[:i - 1] || words(name)[i + 1:], ' ')
   for i in range(2, len(words(name)))];
create macro is_e14(cell, name) as
  not same_name(cell, name) and (cell in (unmarked(name), upper(unmarked(name)))
                                 or list_contains(shortened(name), cell));

create macro is_e15(cell, name) as
  cell = concat('Út ', words(name)[-1])
  or (cell = concat(words(cell)[1], ' ', name)
      and words(cell)[1] in ('Maria', 'Anna', 'Têrêsa', 'Giuse', 'Phêrô', 'Gioan'));

create macro is_e16(cell, name) as
  not same_name(cell, name)
  and cell = concat_ws(' ', words(name)[-1], array_to_string(words(name)[:-2], ' '));

-- the given name from before it was changed
create macro is_e17(cell, name, sex) as
  words(cell)[:-2] = words(name)[:-2] and words(cell)[-1] <> words(name)[-1]
  and list_contains(map_extract(getvariable('rustic_names'), sex)[1], words(cell)[-1]);

create macro is_e20(cell, name) as
  cell <> name and collapsed(cell) = name;
create macro is_e21(cell, name) as cell <> name and nfc_normalize(cell) = name;

-- keys of Telex: plain letters, more of them than the name has; or text of an old font, which
-- shows letters of Western Europe only
create macro is_telex_like(cell, name) as
  regexp_full_match(cell, '[A-Za-z ]+') and length(cell) > length(name)
  and len(words(cell)) = len(words(name));
create macro is_old_font(cell, name) as
  regexp_full_match(cell, '[ -~\x{A0}-\x{FF}]+') and not regexp_full_match(cell, '[ -~]+')
  and not regexp_full_match(cell, '.*[\x{A0}].*') and len(words(cell)) = len(words(name));
create macro is_e22(cell, name) as
  cell <> name and not same_name(cell, name)
  and (is_telex_like(cell, name) or is_old_font(cell, name));
"""

_OTHER_CELLS = r"""
-- day and month swapped, or one of the last two digits of the year
create macro is_e11(cell, born) as
  full_day(born) is not null and full_day(cell) is not null and cell <> born
  and (cell = concat(substr(born, 4, 2), '/', left(born, 2), substr(born, 6))
       or cell in (put(born, 9, cell[9]), put(born, 10, cell[10])));

create macro is_e13(cell, born) as length(born) = 4 and cell = concat('01/01/', born);

create macro is_e12(cell, sex) as cell in ('Nam', 'Nữ') and cell <> sex;

-- a colleague's number
create macro is_e30(cell, phone, shared_phone) as cell <> phone and cell = shared_phone;

-- a prefix from before 2018, or one of the last seven digits left out
create macro is_old_phone(cell) as regexp_full_match(cell, '[0-9]{11}');
create macro is_e31(cell, phone, new_phone) as
  case when is_old_phone(cell) then coalesce(new_phone = phone, false)
  else regexp_full_match(cell, '[0-9]{9}')
       and list_contains([put(phone, i, '') for i in range(len(phone) - 6, len(phone) + 1)], cell)
  end;

-- no ward, or one of another district
create macro is_e32(cell, ward_district, cell_district) as
  cell = '' or coalesce(cell_district <> ward_district, false);

create macro is_e70(cell, nation) as cell = 'Việt Nam' and nation <> 'Việt Nam';
"""

_DECOYS = r"""
-- decoys: right, though they look wrong
create macro is_d01(number) as is_cccd(number) and left(number, 3) <> '079';

-- the tone of open oa, oe, uy may stand on either letter; the u of qu is no vowel
create macro is_d08(name) as
  list_bool_or([regexp_matches(nfc_normalize(lower(word)),
    '(^|[^q])([òóỏõọ][ae]|o[àáảãạèéẻẽẹ]|[ùúủũụ]y|u[ỳýỷỹỵ])$') for word in words(name)]);

create macro is_d09(name, ethnic) as
  ethnic = 'Ê Đê' or (ethnic in ('Khmer', 'Chăm') and len(words(name)) = 2);
create macro is_d10(name, sex) as
  len(words(name)) >= 3
  and words(name)[2] = case sex when 'Nữ' then 'Văn' when 'Nam' then 'Thị' end;
create macro is_d11(born, phone, head_phone, is_head) as
  not is_head and is_child(born) and phone <> '' and phone = head_phone;
create macro is_d13(born, number) as is_cccd(number) and year(day(born)) >= 2000;
"""

DEFINITIONS = _WRITTEN + _NUMBERS + _NAMES + _OTHER_CELLS + _DECOYS + DOSE_DEFINITIONS
