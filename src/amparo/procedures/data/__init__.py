"""Shapes and refusals of the procedures room."""
