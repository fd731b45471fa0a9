"""The reader's language: one catalogue, and one place that writes reasons, days, countries and lists for a reader.

Doors call :func:`translate`; rules and kernels give codes and data and know no language but the English of docstrings.
"""

from emporion.language.catalogue import CHINESE, ENGLISH, is_chinese
from emporion.language.dates import whole_date
from emporion.language.names import country_name, in_language, proper_name
from emporion.language.translation import listed, translate, translated, written

__all__ = [
    "CHINESE",
    "ENGLISH",
    "country_name",
    "in_language",
    "is_chinese",
    "listed",
    "proper_name",
    "translate",
    "translated",
    "whole_date",
    "written",
]
