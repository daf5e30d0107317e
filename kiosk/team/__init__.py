"""Many boxes, one team, in the browser: what the home box gives out, what an outpost gives back."""
