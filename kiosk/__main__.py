"""`python -m kiosk`."""

from kiosk.commands.main import main

main()
