"""`python -m release_kiosk`, where the command `kiosk` is not on the path."""

from release_kiosk import main

main()
