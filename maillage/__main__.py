"""`python -m maillage`, and what the installed command `maillage` runs."""

from maillage.cli import main

if __name__ == "__main__":
    main()
