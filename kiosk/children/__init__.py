"""Code that runs in child processes beside hostile bytes; it knows neither Flask nor the store."""
