"""Circulars and pledges on neutrality: what went out, to whom, and who has acknowledged it (F83)."""

from app.domain.circulars.facts import facts
from app.domain.circulars.models import Acknowledgement, Circular
from app.domain.circulars.registers import ACKNOWLEDGEMENTS, CIRCULARS, REGISTERS

__all__ = ["ACKNOWLEDGEMENTS", "CIRCULARS", "REGISTERS", "Acknowledgement", "Circular", "facts"]
