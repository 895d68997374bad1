"""The law as data: guides, procedures, sources, decisions, codes. Other rooms use ``registry``."""
