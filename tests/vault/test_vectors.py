"""The published vectors of every primitive the vault uses, run against the libraries it runs on."""

from __future__ import annotations

import hashlib
from pathlib import Path

import shamir_mnemonic
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl import bindings as sodium

from amparo.vault import primitives

VECTORS = Path(__file__).parent / "vectors"


def from_hex(text: str) -> bytes:
    return bytes.fromhex(text.replace(" ", ""))


def test_aes_256_gcm_case_16_of_its_specification() -> None:
    key = from_hex("feffe9928665731c6d6a8f9467308308" * 2)
    plaintext = from_hex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    expected = from_hex(
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b"
    )
    nonce, aad = from_hex("cafebabefacedbaddecaf888"), from_hex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    assert AESGCM(key).encrypt(nonce, plaintext, aad) == expected


def test_a_cipher_is_aes_256_gcm_over_suite_and_context() -> None:
    key = from_hex("feffe9928665731c6d6a8f9467308308" * 2)
    blob = primitives.Cipher(key).seal(b"text", b"context")
    assert blob[:1] == b"\x01"
    assert AESGCM(key).decrypt(blob[1:13], blob[13:], b"\x01context") == b"text"


def test_hkdf_case_1_of_rfc_5869() -> None:
    kdf = HKDF(hashes.SHA256(), 42, bytes(range(13)), bytes(range(0xF0, 0xFA)))
    assert kdf.derive(b"\x0b" * 22).hex() == (
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )


def test_derive_is_hkdf_with_the_purpose_as_info() -> None:
    kdf = HKDF(hashes.SHA256(), 32, b"salt", b"amparo/1/purpose")
    assert primitives.derive(b"secret", "purpose", salt=b"salt") == kdf.derive(b"secret")


def test_hmac_case_2_of_rfc_4231() -> None:
    assert primitives.hmac(b"Jefe", b"what do ya want for nothing?").hex() == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


def test_ed25519_test_1_of_rfc_8032() -> None:
    secret = from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    public = from_hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = primitives.sign(secret, b"")
    assert signature.hex() == (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
        "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert primitives.verifies(public, signature, b"")
    assert not primitives.verifies(public, signature, b"x")


def test_argon2id_64_mib_of_the_reference_implementation() -> None:
    cost = primitives.Argon2Cost(memory_kib=65536, passes=2, lanes=1)
    assert primitives.stretch(b"password", b"somesalt", cost).hex() == (
        "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"
    )


def test_xchacha20_poly1305_of_its_draft() -> None:
    plaintext = (
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
        b"sunscreen would be it."
    )
    sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
        plaintext,
        from_hex("50515253c0c1c2c3c4c5c6c7"),
        bytes(range(0x40, 0x58)),
        bytes(range(0x80, 0xA0)),
    )
    assert sealed.hex() == (
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
        "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
        "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
        "21f9664c97637da9768812f615c68b13b52e"
        "c0875924c1c7987947deafd8780acf49"
    )


def test_hpke_x25519_case_a_1_1_of_rfc_9180() -> None:
    plaintext = openssl.hpke._decrypt_with_aad(
        Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_128_GCM),
        from_hex("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431")
        + from_hex(
            "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a"
        ),
        X25519PrivateKey.from_private_bytes(
            from_hex("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8")
        ),
        from_hex("4f6465206f6e2061204772656369616e2055726e"),
        b"Count-0",
    )
    assert plaintext == b"Beauty is truth, truth beauty"


def test_hpke_mlkem768_x25519_of_its_draft() -> None:
    lines = (VECTORS / "mlkem768_x25519.txt").read_text(encoding="ascii").splitlines()[1:]
    vector = {name: from_hex(value) for name, _, value in (line.partition(" ") for line in lines)}
    expanded = hashlib.shake_256(vector["sk"]).digest(96)
    plaintext = openssl.hpke._decrypt_with_aad(
        Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305),
        vector["enc"] + vector["ct"],
        MLKEM768X25519PrivateKey(
            MLKEM768PrivateKey.from_seed_bytes(expanded[:64]),
            X25519PrivateKey.from_private_bytes(expanded[64:]),
        ),
        vector["info"],
        vector["aad"],
    )
    assert plaintext == vector["pt"]
    assert bytes.fromhex(plaintext.decode()).decode() == "Beauty is truth, truth beauty"


def test_seal_to_is_that_hpke_with_aes_256_gcm() -> None:
    pair = primitives.new_hpke_pair()
    blob = primitives.seal_to(pair.public, b"text", b"context")
    private = MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(pair.private[:64]),
        X25519PrivateKey.from_private_bytes(pair.private[64:]),
    )
    suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    assert suite.decrypt(blob[1:], private, b"\x01context") == b"text"


def test_slip_39_vector_1_of_its_specification() -> None:
    words = (
        "duckling enlarge academic academic agency result length solution fridge kidney "
        "coal piece deal husband erode duke ajar critical decision keyboard"
    )
    assert shamir_mnemonic.combine_mnemonics([words], b"TREZOR").hex() == "bb54aac4b89dc868ba37d9cc21b2cece"


def test_any_three_cards_join_to_the_secret() -> None:
    secret = bytes(range(32))
    cards = primitives.split_on_cards(secret)
    assert [primitives.read_card(card)[1] for card in cards] == [1, 2, 3, 4, 5]
    assert primitives.join_cards([cards[4], cards[0], cards[2]]) == secret
