"""Handed-in batches: one that holds changes nothing, any other one takes the signature away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosach.cases import make_case
from sosach.cases.class_pki import PIN, Holder, at, practice_pki
from sosach.cases.signing.proofs import (
    MAX_BATCH_FILE,
    MAX_BATCHES,
    batches_of,
    delegations_of,
    proved,
)
from sosach.grading.rubrics.signatures import signatures
from sosach.grading.seeds import practice_seed
from sosach.grading.specs import find_spec, load_spec
from sosach.signing.batches import Entry
from sosach.signing.certificates import self_certify, subject, unit_of
from sosach.signing.dose_signing import make_batch
from sosach.signing.doses import digest, dose_bytes
from sosach.signing.faults.scene import SoftToken
from sosach.signing.pki import make_key
from sosach.signing.tokens import VirtualToken

SPEC = load_spec(find_spec("k2_13_ai_duoc_ky"))
ENDS = {"json": "manifest", "p7s": "signature", "jsonl": "copies"}
MORNING = at("2022-05-09", "10:00:00")


def case_number(number):
    """A practice set for clicks."""
    return make_case(SPEC, "lam_quen", practice_seed(SPEC.id, "lam_quen", number))


class World:
    """A practice set, its tokens logged in, and who checks."""

    def __init__(self, case, folder):
        self.case = case
        for name, write in case.printed(practice_pki).items():
            write(folder / name)
        self.trust = practice_pki().trust
        self.tokens = {
            name: VirtualToken(folder / "token" / name) for name in ("TK1", "TK2", "TK3", "TK4")
        }
        for token in self.tokens.values():
            token.login(PIN)
        self.rows = {dose["ma_mui"]: dose for dose in case.doses()}
        self.ready = [dose for dose, able in case.key.doses.items() if able.may]
        able = case.key.doses[self.ready[0]]
        [self.right] = [name for name, token in able.tokens.items() if token.right]

    def files(self, signer, doses=None, name="lo_000001", at=MORNING, revision=1):
        """The files of one batch over some doses, those that may be signed by default."""
        some = doses if doses is not None else [self.rows[dose] for dose in self.ready]
        lines = [(dose["ma_mui"], dose_bytes(dose, revision)) for dose in some]
        entries = [(Entry(line, revision, digest(data)), data) for line, data in lines]
        unit = unit_of(signer.certificates()[0])
        made = make_batch(name, unit, entries, signer, at)
        return {f"chu_ky/{name}.{end}": getattr(made, part) for end, part in ENDS.items()}

    def key(self, files):
        """The key, told of some files."""
        may = delegations_of(self.case.files["co_so"], self.case.files["uy_quyen"])
        return proved(self.case.key, files, self.rows.values(), may, self.trust)

    def unheld(self, files):
        """The doses whose signature does not hold, and why."""
        key = self.key(files)
        return {dose: able.unheld for dose, able in key.doses.items() if able.unheld}

    def worth(self, files):
        """What all right doses with the right token are worth beside some batches."""
        key = self.key(files)
        rows = [{"ma_mui": dose, "token": self.right} for dose in self.ready]
        return signatures(rows, key, {}).score().fraction


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """One trainee's desk."""
    return World(case_number(1), tmp_path_factory.mktemp("du_lieu"))


def test_proved_good_batch(world):
    """What the right token signed holds, doses of a delegating unit too."""
    files = world.files(world.tokens[world.right])

    assert world.unheld(files) == {}
    assert world.worth(files) == 1


def test_proved_no_batch(world):
    """Without a batch the decision counts."""
    assert world.unheld({"ky_so.json": b"[]"}) == {}
    assert world.worth({}) == 1


@pytest.mark.parametrize("token", ["TK1", "TK2", "TK3", "TK4"])
def test_proved_other_tokens(world, token):
    """A colleague's, the neighbour's and the expired token sign nothing that holds."""
    found = world.unheld(world.files(world.tokens[token]))

    assert sorted(found) == ([] if token == world.right else sorted(world.ready))


def test_proved_forged_authority(world):
    """A certificate of one's own making, with the right names, is worth nothing."""
    own = world.tokens[world.right].certificates()[0]
    name, days = subject("Trạm Y tế", unit_of(own)), timedelta(days=9)
    made = self_certify("facility", name, make_key("rsa"), MORNING - days, MORNING + days)
    files = world.files(SoftToken(made.key, (made.certificate,)))

    assert sorted(world.unheld(files)) == sorted(world.ready)
    assert world.worth(files) == 0
    assert "nơi cấp" in next(iter(world.unheld(files).values()))


def test_proved_altered_manifest(world):
    """A manifest that was changed after signing takes all its doses down."""
    files = world.files(world.tokens[world.right])
    files["chu_ky/lo_000001.json"] = files["chu_ky/lo_000001.json"].replace(
        b'"lo_000001"', b'"lo_000001" '
    )
    assert world.unheld(files) == {}  # no manifest in canonical form: nothing is known of it
    files = world.files(world.tokens[world.right])
    other = world.files(world.tokens[world.right], [world.rows[world.ready[0]]])
    files["chu_ky/lo_000001.p7s"] = other["chu_ky/lo_000001.p7s"]
    assert sorted(world.unheld(files)) == sorted(world.ready)


def test_proved_other_content(world):
    """A dose that was signed with another cell is not signed, and the cell is named."""
    dose = world.rows[world.ready[0]]
    files = world.files(world.tokens[world.right], [{**dose, "so_lo": "KHAC"}])

    [(name, why)] = world.unheld(files).items()
    assert name == dose["ma_mui"]
    assert "so_lo" in why


def test_proved_other_trainee(world, tmp_path):
    """Another trainee's batches of the same class say nothing of one's own doses."""
    other = World(case_number(2), tmp_path)
    files = other.files(other.tokens[other.right])

    assert world.unheld(files) == {}
    assert other.unheld(files) == {}


def test_proved_newest_counts(world):
    """Signed with the wrong token first and with the right one then, a dose holds."""
    wrong = next(token for token in world.tokens if token != world.right)
    first = world.files(world.tokens[wrong])
    then = world.files(world.tokens[world.right], name="lo_000002", revision=2)

    assert world.unheld({**first, **then}) == {}


def test_proved_says_nothing_of_doses_that_may_not_be_signed(world):
    """Signing what may not be signed stays a wrong signature, however it was signed."""
    others = [world.rows[d] for d, able in world.case.key.doses.items() if not able.may]
    rows = [{"ma_mui": dose["ma_mui"], "token": world.right} for dose in others]
    files = world.files(world.tokens[world.right], others)
    key = world.key(files)

    assert key == world.case.key
    assert all(
        finding.harms for finding in signatures(rows, key, {}).findings if finding.answer == "ky"
    )


@pytest.fixture(scope="module")
def wrong_files(world):
    """One dose, signed with a wrong token."""
    wrong = next(token for token in world.tokens if token != world.right)
    return world.files(world.tokens[wrong], [world.rows[world.ready[0]]])


@settings(max_examples=100)
@given(st.sampled_from(sorted(ENDS)), st.binary(max_size=200), st.floats(0, 1))
def test_proved_whatever_the_bytes(world, wrong_files, end, junk, where):
    """Junk anywhere in a batch raises nothing and makes no wrong token right."""
    files = dict(wrong_files)
    data = files[f"chu_ky/lo_000001.{end}"]
    cut = int(where * len(data))
    files[f"chu_ky/lo_000001.{end}"] = data[:cut] + junk + data[cut + len(junk) :]

    assert set(world.unheld(files)) <= {world.ready[0]}


def test_proved_deep_nesting(world):
    """A manifest without bottom is no manifest."""
    files = world.files(world.tokens[world.right])
    files["chu_ky/lo_000001.json"] = b"[" * 100_000

    assert world.unheld(files) == {}


def test_batches_of_limits():
    """A batch that is incomplete or too large is none, and there are so many at most."""
    whole = {f"lo_{i:06}{end}": b"x" for i in range(99) for end in (".json", ".p7s", ".jsonl")}
    large = {
        "lo_000001.json": b"x" * (MAX_BATCH_FILE + 1),
        "lo_000001.p7s": b"x",
        "lo_000001.jsonl": b"x",
    }

    assert len(list(batches_of(whole))) == MAX_BATCHES
    assert list(batches_of(large)) == []
    assert list(batches_of({"lo_000001.p7s": b"x"})) == []
    assert list(batches_of({"../x.p7s": b"x", "lo_1.p7s": b"x"})) == []


def test_class_token_is_made_once():
    """The same label is the same token, with the certificate of its first asking."""
    pki, holder = practice_pki(), Holder("person", "CS1", "An", "2022-04-11", "2027-04-10")
    first = pki.token("thu", holder).certificates()

    assert pki.token("thu", replace(holder, name="Bình")).certificates() == first
