"""The directory of services of the demonstration."""

from __future__ import annotations

from datetime import datetime

from amparo.access.queries import machine_actor
from amparo.referrals.actions import offer_service
from amparo.site.demo.cast import Cast

OFFERS = {
    "asylum": ("ASYLUM", "STATELESSNESS"),
    "guaria": ("LEGAL_AID", "MHPSS", "LIVELIHOOD"),
    "childhood": ("CHILD_PROTECTION", "TRACING"),
    "migration": ("RESIDENCE",),
    "shelter": ("SHELTER",),
    "prosecution": ("PHYSICAL_SAFETY",),
}


def offer_services(cast: Cast, now: datetime) -> None:
    """Put what each unit offers into the directory. The call lines do not exist."""
    setup = machine_actor("setup", now=now)
    for number, (place, services) in enumerate(OFFERS.items()):
        for service in services:
            offer_service(
                setup,
                now=now,
                unit_id=cast.units[place],
                service_type=service,
                call_line=f"0000 00{number:02d}",
            )
