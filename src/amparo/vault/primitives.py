"""Every cryptographic primitive of the vault, and nothing else: no model, no file, no clock.

No other module of the house imports a cryptography package (the ledger's signing file excepted);
the walls check it. Every sealed blob begins with one suite byte, which is part of what is
authenticated, so that a later suite can be added beside this one and old blobs still open.

Suite 1: AES-256-GCM with random 96-bit nonces; HKDF-SHA-256; HPKE base mode with
ML-KEM-768 + X25519, HKDF-SHA-256 and AES-256-GCM; Ed25519; Argon2id; XChaCha20-Poly1305
secretstream. Published vectors for each are in ``tests/vault/test_vectors.py``.

Limits of suite 1: one AES-GCM key may seal at most 2**32 blobs with random nonces (NIST SP 800-38D).
A data key seals the few fields of one person; a unit key and a seal key wrap five data keys a
person and are replaced by rotation, long before that.
"""

from __future__ import annotations

import hmac as _hmac
import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import shamir_mnemonic
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl import bindings as sodium
from nacl.exceptions import CryptoError

SUITE = b"\x01"
KEY_BYTES = 32
NONCE_BYTES = 12
MLKEM_SEED_BYTES = 64
MLKEM_PUBLIC_BYTES = 1184
HPKE_PRIVATE_BYTES = MLKEM_SEED_BYTES + 32
PADDING_FLOOR = 64
PADDING_STEP = 4096
CHUNK_BYTES = 64 * 1024
CARDS, CARDS_NEEDED = 5, 3

_HPKE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class Unopenable(Exception):
    """A blob did not authenticate: wrong key, wrong place, or altered bytes. Says no more than that."""


@dataclass(frozen=True, slots=True)
class Argon2Cost:
    """What one guess of a passphrase costs."""

    memory_kib: int
    passes: int
    lanes: int


argon2_cost = Argon2Cost(memory_kib=64 * 1024, passes=3, lanes=1)
"""The cost of new unlock methods; tests replace this object, nothing else can."""

_MESSAGE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_FINAL = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_argon2_slots = threading.BoundedSemaphore(2)


def random_key() -> bytes:
    """Return 32 random bytes from the operating system."""
    return os.urandom(KEY_BYTES)


# Symmetric sealing


class Cipher:
    """AES-256-GCM under one key; the key is expanded once, for keys that open many blobs."""

    __slots__ = ("_aead",)

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError("a key has 32 bytes")
        self._aead = AESGCM(key)

    def seal(self, plaintext: bytes, context: bytes) -> bytes:
        """Return suite | nonce | ciphertext, bound to ``context``."""
        nonce = os.urandom(NONCE_BYTES)
        return SUITE + nonce + self._aead.encrypt(nonce, plaintext, SUITE + context)

    def open(self, blob: bytes, context: bytes) -> bytes:
        """Return the plaintext, or raise :class:`Unopenable`."""
        if blob[:1] != SUITE:
            raise Unopenable
        try:
            return self._aead.decrypt(blob[1:13], blob[13:], SUITE + context)
        except (InvalidTag, ValueError):
            raise Unopenable from None


def pad(content: bytes) -> bytes:
    """Hide the length: 64, 128, ... 4096 bytes, then steps of 4096, with a length prefix."""
    size = len(content) + 4
    bucket = PADDING_FLOOR
    while bucket < size and bucket < PADDING_STEP:
        bucket *= 2
    if bucket < size:
        bucket = -(-size // PADDING_STEP) * PADDING_STEP
    return len(content).to_bytes(4, "big") + content + bytes(bucket - size)


def unpad(padded: bytes) -> bytes:
    """Return what :func:`pad` was given."""
    length = int.from_bytes(padded[:4], "big")
    if length > len(padded) - 4:
        raise Unopenable
    return padded[4 : 4 + length]


# Derivation


def derive(secret: bytes, purpose: str, *, salt: bytes = b"", length: int = KEY_BYTES) -> bytes:
    """HKDF-SHA-256 of a strong secret, for one named purpose."""
    kdf = HKDF(hashes.SHA256(), length, salt or None, b"amparo/1/" + purpose.encode())
    return kdf.derive(secret)


def hmac(key: bytes, message: bytes) -> bytes:
    """HMAC-SHA-256."""
    return _hmac.digest(key, message, "sha256")


def digest(message: bytes) -> bytes:
    """SHA-256."""
    hasher = hashes.Hash(hashes.SHA256())
    hasher.update(message)
    return hasher.finalize()


def same(left: bytes, right: bytes) -> bool:
    """Compare in constant time."""
    return _hmac.compare_digest(left, right)


def stretch(passphrase: bytes, salt: bytes, cost: Argon2Cost) -> bytes:
    """Argon2id; at most two run at once in a process, so that sign-ins cannot exhaust its memory."""
    with _argon2_slots:
        return hash_secret_raw(passphrase, salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID)


# Public keys


@dataclass(frozen=True, slots=True, repr=False)
class KeyPair:
    """Raw bytes of a private key and its public key."""

    private: bytes
    public: bytes


def new_hpke_pair(seed: bytes | None = None) -> KeyPair:
    """Return an ML-KEM-768 + X25519 pair; from ``seed`` (32 bytes) always the same pair."""
    private = derive(seed, "hpke-pair", length=HPKE_PRIVATE_BYTES) if seed else os.urandom(HPKE_PRIVATE_BYTES)
    mlkem, x25519 = _split_private(private)
    return KeyPair(private, mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw())


def _split_private(private: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    return (
        MLKEM768PrivateKey.from_seed_bytes(private[:MLKEM_SEED_BYTES]),
        X25519PrivateKey.from_private_bytes(private[MLKEM_SEED_BYTES:]),
    )


def seal_to(public: bytes, plaintext: bytes, context: bytes) -> bytes:
    """HPKE: seal so that only the holder of the private key can open; bound to ``context``."""
    key = MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[:MLKEM_PUBLIC_BYTES]),
        X25519PublicKey.from_public_bytes(public[MLKEM_PUBLIC_BYTES:]),
    )
    return SUITE + _HPKE.encrypt(plaintext, key, SUITE + context)


def open_with(private: bytes, blob: bytes, context: bytes) -> bytes:
    """HPKE: open what :func:`seal_to` sealed, or raise :class:`Unopenable`."""
    if blob[:1] != SUITE:
        raise Unopenable
    try:
        return _HPKE.decrypt(blob[1:], MLKEM768X25519PrivateKey(*_split_private(private)), SUITE + context)
    except (InvalidTag, ValueError):
        raise Unopenable from None


def new_signing_pair() -> KeyPair:
    """Return an Ed25519 pair."""
    private = Ed25519PrivateKey.generate()
    raw, form = serialization.Encoding.Raw, serialization.PrivateFormat.Raw
    return KeyPair(
        private.private_bytes(raw, form, serialization.NoEncryption()),
        private.public_key().public_bytes(raw, serialization.PublicFormat.Raw),
    )


def sign(private: bytes, message: bytes) -> bytes:
    """Ed25519."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(message)


def verifies(public: bytes, signature: bytes, message: bytes) -> bool:
    """Tell whether the signature is the key holder's over exactly this message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


# File streams


def seal_stream(key: bytes, source: BinaryIO, context: bytes) -> Iterator[bytes]:
    """XChaCha20-Poly1305 secretstream: suite | header | chunks of 64 KiB, the last one tagged final."""
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    yield SUITE + sodium.crypto_secretstream_xchacha20poly1305_init_push(state, key)
    chunk = source.read(CHUNK_BYTES)
    while True:
        following = source.read(CHUNK_BYTES)
        tag = _MESSAGE if following else _FINAL
        yield sodium.crypto_secretstream_xchacha20poly1305_push(state, chunk, SUITE + context, tag)
        if not following:
            return
        chunk = following


def open_stream(key: bytes, source: BinaryIO, context: bytes) -> Iterator[bytes]:
    """Open what :func:`seal_stream` sealed, chunk by chunk.

    Truncated, reordered, extended or altered streams raise :class:`Unopenable`; a caller that must
    not act on a part reads to the end first.
    """
    state, is_final = sodium.crypto_secretstream_xchacha20poly1305_state(), False
    header = source.read(1 + sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES)
    if header[:1] != SUITE or len(header) != 1 + sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES:
        raise Unopenable
    sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, header[1:], key)
    while block := source.read(CHUNK_BYTES + sodium.crypto_secretstream_xchacha20poly1305_ABYTES):
        if is_final:
            raise Unopenable
        try:
            chunk, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, block, SUITE + context)
        except (CryptoError, RuntimeError, ValueError):
            raise Unopenable from None
        is_final = tag == _FINAL
        yield chunk
    if not is_final:
        raise Unopenable


# Recovery cards


def split_on_cards(secret: bytes) -> list[str]:
    """Split a secret on five cards of words (SLIP-39); any three give it back, two give nothing."""
    groups = shamir_mnemonic.generate_mnemonics(1, [(CARDS_NEEDED, CARDS)], secret, iteration_exponent=0)
    return list(groups[0])


def join_cards(cards: Sequence[str]) -> bytes:
    """Return the secret of at least three cards of one set, or raise :class:`Unopenable`."""
    chosen = {read_card(card): card for card in cards}
    if len(chosen) < CARDS_NEEDED:
        raise Unopenable
    try:
        return bytes(shamir_mnemonic.combine_mnemonics(list(chosen.values())[:CARDS_NEEDED]))
    except (shamir_mnemonic.MnemonicError, ValueError):
        raise Unopenable from None


def read_card(card: str) -> tuple[int, int]:
    """Return the set number and the card number (from 1) of a card without mistakes."""
    try:
        share = shamir_mnemonic.Share.from_mnemonic(" ".join(card.lower().split()))
    except (shamir_mnemonic.MnemonicError, ValueError):
        raise Unopenable from None
    return share.identifier, share.index + 1
