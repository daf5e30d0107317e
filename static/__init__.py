"""Style sheets, modules, icons and sounds, served as they are."""
