"""Benchmarks: each file measures one subject and returns figures; they are not timed tests."""
