"""The tree of RFC 9162: published vectors, and properties against the definition written recursively."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.ledger.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_path,
    inclusion_path,
    is_consistent,
    leaf_hash,
    perfect_subtrees,
    root_from_inclusion,
    root_of,
)

# The inputs and roots that implementations of RFC 6962 and 9162 share (certificate-transparency's tests).
INPUTS = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"
    )
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf_hash(data) for data in INPUTS]
SIZES = st.integers(1, 200)


def definition(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162, section 2.1.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + definition(leaves[:split]) + definition(leaves[split:])).digest()


def made(size: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(size)]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_the_published_ones(size: int) -> None:
    assert root_of(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert root_of([]) == EMPTY_ROOT == sha256(b"").digest()


def test_the_published_inclusion_proof_is_made() -> None:
    path = inclusion_path(0, 8, lambda start, end: root_of(LEAVES[start:end]))
    assert [part.hex() for part in path] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]


def test_the_published_consistency_proof_is_made() -> None:
    path = consistency_path(6, 8, lambda start, end: root_of(LEAVES[start:end]))
    assert [part.hex() for part in path] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


@given(size=st.integers(0, 200))
def test_the_growing_root_is_that_of_the_definition(size: int) -> None:
    assert root_of(made(size)) == definition(made(size))


@given(size=SIZES, data=st.data())
def test_every_leaf_has_a_proof_and_no_other_place_accepts_it(size: int, data: st.DataObject) -> None:
    leaves = made(size)
    number = data.draw(st.integers(0, size - 1))
    path = inclusion_path(number, size, lambda start, end: definition(leaves[start:end]))
    root = definition(leaves)
    assert root_from_inclusion(leaves[number], number, size, path) == root
    elsewhere = data.draw(st.integers(0, size - 1))
    if elsewhere != number:
        assert root_from_inclusion(leaves[number], elsewhere, size, path) != root
    assert root_from_inclusion(leaf_hash(b"forged"), number, size, path) != root
    assert root_from_inclusion(leaves[number], number, size, [*path, b"x" * 32]) != root


@given(new=SIZES, data=st.data())
def test_an_earlier_tree_is_proved_to_be_the_beginning_of_a_later_one(new: int, data: st.DataObject) -> None:
    leaves = made(new)
    old = data.draw(st.integers(1, new))
    path = consistency_path(old, new, lambda start, end: definition(leaves[start:end]))
    old_root, new_root = definition(leaves[:old]), definition(leaves)
    assert is_consistent(old, new, old_root, new_root, path)
    assert not is_consistent(old, new, leaf_hash(b"forged"), new_root, path)
    assert not is_consistent(old, new, old_root, leaf_hash(b"forged"), path)


@given(size=SIZES, more=st.integers(0, 50))
def test_a_frontier_taken_up_again_leads_to_the_same_root(size: int, more: int) -> None:
    leaves = made(size + more)
    parts = [
        definition(leaves[place << level : (place + 1) << level])
        for level, place in perfect_subtrees(0, size)
    ]
    frontier = Frontier(size, parts)
    for leaf in leaves[size:]:
        frontier.append(leaf)
    assert frontier.root() == definition(leaves)
