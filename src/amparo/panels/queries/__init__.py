"""Reads of the panels room; they return shapes, never models."""
