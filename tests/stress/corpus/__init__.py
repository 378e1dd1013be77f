"""Hostile files, made when they are asked for: the tree holds none of them.

`CORPUS` is every one; `samples.py` of the evidence room has the honest files that they are made from.
"""

from tests.stress.corpus.archives import ARCHIVES
from tests.stress.corpus.bad import Bad
from tests.stress.corpus.names import NAMES
from tests.stress.corpus.offices import OFFICES, disguised_templates
from tests.stress.corpus.papers import PAPERS
from tests.stress.corpus.pictures import PICTURES
from tests.stress.corpus.texts import TEXTS

CORPUS: tuple[Bad, ...] = (*ARCHIVES, *OFFICES, *PICTURES, *PAPERS, *TEXTS, *NAMES)

__all__ = ["CORPUS", "Bad", "disguised_templates"]
