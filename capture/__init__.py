"""What a visitor made, as plain values: notes, drawings, photographed sheets, sound."""
