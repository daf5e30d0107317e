"""The kiosk itself: pages, commands, settings and the pipeline that joins the four stages."""
