"""The Human Trafficking Case Data Standard 2.0 by IOM: reading its workbook.

Nothing here knows people, files or the database. A workbook goes in as bytes; rows of typed values
and a list of problems come out. The standard is licensed under CC BY 4.0; see ``fields.yaml``.
"""
