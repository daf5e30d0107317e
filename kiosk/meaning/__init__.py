"""From read items to shared meaning: themes, the wall, cards on paper, the shape of a gathering."""
