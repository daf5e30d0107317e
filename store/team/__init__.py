"""Many boxes, one team: who belongs to it, what it is invited to, what is carried between boxes."""
