"""Sealing, wrapping and codes, without a database."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havn.vault.rules import (
    DoesNotOpen,
    ReturnCode,
    Wrap,
    bindings,
    cipher,
    codes,
    derive,
    message_aad,
    new_key,
    new_pair,
    open_,
    open_with,
    pair_of,
    seal,
    seal_to,
    unwrap,
    wrap,
)
from havn.vault.rules.recovery import RecoverySecret, check_fits, check_hash, new_salt
from havn.vault.rules.wraps import decoy

# A busy machine is no fault of the rule.
calm = settings(deadline=None)
KEY = bytes(range(32))
AAD = message_aad(7, 3, "visitor", "text", 1)
places = st.tuples(
    st.integers(0, 2**53),
    st.integers(0, 2**31),
    st.text(max_size=8),
    st.text(max_size=6),
    st.integers(0, 2**15),
)


class TestSealing:
    @calm
    @given(st.binary(max_size=4000), st.binary(max_size=100))
    def test_what_is_sealed_opens_to_the_same(self, text: bytes, aad: bytes) -> None:
        nonce, sealed = seal(KEY, text, aad)
        assert open_(KEY, nonce, sealed, aad) == text
        assert open_(cipher(KEY), memoryview(nonce), memoryview(sealed), aad) == text

    def test_the_same_words_never_look_the_same(self) -> None:
        sealed = {seal(KEY, b"hei", AAD) for _each in range(1000)}
        assert len({nonce for nonce, _ in sealed}) == len({text for _, text in sealed}) == 1000

    def test_a_single_changed_bit_anywhere_is_found(self) -> None:
        nonce, sealed = seal(KEY, b"I don't know who else to tell", AAD)
        for part, whole in (("key", KEY), ("nonce", nonce), ("sealed", sealed), ("aad", AAD)):
            for place in range(len(whole) * 8):
                changed = bytearray(whole)
                changed[place // 8] ^= 1 << place % 8
                given_ = {"key": KEY, "nonce": nonce, "sealed": sealed, "aad": AAD, part: bytes(changed)}
                with pytest.raises(DoesNotOpen):
                    open_(given_["key"], given_["nonce"], given_["sealed"], given_["aad"])

    @pytest.mark.parametrize("length", [0, 1, 11, 12, 15, 16])
    def test_cut_off_bytes_do_not_open_and_do_not_crash(self, length: int) -> None:
        nonce, sealed = seal(KEY, b"a longer text than that", AAD)
        for pair in ((nonce[:length] if length < 12 else nonce, sealed[:length]), (nonce[: min(length, 11)], sealed)):
            with pytest.raises(DoesNotOpen):
                open_(KEY, *pair, AAD)

    def test_why_something_does_not_open_is_not_told(self) -> None:
        nonce, sealed = seal(KEY, b"hei", AAD)
        said = set()
        wrong = ((new_key(), AAD, sealed), (KEY, b"other", sealed), (KEY, AAD, b""), (KEY, AAD, bytes(40)))
        for key, aad, body in wrong:
            with pytest.raises(DoesNotOpen) as error:
                open_(key, nonce, body, aad)
            said.add((str(error.value), error.value.__cause__, error.value.__suppress_context__))
        assert said == {("", None, True)}

    @calm
    @given(places, places)
    def test_no_two_places_share_an_aad(
        self, one: tuple[int, int, str, str, int], two: tuple[int, int, str, str, int]
    ) -> None:
        assert (message_aad(*one) == message_aad(*two)) == (one == two)

    @pytest.mark.parametrize(
        "elsewhere",
        [
            (8, 3, "visitor", "text", 1),
            (7, 4, "visitor", "text", 1),
            (7, 3, "staff", "text", 1),
            (7, 3, "visitor", "note", 1),
            (7, 3, "visitor", "text", 2),
        ],
    )
    def test_a_message_moved_relabelled_or_reordered_does_not_open(
        self, elsewhere: tuple[int, int, str, str, int]
    ) -> None:
        nonce, sealed = seal(KEY, b"hei", AAD)
        with pytest.raises(DoesNotOpen):
            open_(KEY, nonce, sealed, message_aad(*elsewhere))


class TestPublicKeys:
    @calm
    @given(st.binary(max_size=200), st.binary(max_size=50))
    def test_only_the_private_half_opens(self, text: bytes, info: bytes) -> None:
        pair, other = new_pair(), new_pair()
        sealed = seal_to(pair.public, text, info)
        assert open_with(pair.private, sealed, info) == text
        for private, said in ((other.private, info), (pair.private, info + b"!")):
            with pytest.raises(DoesNotOpen):
                open_with(private, sealed, said)

    def test_a_single_changed_byte_anywhere_is_found(self) -> None:
        pair = new_pair()
        sealed = seal_to(pair.public, new_key(), b"info")
        for place in range(len(sealed)):
            changed = bytearray(sealed)
            # The highest bit of X25519's last byte is ignored by the curve (RFC 7748) but not by HPKE's schedule.
            changed[place] ^= 0x80
            with pytest.raises(DoesNotOpen):
                open_with(pair.private, bytes(changed), b"info")

    @pytest.mark.parametrize("sealed", [b"", b"x", bytes(32), bytes(48), bytes(80)])
    def test_nonsense_does_not_open_and_does_not_crash(self, sealed: bytes) -> None:
        with pytest.raises(DoesNotOpen):
            open_with(new_pair().private, sealed, b"info")

    def test_a_pair_is_found_again_from_its_private_half(self) -> None:
        pair = new_pair()
        assert pair_of(pair.private).public == pair.public

    def test_a_key_pair_in_an_error_or_a_log_shows_no_key(self) -> None:
        pair, code, secret = new_pair(), ReturnCode.make(), RecoverySecret.make()
        assert repr(pair.private)[2:10] not in repr(pair)
        assert pair.private.hex() not in repr(pair)
        assert code.secret.hex() not in repr(code)
        assert code.text not in repr(code)
        assert str(secret.number) not in repr(secret)
        assert secret.text not in repr(secret)

    def test_each_binding_is_its_own(self) -> None:
        said = [
            bindings.member_info(1, 1, 1),
            bindings.member_info(1, 1, 11),
            bindings.member_info(1, 11, 1),
            bindings.member_info(11, 1, 1),
            bindings.recovery_info(1, 1),
            bindings.conversation_info(1, 1),
            bindings.conversation_info(1, 11),
            bindings.staff_key_aad(1, b"1:"),
            bindings.staff_key_aad(11, b":"),
        ]
        assert len(set(said)) == len(said)


class TestWraps:
    @calm
    @given(st.binary(min_size=10, max_size=32), st.binary(max_size=64), st.binary(max_size=30))
    def test_a_secret_opens_its_wrap_packed_or_not(self, secret: bytes, text: bytes, info: bytes) -> None:
        stored = wrap(secret, text, info)
        assert unwrap(secret, stored, info) == text
        assert unwrap(secret, Wrap.unpack(memoryview(stored.packed)), info) == text
        with pytest.raises(DoesNotOpen):
            unwrap(secret + b"!", stored, info)
        with pytest.raises(DoesNotOpen):
            unwrap(secret, stored, info + b"!")

    def test_each_row_has_a_salt_of_its_own_so_that_one_guess_tests_one_row(self) -> None:
        assert len({wrap(b"0123456789", KEY, b"").salt for _each in range(200)}) == 200

    @pytest.mark.parametrize("packed", [b"", b"short", bytes(16), bytes(28), bytes(76)])
    def test_too_short_bytes_do_not_open(self, packed: bytes) -> None:
        with pytest.raises(DoesNotOpen):
            unwrap(b"0123456789", Wrap.unpack(packed), b"")

    def test_nothing_opens_a_decoy(self) -> None:
        with pytest.raises(DoesNotOpen):
            unwrap(b"0123456789", decoy(b""), b"")

    def test_other_uses_give_other_keys(self) -> None:
        assert len({derive(KEY, b"salt", b"a"), derive(KEY, b"salt", b"b"), derive(KEY, b"pepper", b"a")}) == 3


class TestReturnCodes:
    @calm
    @given(st.integers(0, 2**20 - 1), st.binary(min_size=10, max_size=10))
    def test_what_is_shown_is_understood(self, locator: int, secret: bytes) -> None:
        code = ReturnCode(locator, secret)
        assert len(code.text) == 24
        assert [len(group) for group in code.text.split("-")] == [4] * 5
        assert ReturnCode.parse(code.text) == code

    @calm
    @given(st.integers(0, 2**20 - 1), st.binary(min_size=10, max_size=10), st.data())
    def test_case_spaces_hyphens_and_look_alikes_do_not_matter(
        self, locator: int, secret: bytes, data: st.DataObject
    ) -> None:
        code = ReturnCode(locator, secret)
        folds = {"0": "0Oo０ОΟ", "1": "1IilLｌІΙ", "V": "VvUu", "A": "AaАΑａ", "B": "BbВΒ", "X": "XxХΧ"}
        typed = ""
        for character in code.text.replace("-", ""):
            typed += data.draw(st.sampled_from(["", " ", "-", "–", "  ", "\u00a0", "\u200b", "\t", "‐", "_"]))
            typed += data.draw(st.sampled_from(folds.get(character, character + character.lower())))
        assert ReturnCode.parse(typed + " ") == code

    def test_the_characters_are_thirty_two_and_none_is_taken_for_another(self) -> None:
        assert len(set(codes.ALPHABET)) == 32
        assert not set("ILOU") & set(codes.ALPHABET)
        assert codes.clean(codes.ALPHABET.lower()) == codes.ALPHABET

    @calm
    @given(st.text(max_size=60))
    def test_whatever_is_typed_gives_a_code_or_none(self, typed: str) -> None:
        code = ReturnCode.parse(typed)
        assert code is None or ReturnCode.parse(code.text) == code

    @pytest.mark.parametrize(
        "typed",
        ["", "-", "ABCD-EFGH", "A" * 19, "A" * 21, "A" * 19 + "!", "A" * 19 + "ß", "A" * 100_000, "\ud800" * 20],
    )
    def test_what_cannot_be_a_code_is_none(self, typed: str) -> None:
        assert ReturnCode.parse(typed) is None

    def test_a_code_has_a_hundred_random_bits(self) -> None:
        made = [ReturnCode.make() for _each in range(400)]
        assert len({code.secret for code in made}) == 400
        for bit in range(20):
            assert 120 < sum(code.locator >> bit & 1 for code in made) < 280
        for bit in range(80):
            assert 120 < sum(int.from_bytes(code.secret, "big") >> bit & 1 for code in made) < 280

    def test_the_first_group_alone_is_the_locator(self) -> None:
        code = ReturnCode.make()
        other = ReturnCode(code.locator, bytes(10))
        assert code.text[:4] == other.text[:4] == codes.encode(code.locator, 20)

    def test_look_alikes_of_other_scripts_are_really_of_other_scripts(self) -> None:
        for letter in codes._OTHER_SCRIPTS:
            assert unicodedata.name(chr(letter)).split()[0] in {"CYRILLIC", "GREEK"}


class TestRecoveryKeys:
    @calm
    @given(st.integers(0, 2**160 - 1))
    def test_what_is_on_paper_is_understood(self, number: int) -> None:
        secret = RecoverySecret(number)
        assert len(secret.text.split("-")) == 8
        assert RecoverySecret.parse(secret.text.lower().replace("-", " ")) == secret

    def test_the_same_paper_gives_each_service_a_pair_of_its_own(self) -> None:
        secret = RecoverySecret.make()
        assert secret.pair(1).private == secret.pair(1).private != secret.pair(2).private

    def test_only_the_last_two_groups_or_the_whole_confirm(self) -> None:
        secret, salt = RecoverySecret.make(), new_salt()
        stored = check_hash(secret.check, salt)
        groups = secret.text.split("-")
        assert check_fits("-".join(groups[-2:]), salt, stored)
        assert check_fits(secret.text.lower(), salt, stored)
        for wrong in ("", groups[-1], "-".join(groups[:2]), groups[-2]):
            assert not check_fits(wrong, salt, stored)
        assert not check_fits("", b"", b"")


class TestFingerprints:
    def test_another_key_or_another_person_reads_out_otherwise(self) -> None:
        pair = new_pair()
        people = ((1, pair.public), (2, pair.public), (1, new_pair().public))
        said = {codes.fingerprint(*person) for person in people}
        assert len(said) == 3
        assert all(len(one) == 14 for one in said)
