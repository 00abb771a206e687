"""`python -m coursepack`."""

from coursepack.cli.main import main

main()
