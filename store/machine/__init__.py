"""The machine beneath: its disk, the rights of the data folder, its clock."""
