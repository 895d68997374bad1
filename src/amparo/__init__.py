"""Amparo: the protection file of a referral mechanism for people who were trafficked or may be."""

__version__ = "0.1.0"
